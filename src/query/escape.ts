/**
 * Escapes text for queries. PromQL and LogQL both use Go string literals, so one escape serves both. No code outside this
 * folder puts text into a query.
 */

/** A query can't be built. The message gives the reason and may be shown to users. */
export class QueryError extends Error {
  override name = 'QueryError';
}

const SHORT: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

// Control characters and the byte order mark (Loki's scanner rejects both raw), `$` and `[[` (Grafana would
// interpolate a variable), and halves of a surrogate pair (they have no UTF-8; encoders send U+FFFD instead).
const SPECIAL =
  /[\\"$\u0000-\u001f\u007f\ufeff]|\[(?=\[)|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Formats text as a double-quoted string literal of PromQL and LogQL. */
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

/** Escapes text so that it matches itself in an RE2 pattern. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  label: string;
  operator: MatchOperator;
  value: string;
  /** Whether the value is a dashboard variable, which Grafana replaces and escapes. */
  isVariable?: boolean;
}

/** Matches a label that equals a text. */
export const equals = (label: string, value: string): Matcher => ({ label, operator: '=', value });

/** Matches a label that equals one of some texts. Without texts, only an empty label matches. */
export const oneOf = (label: string, values: readonly string[]): Matcher =>
  values.length === 1 ? equals(label, values[0]) : { label, operator: '=~', value: values.map(escapeRegex).join('|') };

/** Matches a label that equals none of some texts. */
export const noneOf = (label: string, values: readonly string[]): Matcher => ({
  label,
  operator: '!~',
  value: values.map(escapeRegex).join('|'),
});

/** Matches a label that contains a text, ignoring case. An empty text matches everything. */
export const contains = (label: string, text: string): Matcher => ({
  label,
  operator: '=~',
  value: text === '' ? '.*' : `(?i).*${escapeRegex(text)}.*`,
});

/** Matches a label by an RE2 pattern, which must never come from a user. */
export const matches = (label: string, pattern: string): Matcher => ({ label, operator: '=~', value: pattern });

/**
 * Matches a label that equals one of the selected values of a dashboard variable. For dashboards only.
 * @param around - builds an RE2 pattern around the selected values; never from user input
 */
export const fromVariable = (label: string, variable: string, around?: (selected: string) => string): Matcher => ({
  label,
  operator: '=~',
  // The surrounding pattern is quoted, but not the variable, which Grafana interpolates. The group is needed because
  // Loki's data source adds none around several values.
  value: around ? quote(around('\0')).slice(1, -1).replaceAll('\\u0000', `(?:\${${variable}})`) : `$${variable}`,
  isVariable: true,
});

/** Returns whether a query can name a label. Prometheus 3 allows others, such as `service.name`, but version 2 doesn't. */
export const isLabelName = (label: string): boolean => /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label);

/**
 * Returns the name of a label.
 * @throws QueryError if it isn't a label name
 */
export function assertLabelName(label: string): string {
  if (!isLabelName(label)) {
    throw new QueryError(`"${label}" is not a label name: use only letters, digits, and _, without a digit first.`);
  }
  return label;
}

/** Formats label names as in `by (...)` and `on (...)`. */
export const formatLabelList = (labels: readonly string[]): string => labels.map(assertLabelName).join(', ');

/** Formats matchers in braces, without duplicates. */
export function buildMatchers(matchers: readonly Matcher[]): string {
  const written = matchers.map(
    ({ label, operator, value, isVariable }) =>
      `${assertLabelName(label)}${operator}${isVariable ? `"${value}"` : quote(value)}`
  );
  return `{${[...new Set(written)].join(', ')}}`;
}

/** A query for the values of a label. */
export interface LabelQuery {
  label: string;
  /** Selects the series or streams; absent for all. */
  selector?: string;
}

/** Builds a query for the values of a label among the series or streams that all matchers match. */
export const buildLabelValuesQuery = (label: string, matchers: readonly Matcher[] = []): LabelQuery => ({
  label: assertLabelName(label),
  ...(matchers.length === 0 ? {} : { selector: buildMatchers(matchers) }),
});
