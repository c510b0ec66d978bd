/** Which names promise a secret. Rather one too many is masked than one too few. */

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

/** The value is then what something is called, where or how it is: `secretName`, `TOKEN_URL`, `authType`. */
const ABOUT =
  /[_.-](?:name|namespace|ref|class|file|path|dir|directory|folder|ur[il]|endpoint|type|mode|method|format)s?$/i;

/** Fields of Kubernetes and Sedna that hold a key of a map, or the place of one. */
const KEY_OF_MAP = /^(?:keys?|keyring|topologyKey|(?:mis)?matchLabelKeys)$/;

/** Whether the value of a variable, an option or an annotation of this name may be a secret. */
export function isSecretName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return SECRET_NAME.test(words) && !ABOUT.test(words);
}

/** Whether the value of a field of this name may be one: `key` alone is a part of `secretKeyRef`, say. */
export const isSecretField = (name: string): boolean => isSecretName(name) && !KEY_OF_MAP.test(name);

/** Switches, measured values and counts of tokens are shown, whatever they are called. */
export function isHarmless(name: string, value: string): boolean {
  return (
    /^(?:|true|false|yes|no|on|off|none|null|\d*\.\d+)$/i.test(value) ||
    (/tokens$/i.test(name) && /^\d{1,7}$/.test(value))
  );
}
