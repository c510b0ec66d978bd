/** Line filters of LogQL from keywords. */
import { escapeRegex, quote } from '../escape';

export interface Keyword {
  text: string;
  exclude?: boolean;
  /** Whether case matters; by default it doesn't. */
  matchCase?: boolean;
  /** Whether no letter, digit, or `_` of any script may precede or follow the text. */
  wholeWord?: boolean;
  /** Whether the text is an RE2 pattern from the user. */
  isPattern?: boolean;
}

/** A line filter before it is formatted as LogQL. */
export interface TextFilter {
  operator: '|=' | '!=' | '|~' | '!~';
  /** Text, or an RE2 pattern for operators with `~`. Not quoted. */
  value: string;
}

export interface LineFilter {
  /** Pipeline stage with a leading space. */
  filter: string;
  /** Whether the text may contain or touch a color code. Sedna's formats have them before and after spaces and `]`. */
  mayContainColors: boolean;
}

const NO_WORD = '[^\\pL\\pN_]';

const isPlain = ({ matchCase = false, wholeWord = false, isPattern = false }: Keyword) =>
  matchCase && !wholeWord && !isPattern;

/**
 * Matches everywhere and makes Loki run the pattern as a regular expression. For plain text, Loki takes a shortcut that
 * compares the first byte of a character before it ignores the case, so it misses capital letters beyond ASCII.
 */
const ANYWHERE = '(?:\\b|\\B)';
const NOT_ASCII = /[^\0-\x7f]/;

/** Builds the RE2 pattern of a keyword without the flag for its case. */
function buildPattern({ text, matchCase = false, wholeWord = false, isPattern = false }: Keyword): string {
  const exact = !matchCase && NOT_ASCII.test(text) ? ANYWHERE : '';
  const pattern = isPattern ? text : escapeRegex(text) + exact;
  return wholeWord ? `(?:^|${NO_WORD})(?:${pattern})(?:${NO_WORD}|$)` : pattern;
}

const flags = ({ matchCase = false }: Keyword) => (matchCase ? '' : '(?i)');

function toTextFilter(keyword: Keyword): TextFilter {
  const { text, exclude = false } = keyword;
  return isPlain(keyword)
    ? { operator: exclude ? '!=' : '|=', value: text }
    : { operator: exclude ? '!~' : '|~', value: flags(keyword) + buildPattern(keyword) };
}

const formatFilter = ({ operator, value }: TextFilter) => ` ${operator} ${quote(value)}`;

/** Builds a line filter; empty for an empty text. */
export const buildLineFilter = (keyword: Keyword): string =>
  keyword.text === '' ? '' : formatFilter(toTextFilter(keyword));

const mayContainColors = ({ text, wholeWord = false, isPattern = false }: Keyword) =>
  wholeWord || isPattern || /[\s\]]/.test(text);

/** Builds one filter for several keywords, of which a line must contain at least one. */
function anyFilter(keywords: readonly Keyword[]) {
  const value = keywords.map((keyword) => `(?:${flags(keyword)}${buildPattern(keyword)})`).join('|');
  return { operator: '|~' as const, value, mayContainColors: keywords.some(mayContainColors) };
}

/**
 * Builds the filters of all keywords.
 * @param any - whether one of the included keywords is enough
 */
export function buildTextFilters(
  keywords: readonly Keyword[],
  any: boolean
): Array<TextFilter & Pick<LineFilter, 'mayContainColors'>> {
  const given = keywords.filter(({ text }) => text !== '');
  const included = given.filter(({ exclude }) => !exclude);
  const single = any && included.length > 1 ? given.filter(({ exclude }) => exclude) : given;
  return [
    ...(single === given ? [] : [anyFilter(included)]),
    ...single.map((keyword) => ({ ...toTextFilter(keyword), mayContainColors: mayContainColors(keyword) })),
  ];
}

/** Builds the filters of all keywords as pipeline stages. */
export const buildLineFilters = (keywords: readonly Keyword[], any: boolean): LineFilter[] =>
  buildTextFilters(keywords, any).map(({ mayContainColors: may, ...filter }) => ({
    filter: formatFilter(filter),
    mayContainColors: may,
  }));

/** Builds a query without results that makes Loki check the pattern of a keyword. */
export const buildPatternCheck = (keyword: Keyword): string =>
  `{no_such_label="no such value"}${buildLineFilter(keyword)}`;
