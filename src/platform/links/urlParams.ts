/** What comes from the URL is anybody's: read it as what it should be, or as nothing. */
import type { SceneObjectUrlValue } from '@grafana/scenes';

/** One text; empty where there is none or several. */
export const parseString = (value: SceneObjectUrlValue): string => (typeof value === 'string' ? value : '');

/** Any number of different, non-empty texts. */
export const parseStringList = (value: SceneObjectUrlValue): string[] =>
  [...new Set(Array.isArray(value) ? value : [value])].filter(
    (text): text is string => typeof text === 'string' && text !== ''
  );

/** The texts among those that are allowed. */
export const parseEnumList = <T extends string>(value: SceneObjectUrlValue, allowed: readonly T[]): T[] =>
  allowed.filter((each) => parseStringList(value).includes(each));

/** For writing: nothing where there is nothing, so that the URL stays short. */
export const formatString = (text: string): string | null => (text === '' ? null : text);
/** A list also where it is empty, which writes nothing: by it scenes tell that there may be several values to read. */
export const formatStringList = (texts: readonly string[]): string[] => [...texts];
