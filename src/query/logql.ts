/** LogQL builders. All of them are pure and return a query. */
import { LEVEL_RULES, type LogLevel } from '../sedna/logs';
import { escapeRegex, QueryError, quote, writeMatchers, type Matcher } from './text';

export interface Keyword {
  text: string;
  exclude?: boolean;
  /** Lower and upper case differ; they do not unless asked. */
  matchCase?: boolean;
}

export interface LogSelection {
  /** At least one must exclude the empty text, or Loki refuses the query. */
  matchers: readonly Matcher[];
  keywords?: readonly Keyword[];
  /** RE2 pattern of ours (never one that a person typed) that a line must match. */
  pattern?: string;
  /** Only lines of these levels; all where empty. */
  levels?: readonly LogLevel[];
}

/**
 * The label that a query puts the level into. It is the name that Loki gives its own guess, which
 * Grafana's log panel reads: ours, from Sedna's formats, takes its place.
 */
export const LEVEL_LABEL = 'detected_level';

/** Whether Loki would take these matchers: one of them has to exclude an empty label. */
export function hasRequiredMatcher(matchers: readonly Matcher[]): boolean {
  return matchers.some(({ operator, value }) => {
    switch (operator) {
      case '=':
        return value !== '';
      case '!=':
        return value === '';
      case '=~':
        return !new RegExp(`^(?:${value.replace(/^\(\?i\)/, '')})$`).test('');
      default:
        return false;
    }
  });
}

function streamSelector(matchers: readonly Matcher[]): string {
  if (!hasRequiredMatcher(matchers)) {
    throw new QueryError('Choose a namespace or a pod: Loki does not search without one.');
  }
  return writeMatchers(matchers);
}

/** One line filter; a blank text filters nothing. */
export function lineFilter({ text, exclude = false, matchCase = false }: Keyword): string {
  if (text === '') {
    return '';
  }
  return matchCase
    ? ` ${exclude ? '!=' : '|='} ${quote(text)}`
    : ` ${exclude ? '!~' : '|~'} ${quote(`(?i)${escapeRegex(text)}`)}`;
}

/**
 * A filter that all lines pass. Loki runs line filters before `decolorize`, whatever their order in the query, unless a
 * label filter stands between.
 */
export const AFTER_COLOURS = ' | __error__=""';

/** Whether a colour code of Sedna's formats can stand within the text: they stand before and after spaces and `]`. */
const mayHoldColours = ({ text }: Keyword) => /[\s\]]/.test(text);

interface LevelGroup {
  name: string;
  level: LogLevel;
  patterns: string[];
}

/** Neighbouring rules of one level share one capture group: Go allows no two groups of one name. */
const LEVEL_GROUPS = LEVEL_RULES.reduce<LevelGroup[]>((groups, { pattern, level }) => {
  // Every pattern starts at the start of the line, so that the order of the rules decides and not
  // where in the line each of them would match.
  const anchored = pattern.startsWith('^') ? pattern : `^.*(?:${pattern})`;
  const last = groups[groups.length - 1];
  if (last?.level === level) {
    last.patterns.push(anchored);
  } else {
    groups.push({ name: `level_${groups.length}`, level, patterns: [anchored] });
  }
  return groups;
}, []);

/** Pipeline stages that set the level label by the rules of src/sedna; they want lines without colour codes. */
export const LEVEL_STAGES = (() => {
  const pattern = LEVEL_GROUPS.map(({ name, patterns }) => `(?P<${name}>${patterns.join('|')})`).join('|');
  const choice = LEVEL_GROUPS.map(({ name, level }, index) => `${index ? '{{else ' : '{{'}if .${name}}}${level}`).join(
    ''
  );
  const names = LEVEL_GROUPS.map(({ name }) => name).join(', ');
  return (
    ` | regexp ${quote(`(?s)${pattern}`)}` +
    ` | label_format ${LEVEL_LABEL}=${quote(`${choice}{{else}}unknown{{end}}`)} | drop ${names}`
  );
})();

function levelFilter(levels: readonly LogLevel[]): string {
  return levels.length === 0 ? '' : ` | ${LEVEL_LABEL}=~${quote(levels.join('|'))}`;
}

/** Lines of the selection, each with its level. */
export function logLines({ matchers, keywords = [], pattern, levels = [] }: LogSelection): string {
  // Colour codes go first: a keyword is what people see, and they stand between level and message. A keyword without a
  // place for them may be searched before, which is faster.
  const first = pattern !== undefined || keywords.some(mayHoldColours) ? AFTER_COLOURS : '';
  // Where a pattern follows, which is slow, they are.
  const early = keywords.filter((keyword) => pattern !== undefined && !mayHoldColours(keyword));
  const late = keywords.filter((keyword) => !early.includes(keyword));
  const filters = late.map(lineFilter).join('') + (pattern === undefined ? '' : ` |~ ${quote(pattern)}`);
  return `${streamSelector(matchers)}${early.map(lineFilter).join('')} | decolorize${first}${filters}${LEVEL_STAGES}${levelFilter(levels)}`;
}

/** Count of lines by level over time; `range` is a Loki duration or Grafana's `$__auto`. */
export function logVolume(selection: LogSelection, range = '$__auto'): string {
  return `sum by (${LEVEL_LABEL}) (count_over_time(${logLines(selection)} [${range}]))`;
}
