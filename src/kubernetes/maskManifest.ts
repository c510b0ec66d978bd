/**
 * Masks secrets in objects before they are shown, searched, compared, or downloaded. Only requests use the object as it is.
 */
import { MASK, maskText } from '../sedna/masking/maskText';
import { isHarmless, isSecretField, isSecretName } from '../sedna/masking/secretNames';
import type { SednaObject } from './types';

export { MASK };

/** Annotations with secret data from the global manager, and with a copy of the whole object. */
export const CREDENTIAL_ANNOTATION = 'sedna.io/credential';
export const LAST_APPLIED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';

/** Returns whether a variable, option, or annotation of this name may contain a secret. */
export const isLikelySecret = (name: string): boolean =>
  isSecretName(name) || name === CREDENTIAL_ANNOTATION || name === LAST_APPLIED_ANNOTATION;

export interface Masked {
  object: SednaObject;
  /** Masked values by their path: to compare, never to show. */
  secrets: ReadonlyMap<string, string>;
}

type Path = readonly string[];
type Collect = (path: Path, value: string) => string;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function maskString(value: string, path: Path, hide: Collect): string {
  const masked = maskText(value);
  if (masked !== value) {
    hide(path, value);
  }
  return masked;
}

/** Masks a value by its name. */
function maskNamed(name: string, value: unknown, path: Path, hide: Collect): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return isHarmless(name, text) ? value : hide(path, text);
}

const OPTION = /^--?[\w.-]+$/;
const ASSIGNMENT = /^(-{0,2}[\w.-]+)=([\s\S]+)$/;

/** Masks `--token=abc` and `--token abc` in the arguments of a container. */
function maskArguments(list: readonly unknown[], path: Path, hide: Collect): unknown[] {
  return list.map((value, index) => {
    const at = [...path, String(index)];
    if (typeof value !== 'string') {
      return maskValue(value, at, hide);
    }
    const before = list[index - 1];
    if (typeof before === 'string' && OPTION.test(before) && isSecretName(before) && !value.startsWith('-')) {
      return maskNamed(before, value, at, hide);
    }
    // Without a shell, the value is the whole rest.
    const [, name, said] = ASSIGNMENT.exec(value) ?? [];
    if (name !== undefined && isSecretName(name) && !isHarmless(name, said)) {
      hide(at, value);
      return `${name}=${MASK}`;
    }
    return maskString(value, at, hide);
  });
}

/** Masks `{ name: SECRET_ACCESS_KEY, value: ... }`, as in the env of a container, and `{ key: api_token, value: ... }`. */
function maskVariable(entry: Record<string, unknown>, path: Path, hide: Collect): Record<string, unknown> {
  const name = [entry.name, entry.key].find((each) => typeof each === 'string' && isSecretName(each));
  return mapEntries(entry, (key, value) =>
    key === 'value' && typeof name === 'string'
      ? maskNamed(name, value, [...path, key], hide)
      : maskField(key, value, [...path, key], hide)
  );
}

/** Masks fields such as `volumeAttributes.password`. Secrets in an object are found by their own names. */
function maskField(key: string, value: unknown, path: Path, hide: Collect): unknown {
  if (!isSecretField(key)) {
    return maskValue(value, path, hide);
  }
  if (Array.isArray(value)) {
    return value.map((entry, index) =>
      typeof entry === 'string'
        ? maskNamed(key, entry, [...path, String(index)], hide)
        : maskValue(entry, [...path, String(index)], hide)
    );
  }
  return typeof value === 'string' ? maskNamed(key, value, path, hide) : maskValue(value, path, hide);
}

function maskValue(value: unknown, path: Path, hide: Collect): unknown {
  if (typeof value === 'string') {
    return maskString(value, path, hide);
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
  return 'value' in value && ('name' in value || 'key' in value)
    ? maskVariable(value, path, hide)
    : mapEntries(value, (key, entry) => maskField(key, entry, [...path, key], hide));
}

function mapEntries(value: Record<string, unknown>, map: (key: string, value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, map(key, entry)]));
}

/** Masks annotations of the object and of its pod templates. */
function maskAnnotations(value: Record<string, unknown>, path: Path, hide: Collect): Record<string, unknown> {
  return mapEntries(value, (key, entry) => {
    const at = [...path, key];
    return isLikelySecret(key) ? maskNamed(key, entry, at, hide) : maskValue(entry, at, hide);
  });
}

/** Returns a copy of an object with masked secrets and without `managedFields`. */
export function maskSecrets(object: SednaObject): Masked {
  const secrets = new Map<string, string>();
  const hide: Collect = (path, value) => {
    secrets.set(path.join('.'), value);
    return MASK;
  };
  const { managedFields: _, ...metadata } = object.metadata;
  return { object: maskValue({ ...object, metadata }, [], hide) as SednaObject, secrets };
}

/** Returns the paths of masked values. A manifest with any must not be sent. */
export function getMaskedPaths(value: unknown, path: Path = []): string[] {
  if (typeof value === 'string') {
    return value.includes(MASK) ? [path.join('.')] : [];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, entry]) => getMaskedPaths(entry, [...path, key]));
}

/** Returns the paths of secrets that differ, although both look the same when masked. */
export function findChangedSecrets(before: Masked['secrets'], after: Masked['secrets']): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}
