import { REPLACED_TEXTS } from './replacedNames';

/**
 * Finds UI texts with replaced phrases.
 * @param texts tree of translations, as in `src/locales`
 * @returns one line per phrase with the key of its text
 */
export function findReplacedTexts(file: string, texts: object, parents: readonly string[] = []): string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
    const keys = [...parents, key];
    if (typeof value === 'object' && value !== null) {
      return findReplacedTexts(file, value, keys);
    }
    return REPLACED_TEXTS.flatMap(([pattern, instead]) => {
      const found = pattern.exec(String(value))?.[0];
      return found === undefined ? [] : [`${file}: ${keys.join('.')}: "${found}" was replaced by: ${instead}`];
    });
  });
}
