/** Parses URL parameters, which are never trusted: a value that isn't valid counts as absent. */
import type { SceneObjectUrlValue } from '@grafana/scenes';

/** Returns the single value; empty if there is none or several. */
export const parseString = (value: SceneObjectUrlValue): string => (typeof value === 'string' ? value : '');

/** Returns the different, non-empty values. */
export const parseStringList = (value: SceneObjectUrlValue): string[] =>
  [...new Set(Array.isArray(value) ? value : [value])].filter(
    (text): text is string => typeof text === 'string' && text !== ''
  );

/** Returns the allowed values that are present, in the order of `allowed`. */
export const parseEnumList = <T extends string>(value: SceneObjectUrlValue, allowed: readonly T[]): T[] =>
  allowed.filter((each) => parseStringList(value).includes(each));

/** Returns null for an empty text, which keeps the parameter out of the URL. */
export const formatString = (text: string): string | null => (text === '' ? null : text);
/** Returns a list even if it is empty: Scenes parses a parameter as a list only if the state has one. */
export const formatStringList = (texts: readonly string[]): string[] => [...texts];
