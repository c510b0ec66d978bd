/** Parsers for single untrusted values: none throws, and all return undefined if a value isn't valid. */

/** Maximum length of a label value in UTF-16 code units. */
export const MAX_LABEL_LENGTH = 1_024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Returns the value if it is a JSON object and not an array. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** Returns the value at a path of keys, ignoring inherited properties. */
export function getPath(value: unknown, ...path: readonly string[]): unknown {
  let current: unknown = value;
  for (const key of path) {
    const object = asObject(current);
    current = object && Object.hasOwn(object, key) ? object[key] : undefined;
  }
  return current;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Returns a finite number, or parses text that is entirely a number ("0.95", "1e3"). Percentages, times, and "NaN"
 * aren't.
 */
export function parseNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const RFC3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Converts RFC 3339 to Unix time in seconds. */
export function parseTime(value: unknown): number | undefined {
  const time = typeof value === 'string' && RFC3339.test(value) ? Date.parse(value) : NaN;
  return Number.isFinite(time) ? time / 1000 : undefined;
}

/** Numbers of up to 15 digits are exact. */
const ROUND_NUMBER = /^\d{1,15}$/;

/**
 * Returns the round from the input of a Ready condition: the last part of `outputDir` (/output/train/3), or else the
 * last numeric folder in `dataURL` (/output/data/train/3/data.csv).
 */
export function parseRound(input: unknown): number | undefined {
  const folders = splitPath(getPath(input, 'dataURL')).slice(0, -1);
  const candidates = [splitPath(getPath(input, 'outputDir')).at(-1), ...folders.reverse()];
  const round = candidates.find((part) => part !== undefined && ROUND_NUMBER.test(part));
  return round === undefined ? undefined : Number(round);
}

function splitPath(url: unknown): string[] {
  if (typeof url !== 'string' || url.length > MAX_LABEL_LENGTH) {
    return [];
  }
  return url
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
    .split('/')
    .filter(Boolean);
}
