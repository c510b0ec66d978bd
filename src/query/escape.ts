/**
 * How text becomes part of a query. PromQL and LogQL both read Go string literals, so one escape
 * serves both. Nothing outside this folder puts text into a query.
 */

/** A query that cannot be built; the message says why and is fit to be shown. */
export class QueryError extends Error {
  override name = 'QueryError';
}

const SHORT: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

// Control characters and the byte order mark (Loki's scanner refuses both raw), `$` and `[[` (Grafana would
// read a variable into them) and halves of a surrogate pair (no UTF-8 exists for them; U+FFFD is what every
// encoder would send).
const SPECIAL =
  /[\\"$\u0000-\u001f\u007f\ufeff]|\[(?=\[)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Writes text as a double-quoted string literal of PromQL and LogQL. */
export function quote(text: string): string {
  const escaped = text.replace(SPECIAL, (char) => {
    const code = char.charCodeAt(0);
    if (code >= 0xd800 && code <= 0xdfff) {
      return '\\ufffd';
    }
    return SHORT[char] ?? `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** Makes text match itself in an RE2 pattern. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  label: string;
  operator: MatchOperator;
  value: string;
  /** The value is a dashboard variable, which Grafana replaces and escapes. */
  isVariable?: boolean;
}

/** The label is exactly this text. */
export const equals = (label: string, value: string): Matcher => ({ label, operator: '=', value });

/** The label is one of these texts; with none given it matches nothing but an empty label. */
export const oneOf = (label: string, values: readonly string[]): Matcher =>
  values.length === 1 ? equals(label, values[0]) : { label, operator: '=~', value: values.map(escapeRegex).join('|') };

/** The label is none of these texts. */
export const noneOf = (label: string, values: readonly string[]): Matcher => ({
  label,
  operator: '!~',
  value: values.map(escapeRegex).join('|'),
});

/** The label contains this text, whatever its case; an empty text matches everything. */
export const contains = (label: string, text: string): Matcher => ({
  label,
  operator: '=~',
  value: text === '' ? '.*' : `(?i).*${escapeRegex(text)}.*`,
});

/** The label matches an RE2 pattern of ours (never one that a person typed). */
export const matches = (label: string, pattern: string): Matcher => ({ label, operator: '=~', value: pattern });

/**
 * The label is one of what is chosen in a dashboard variable that takes several values; for dashboards only.
 * @param around RE2 pattern of ours around what is chosen
 */
export const fromVariable = (label: string, variable: string, around?: (chosen: string) => string): Matcher => ({
  label,
  operator: '=~',
  // What stands around is quoted, the variable is left for Grafana to read; of several values, Loki's data source puts
  // none in brackets.
  value: around ? quote(around('\0')).slice(1, -1).replaceAll('\\u0000', `(?:\${${variable}})`) : `$${variable}`,
  isVariable: true,
});

/** Whether a label can be named in a query; Prometheus 3 knows others, as `service.name`, which 2 does not. */
export const isLabelName = (label: string): boolean => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label);

/**
 * Returns the name of a label.
 * @throws QueryError where it is none
 */
export function assertLabelName(label: string): string {
  if (!isLabelName(label)) {
    throw new QueryError(`"${label}" is not a label name: letters, digits and _ only, no digit first.`);
  }
  return label;
}

/** Writes label names as in `by (...)` and `on (...)`. */
export const formatLabelList = (labels: readonly string[]): string => labels.map(assertLabelName).join(', ');

/** Writes matchers between braces, without repeating any. */
export function buildMatchers(matchers: readonly Matcher[]): string {
  const written = matchers.map(
    ({ label, operator, value, isVariable }) =>
      `${assertLabelName(label)}${operator}${isVariable ? `"${value}"` : quote(value)}`
  );
  return `{${[...new Set(written)].join(', ')}}`;
}

/** Which values a label has. */
export interface LabelQuery {
  label: string;
  /** Of the series or streams that count; all where there is none. */
  selector?: string;
}

/** Asks for the values of a label among the series or streams that all matchers match. */
export const buildLabelValuesQuery = (label: string, matchers: readonly Matcher[] = []): LabelQuery => ({
  label: assertLabelName(label),
  ...(matchers.length === 0 ? {} : { selector: buildMatchers(matchers) }),
});
