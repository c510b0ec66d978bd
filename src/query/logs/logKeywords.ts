/** Keywords as line filters of LogQL. */
import { escapeRegex, quote } from '../escape';

export interface Keyword {
  text: string;
  exclude?: boolean;
  /** Lower and upper case differ; they do not unless asked. */
  matchCase?: boolean;
  /** Neither a letter, a digit nor `_` of any script stands before or after it. */
  wholeWord?: boolean;
  /** The text is an RE2 pattern that a person typed. */
  isPattern?: boolean;
}

/** One filter of lines as LogQL has it. */
export interface TextFilter {
  operator: '|=' | '!=' | '|~' | '!~';
  /** Text, or with `~` RE2 pattern, not escaped for a query. */
  value: string;
}

export interface LineFilter {
  /** As it stands in a pipeline. */
  filter: string;
  /**
   * Whether a colour code of Sedna's formats can stand within or beside the text: they stand before and after spaces
   * and `]`.
   */
  mayHoldColours: boolean;
}

const NO_WORD = '[^\\pL\\pN_]';

const isPlain = ({ matchCase = false, wholeWord = false, isPattern = false }: Keyword) =>
  matchCase && !wholeWord && !isPattern;

/**
 * True everywhere. With it a pattern is run as one: for a text alone Loki has a quicker way, which compares the first
 * byte of a character before it looks at the case, and so misses capitals of other scripts than ASCII.
 */
const ANYWHERE = '(?:\\b|\\B)';
const NOT_ASCII = /[^\0-\x7f]/;

/** RE2 pattern of a keyword, the case apart. */
function buildPattern({ text, matchCase = false, wholeWord = false, isPattern = false }: Keyword): string {
  const exact = !matchCase && NOT_ASCII.test(text) ? ANYWHERE : '';
  const pattern = isPattern ? text : escapeRegex(text) + exact;
  return wholeWord ? `(?:^|${NO_WORD})(?:${pattern})(?:${NO_WORD}|$)` : pattern;
}

const flags = ({ matchCase = false }: Keyword) => (matchCase ? '' : '(?i)');

function textFilter(keyword: Keyword): TextFilter {
  const { text, exclude = false } = keyword;
  return isPlain(keyword)
    ? { operator: exclude ? '!=' : '|=', value: text }
    : { operator: exclude ? '!~' : '|~', value: flags(keyword) + buildPattern(keyword) };
}

const write = ({ operator, value }: TextFilter) => ` ${operator} ${quote(value)}`;

/** One line filter; a blank text filters nothing. */
export const buildLineFilter = (keyword: Keyword): string => (keyword.text === '' ? '' : write(textFilter(keyword)));

const mayHoldColours = ({ text, wholeWord = false, isPattern = false }: Keyword) =>
  wholeWord || isPattern || /[\s\]]/.test(text);

/** Several keywords of which one is enough. */
function anyFilter(keywords: readonly Keyword[]) {
  const value = keywords.map((keyword) => `(?:${flags(keyword)}${buildPattern(keyword)})`).join('|');
  return { operator: '|~' as const, value, mayHoldColours: keywords.some(mayHoldColours) };
}

/**
 * Filters of all keywords.
 * @param any one of the keywords that are not excluded is enough
 */
export function buildTextFilters(
  keywords: readonly Keyword[],
  any: boolean
): Array<TextFilter & Pick<LineFilter, 'mayHoldColours'>> {
  const given = keywords.filter(({ text }) => text !== '');
  const included = given.filter(({ exclude }) => !exclude);
  const single = any && included.length > 1 ? given.filter(({ exclude }) => exclude) : given;
  return [
    ...(single === given ? [] : [anyFilter(included)]),
    ...single.map((keyword) => ({ ...textFilter(keyword), mayHoldColours: mayHoldColours(keyword) })),
  ];
}

/** The same as they stand in a pipeline. */
export const buildLineFilters = (keywords: readonly Keyword[], any: boolean): LineFilter[] =>
  buildTextFilters(keywords, any).map(({ mayHoldColours: may, ...filter }) => ({
    filter: write(filter),
    mayHoldColours: may,
  }));

/** A query that has no other use than to let Loki say whether it can read the pattern of a keyword. */
export const buildPatternCheck = (keyword: Keyword): string =>
  `{no_such_label="no such value"}${buildLineFilter(keyword)}`;
