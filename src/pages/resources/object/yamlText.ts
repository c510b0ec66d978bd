/** Text of objects. Kept apart because the parser is loaded only by those who look at an object. */
import { parseAllDocuments, stringify } from 'yaml';

/** Nothing folded, nothing shared by anchors; texts that YAML 1.1 would take for something else are quoted. */
const STYLE = { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' } as const;

/** YAML as kubectl shows it. */
export const toYaml = (value: unknown): string => stringify(value, STYLE);

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** YAML for comparing: the order of fields means nothing, and the server has its own. */
export const toSortedYaml = (value: unknown): string => stringify(value, { ...STYLE, sortMapEntries: true });

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
