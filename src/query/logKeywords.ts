/** Keywords as line filters of LogQL. */
import { escapeRegex, quote } from './text';

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
function patternOf({ text, matchCase = false, wholeWord = false, isPattern = false }: Keyword): string {
  const exact = !matchCase && NOT_ASCII.test(text) ? ANYWHERE : '';
  const pattern = isPattern ? text : escapeRegex(text) + exact;
  return wholeWord ? `(?:^|${NO_WORD})(?:${pattern})(?:${NO_WORD}|$)` : pattern;
}

const flags = ({ matchCase = false }: Keyword) => (matchCase ? '' : '(?i)');

/** One line filter; a blank text filters nothing. */
export function lineFilter(keyword: Keyword): string {
  const { text, exclude = false } = keyword;
  if (text === '') {
    return '';
  }
  return isPlain(keyword)
    ? ` ${exclude ? '!=' : '|='} ${quote(text)}`
    : ` ${exclude ? '!~' : '|~'} ${quote(flags(keyword) + patternOf(keyword))}`;
}

const mayHoldColours = ({ text, wholeWord = false, isPattern = false }: Keyword) =>
  wholeWord || isPattern || /[\s\]]/.test(text);

/** Several keywords of which one is enough. */
function anyFilter(keywords: readonly Keyword[]): LineFilter {
  const pattern = keywords.map((keyword) => `(?:${flags(keyword)}${patternOf(keyword)})`).join('|');
  return { filter: ` |~ ${quote(pattern)}`, mayHoldColours: keywords.some(mayHoldColours) };
}

/**
 * Line filters of all keywords.
 * @param any one of the keywords that are not excluded is enough
 */
export function lineFilters(keywords: readonly Keyword[], any: boolean): LineFilter[] {
  const given = keywords.filter(({ text }) => text !== '');
  const included = given.filter(({ exclude }) => !exclude);
  const single = any && included.length > 1 ? given.filter(({ exclude }) => exclude) : given;
  return [
    ...(single === given ? [] : [anyFilter(included)]),
    ...single.map((keyword) => ({ filter: lineFilter(keyword), mayHoldColours: mayHoldColours(keyword) })),
  ];
}

/** A query that has no other use than to let Loki say whether it can read the pattern of a keyword. */
export const patternCheck = (keyword: Keyword): string => `{no_such_label="no such value"}${lineFilter(keyword)}`;
