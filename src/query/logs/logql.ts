/** LogQL builders. All of them are pure and return a query. */
import { LEVEL_RULES, SOURCE_PATTERN, type LogLevel } from '../../sedna/logs';
import { buildLineFilters, type Keyword } from './logKeywords';
import { buildMetadataFilters, buildPlaceMatchers, STREAM_LABELS, type LogLabelNames } from './logLabels';
import { QueryError, quote, buildMatchers, type Matcher } from '../escape';

export interface LogSelection {
  /** By the names of `LogLabel`, or by other labels of the streams. At least one must exclude the empty text. */
  matchers: readonly Matcher[];
  keywords?: readonly Keyword[];
  /** One keyword of those that are not excluded is enough; all of them are needed unless asked. */
  any?: boolean;
  /** RE2 pattern of ours (never one that a person typed) that a line must match. */
  pattern?: string;
  /** Only lines of these levels; all where empty. */
  levels?: readonly LogLevel[];
  /** Lines get labels that say where in the code they were written. */
  source?: boolean;
  /** Lines keep their colour codes, which are searched through all the same; they lose them unless asked. */
  colours?: boolean;
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

/**
 * Selects the streams of a selection, as the index of Loki knows them: without what is chosen by structured metadata.
 * @throws QueryError where Loki would search everything
 */
export function buildStreamSelector(matchers: readonly Matcher[], names: LogLabelNames = STREAM_LABELS): string {
  const { streams } = buildPlaceMatchers(matchers, names);
  if (!hasRequiredMatcher(streams)) {
    throw new QueryError('Choose a namespace or a pod: Loki does not search without one.');
  }
  return buildMatchers(streams);
}

/**
 * A filter that all lines pass. Loki runs line filters before `decolorize`, whatever their order in the query, unless a
 * label filter stands between.
 */
export const STRIP_COLORS_STAGE = ' | __error__=""';

/** The line as it was written, while the query works on one without colour codes. */
const RAW = 'sedna_raw_line';
const KEEP_RAW = ` | label_format ${RAW}=\`{{__line__}}\``;
const GIVE_RAW = ` | line_format \`{{.${RAW}}}\` | drop ${RAW}`;

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

/** Labels file and line, where the format of a line tells where in the code it was written. */
export const SOURCE_STAGE = ` | regexp ${quote(SOURCE_PATTERN)}`;

function levelFilter(levels: readonly LogLevel[]): string {
  return levels.length === 0 ? '' : ` | ${LEVEL_LABEL}=~${quote(levels.join('|'))}`;
}

/** Lines of the selection, each with its level, without colour codes unless they are wanted. */
export function logLines(
  { matchers, keywords = [], any = false, pattern, levels = [], source = false, colours = false }: LogSelection,
  names: LogLabelNames = STREAM_LABELS
): string {
  const filters = buildLineFilters(keywords, any);
  // Colour codes go first: a keyword is what people see, and they stand between level and message. A keyword without a
  // place for them may be searched before, which is faster.
  const first = pattern !== undefined || filters.some(({ mayHoldColours }) => mayHoldColours) ? STRIP_COLORS_STAGE : '';
  // Where a pattern follows, which is slow, they are.
  const early = filters.filter(({ mayHoldColours }) => pattern !== undefined && !mayHoldColours);
  const late = filters.filter((filter) => !early.includes(filter));
  const write = (some: typeof filters) => some.map(({ filter }) => filter).join('');
  return [
    buildStreamSelector(matchers, names),
    buildMetadataFilters(matchers, names),
    write(early),
    colours ? KEEP_RAW : '',
    ' | decolorize',
    first,
    write(late),
    pattern === undefined ? '' : ` |~ ${quote(pattern)}`,
    LEVEL_STAGES,
    levelFilter(levels),
    source ? SOURCE_STAGE : '',
    colours ? GIVE_RAW : '',
  ].join('');
}

/** Count of lines by level over time; `range` is a Loki duration or Grafana's `$__auto`. */
export function logVolume(selection: LogSelection, range = '$__auto', names = STREAM_LABELS): string {
  return `sum by (${LEVEL_LABEL}) (count_over_time(${logLines(selection, names)} [${range}]))`;
}
