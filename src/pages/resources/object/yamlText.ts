/** Text of objects. Kept apart because the parser is loaded only by those who look at an object. */
import { parseAllDocuments, stringify } from 'yaml';

/** YAML as kubectl shows it: nothing folded, nothing shared by anchors. */
export const toYaml = (value: unknown): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' });

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Reads YAML, of which JSON is a part.
 * @throws {Error} with line and column where it cannot be read
 */
export function parseYaml(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) {
      throw new Error(document.errors[0].message);
    }
    return document.toJS();
  });
}
