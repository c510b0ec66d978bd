/** Converts objects to text and back. Imported only lazily, because the YAML parser is large. */
import { dump, loadAll } from 'js-yaml';

/** Neither folds lines nor uses anchors. */
const STYLE = { lineWidth: -1, noRefs: true } as const;

/** Formats a value as YAML, like kubectl. Quotes texts that YAML 1.1 parses as another type. */
export const toYaml = (value: unknown): string => dump(value, STYLE);

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Returns a copy with the fields of objects sorted by name. */
function sortFields(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sortFields);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, field]) => [name, sortFields(field)])
      )
    : value;
}

/** Formats a value as YAML with sorted fields, because the server returns them in another order. */
export const toSortedYaml = (value: unknown): string => dump(sortFields(value), STYLE);

/**
 * Parses YAML or JSON and returns its documents.
 * @throws {Error} with line and column if the text is not valid
 */
export const parseYaml = (text: string): unknown[] => loadAll(text);
