/**
 * What is secret in an object, taken out before anything is shown, searched, compared or downloaded: nothing but the
 * requests that need it ever sees the object as it is.
 */
import type { SednaObject } from './types';

/** Stands for a value that is not shown. */
export const MASK = '<masked>';

/** Annotations that the global manager fills with secret data, and that repeat the whole object. */
export const CREDENTIAL_ANNOTATION = 'sedna.io/credential';
export const LAST_APPLIED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

const SECRET_NAME = /key|secret|token|passw|credential/i;

/** Whether a variable, an option or an annotation of this name may hold a secret. */
export const looksSecret = (name: string): boolean =>
  SECRET_NAME.test(name) || name === CREDENTIAL_ANNOTATION || name === LAST_APPLIED_ANNOTATION;

/** `user:password@` inside a URL. */
const USER_INFO = /(:\/\/[^/?#\s:@]*):[^/?#\s@]+@/g;

/** `"SECRET_ACCESS_KEY": "..."` in a text that holds JSON, as the data of a condition does. */
const JSON_PAIR = /("[^"]{0,100}?(?:key|secret|token|passw|credential)[^"]{0,100}"\s*:\s*)"(?:[^"\\]|\\.)+"/gi;

export interface Masked {
  object: SednaObject;
  /** Values that were taken out, by the path at which they were: for comparing, never for showing. */
  secrets: ReadonlyMap<string, string>;
}

type Path = readonly string[];
type Collect = (path: Path, value: string) => string;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function maskText(value: string, path: Path, hide: Collect): string {
  const masked = value.replace(USER_INFO, `$1:${MASK}@`).replace(JSON_PAIR, `$1"${MASK}"`);
  if (masked !== value) {
    hide(path, value);
  }
  return masked;
}

/** `--token=abc` and `--token abc` in the arguments of a container. */
function maskArguments(list: readonly unknown[], path: Path, hide: Collect): unknown[] {
  return list.map((value, index) => {
    const at = [...path, String(index)];
    if (typeof value !== 'string') {
      return maskValue(value, at, hide);
    }
    const before = list[index - 1];
    if (typeof before === 'string' && isOption(before) && !before.includes('=') && !value.startsWith('-')) {
      return hide(at, value);
    }
    const [option] = value.split('=', 1);
    if (option.length < value.length && SECRET_NAME.test(option) && !/\s/.test(option)) {
      hide(at, value);
      return `${option}=${MASK}`;
    }
    return maskText(value, at, hide);
  });
}

const isOption = (word: string) => word.startsWith('-') && SECRET_NAME.test(word);

/** `{ name: SECRET_ACCESS_KEY, value: ... }`, as in the env of a container. */
function maskVariable(entry: Record<string, unknown>, path: Path, hide: Collect): Record<string, unknown> {
  const secret = typeof entry.name === 'string' && SECRET_NAME.test(entry.name);
  return mapEntries(entry, (key, value) =>
    key === 'value' && secret && value !== ''
      ? hide([...path, key], typeof value === 'string' ? value : JSON.stringify(value))
      : maskValue(value, [...path, key], hide)
  );
}

function maskValue(value: unknown, path: Path, hide: Collect): unknown {
  if (typeof value === 'string') {
    return maskText(value, path, hide);
  }
  if (Array.isArray(value)) {
    const field = path[path.length - 1];
    if (field === 'args' || field === 'command') {
      return maskArguments(value, path, hide);
    }
    return value.map((entry, index) => maskValue(entry, [...path, String(index)], hide));
  }
  if (!isObject(value)) {
    return value;
  }
  if (path[path.length - 1] === 'annotations' && path[path.length - 2] === 'metadata') {
    return maskAnnotations(value, path, hide);
  }
  return 'name' in value && 'value' in value
    ? maskVariable(value, path, hide)
    : mapEntries(value, (key, entry) => maskValue(entry, [...path, key], hide));
}

function mapEntries(value: Record<string, unknown>, map: (key: string, value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, map(key, entry)]));
}

/** Annotations of the object and of the pod templates inside it. */
function maskAnnotations(value: Record<string, unknown>, path: Path, hide: Collect): Record<string, unknown> {
  return mapEntries(value, (key, entry) => {
    const at = [...path, key];
    return looksSecret(key) && entry !== ''
      ? hide(at, typeof entry === 'string' ? entry : JSON.stringify(entry))
      : maskValue(entry, at, hide);
  });
}

/** Takes secrets out, and `managedFields`, which nobody reads. The object itself stays as it is. */
export function mask(object: SednaObject): Masked {
  const secrets = new Map<string, string>();
  const hide: Collect = (path, value) => {
    secrets.set(path.join('.'), value);
    return MASK;
  };
  const { managedFields: _, ...metadata } = object.metadata;
  return { object: maskValue({ ...object, metadata }, [], hide) as SednaObject, secrets };
}

/** Paths at which a manifest holds a mask instead of a value; it must not be written. */
export function maskedPaths(value: unknown, path: Path = []): string[] {
  if (typeof value === 'string') {
    return value.includes(MASK) ? [path.join('.')] : [];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, entry]) => maskedPaths(entry, [...path, key]));
}

/** Paths of secrets that are not the same in both, though what is shown of them is. */
export function changedSecrets(before: Masked['secrets'], after: Masked['secrets']): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}
