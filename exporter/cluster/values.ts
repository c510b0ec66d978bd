/** Reading of single values that others wrote: nothing here throws, and what is not understood is undefined. */

/** Longest text that becomes a label value, in UTF-16 units. */
export const MAX_LABEL_LENGTH = 1_024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value if it is a JSON object, and no list. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** Walks down objects by their keys. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current: unknown = value;
  for (const key of path) {
    const object = asObject(current);
    current = object && Object.hasOwn(object, key) ? object[key] : undefined;
  }
  return current;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A finite number, or a text that is one in full ("0.95", "1e3"); a percentage, a time or "NaN" is none. */
export function parseNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const RFC3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** RFC 3339 to Unix time in seconds. */
export function parseTime(value: unknown): number | undefined {
  const time = typeof value === 'string' && RFC3339.test(value) ? Date.parse(value) : NaN;
  return Number.isFinite(time) ? time / 1000 : undefined;
}

/** Up to 15 digits are exact as a number. */
const ROUND = /^\d{1,15}$/;

/**
 * The round that a stage runs in, of the input of its Ready condition: the last path part of `outputDir`
 * (/output/train/3), else the last folder of `dataURL` that is a number (/output/data/train/3/data.csv).
 */
export function roundOf(input: unknown): number | undefined {
  const folders = pathParts(at(input, 'dataURL')).slice(0, -1);
  const candidates = [pathParts(at(input, 'outputDir')).at(-1), ...folders.reverse()];
  const round = candidates.find((part) => part !== undefined && ROUND.test(part));
  return round === undefined ? undefined : Number(round);
}

function pathParts(url: unknown): string[] {
  if (typeof url !== 'string' || url.length > MAX_LABEL_LENGTH) {
    return [];
  }
  return url
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
    .split('/')
    .filter(Boolean);
}
