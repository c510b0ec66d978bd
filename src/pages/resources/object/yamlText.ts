/** Text of objects. Kept apart because the parser is loaded only by those who look at an object. */
import { dump, loadAll } from 'js-yaml';

/** Nothing folded, nothing shared by anchors; texts that YAML 1.1 would take for something else are quoted. */
const STYLE = { lineWidth: -1, noRefs: true } as const;

/** YAML as kubectl shows it. */
export const toYaml = (value: unknown): string => dump(value, STYLE);

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** The same with the fields of objects by name. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, of]) => [name, sorted(of)])
      )
    : value;
}

/** YAML for comparing: the order of fields means nothing, and the server has its own. */
export const toSortedYaml = (value: unknown): string => dump(sorted(value), STYLE);

/**
 * Reads YAML, of which JSON is a part.
 * @throws {Error} with line and column where it cannot be read
 */
export const parseYaml = (text: string): unknown[] => loadAll(text);
