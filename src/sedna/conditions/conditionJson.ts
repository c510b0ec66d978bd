/** JSON that workers and the global manager write into conditions. Shared by the app and the exporter. */

/** Numbers that Python writes but JSON doesn't have, outside of texts. */
const TEXT_OR_NON_FINITE = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** Parses JSON, with `NaN` and `Infinity` as texts. Returns undefined if the text isn't JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Only now, because the replacement is slow and valid JSON is the rule.
  }
  try {
    return JSON.parse(text.replace(TEXT_OR_NON_FINITE, (match) => (match.startsWith('"') ? match : `"${match}"`)));
  } catch {
    return undefined;
  }
}

/** Nesting below which values are ignored, so that no input exhausts the stack. */
const MAX_DEPTH = 8;

/**
 * Returns whether JSON says nothing: null, or objects and lists without content. An element of a list is content, also if
 * it is null.
 */
export function isEmptyJson(value: unknown, depth = 0): boolean {
  if (value === null || value === undefined) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.length === 0;
  }
  return (
    typeof value === 'object' &&
    depth < MAX_DEPTH &&
    Object.values(value).every((inner: unknown) => isEmptyJson(inner, depth + 1))
  );
}

/**
 * Yields the values of metrics by name. A list has one value for each class, and is named as in Sedna's triggers:
 * `precision[0]`. The order of the classes is that of the script.
 */
export function* flattenMetrics(metrics: object, prefix = '', depth = 0): Generator<[name: string, value: unknown]> {
  const isList = Array.isArray(metrics);
  for (const [key, value] of Object.entries(metrics) as Array<[string, unknown]>) {
    const name = isList ? `${prefix}[${key}]` : prefix && `${prefix}.${key}`;
    if (typeof value !== 'object' || value === null) {
      yield [name || key, value];
    } else if (depth < MAX_DEPTH) {
      yield* flattenMetrics(value, name || key, depth + 1);
    }
  }
}
