/** Names of fields and variables that may contain secrets. In doubt, a value counts as secret. */

/** In any spelling: `DB_PASS`, `dbPass`, `X-Amz-Signature`, `HTTP_AUTHORIZATION`. */
const SECRET_NAME = new RegExp(
  [
    'pass(?:wor[dt]|wd|phrase|code)',
    // Not bypass, compass, passthrough.
    '(?<!by[_-]?|com|tres|sur)pass(?![a-z])',
    // Not the working directory of a shell.
    '(?<!^|^old)pwd',
    // Not author, authority.
    'auth(?!or(?!i[sz]))',
    'bearer',
    'signature',
    '(?:^|u0026)sig$',
    // Not tokenizer.
    'token(?!i[sz])',
    'secret',
    'credential',
    'cookie',
    'jwt',
    // Not keyword, keypoint, keyframe, which models have.
    'key(?!words?|points?|frames?)',
  ].join('|'),
  'i'
);

/** Suffixes of names whose value is only about a secret: `secretName`, `TOKEN_URL`, `authType`. */
const ABOUT =
  /[_.-](?:name|namespace|ref|class|file|path|dir|directory|folder|ur[il]|endpoint|type|mode|method|format)s?$/i;

/** Fields of Kubernetes and Sedna with the key of a map, or its place. */
const KEY_OF_MAP = /^(?:keys?|keyring|topologyKey|(?:mis)?matchLabelKeys)$/;

/** Returns whether a variable, option, or annotation of this name may contain a secret. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return SECRET_NAME.test(words) && !ABOUT.test(words);
}

/** Returns whether a field of this name may contain a secret. `key` alone doesn't, such as in `secretKeyRef`. */
export const isSecretField = (name: string): boolean => isSecretName(name) && !KEY_OF_MAP.test(name);

/** Returns whether a value can't be a secret, whatever its name: switches, measured values, and token counts. */
export function isHarmless(name: string, value: string): boolean {
  return (
    /^(?:|true|false|yes|no|on|off|none|null|\d*\.\d+)$/i.test(value) ||
    (/tokens$/i.test(name) && /^\d{1,7}$/.test(value))
  );
}
