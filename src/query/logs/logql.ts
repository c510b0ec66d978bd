/** LogQL builders. All are pure and return a query. */
import { LEVEL_RULES, SOURCE_PATTERN, type LogLevel } from '../../sedna/logs';
import { buildLineFilters, type Keyword } from './logKeywords';
import {
  buildMetadataFilters,
  buildPlaceMatchers,
  filterIndexed,
  STREAM_LABELS,
  type LogLabelNames,
} from './logLabels';
import { QueryError, quote, buildMatchers, type Matcher } from '../escape';

export interface LogSelection {
  /** Matchers of a `LogLabel` or other stream labels. At least one must exclude the empty text. */
  matchers: readonly Matcher[];
  keywords?: readonly Keyword[];
  /** Whether one of the included keywords is enough; by default, a line must contain all. */
  any?: boolean;
  /** RE2 pattern that a line must match; never from user input. */
  pattern?: string;
  /** Levels to return; empty for all. */
  levels?: readonly LogLevel[];
  /** Whether lines get labels with their place in the source code. */
  source?: boolean;
  /** Whether lines keep their color codes. Searches ignore them in any case. */
  colours?: boolean;
}

/**
 * Label for the level. Loki uses the same name for the one that it detects, and Grafana's logs panel reads it. The level
 * from Sedna's formats replaces it.
 */
export const LEVEL_LABEL = 'detected_level';

/** Returns whether Loki accepts these matchers: one of them must exclude an empty label. */
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
 * Selects streams in the index of Loki, without matchers of structured metadata.
 * @throws QueryError if Loki would search everything
 */
export function buildStreamSelector(matchers: readonly Matcher[], names: LogLabelNames = STREAM_LABELS): string {
  const { streams } = buildPlaceMatchers(matchers, names);
  if (!hasRequiredMatcher(filterIndexed(matchers, names))) {
    throw new QueryError("Choose a namespace or a pod: Loki can't search without one.");
  }
  return buildMatchers(streams);
}

/**
 * Label filter that all lines pass. Without it, Loki would run later line filters before `decolorize`, whatever their order
 * in the query.
 */
export const STRIP_COLORS_STAGE = ' | __error__=""';

/** Label that keeps the original line while the query works on one without color codes. */
const RAW = 'sedna_raw_line';
const KEEP_RAW = ` | label_format ${RAW}=\`{{__line__}}\``;
const GIVE_RAW = ` | line_format \`{{.${RAW}}}\` | drop ${RAW}`;

interface LevelGroup {
  name: string;
  level: LogLevel;
  patterns: string[];
}

/** Adjacent rules of the same level share a capture group, because Go rejects two groups with the same name. */
const LEVEL_GROUPS = LEVEL_RULES.reduce<LevelGroup[]>((groups, { pattern, level }) => {
  // Every pattern is anchored at the start of the line. Otherwise, the position of the matches would decide, instead of
  // the order of the rules.
  const anchored = pattern.startsWith('^') ? pattern : `^.*(?:${pattern})`;
  const last = groups[groups.length - 1];
  if (last?.level === level) {
    last.patterns.push(anchored);
  } else {
    groups.push({ name: `level_${groups.length}`, level, patterns: [anchored] });
  }
  return groups;
}, []);

/** Loki's names of levels for those of src/sedna. Loki detects them itself, or takes them from a label of the collector. */
const LOKI_LEVELS: ReadonlyArray<[LogLevel, string[]]> = [
  ['error', ['error', 'err', 'critical', 'fatal']],
  ['warning', ['warning', 'warn']],
  ['info', ['info']],
  ['debug', ['debug', 'trace']],
];

/** Template of the level that Loki has for a line. */
const LOKI_LEVEL = `{{with or .${LEVEL_LABEL} .level}}${LOKI_LEVELS.map(
  ([level, names], index) =>
    `${index ? '{{else ' : '{{'}if eq (lower .) ${names.map((name) => `"${name}"`).join(' ')}}}${level}`
).join('')}{{else}}unknown{{end}}{{else}}unknown{{end}}`;

/**
 * Pipeline stages that set the level label by the rules of src/sedna, and keep Loki's level where none matches. They need
 * lines without color codes.
 */
export const LEVEL_STAGES = (() => {
  const pattern = LEVEL_GROUPS.map(({ name, patterns }) => `(?P<${name}>${patterns.join('|')})`).join('|');
  const choice = LEVEL_GROUPS.map(({ name, level }, index) => `${index ? '{{else ' : '{{'}if .${name}}}${level}`).join(
    ''
  );
  const names = LEVEL_GROUPS.map(({ name }) => name).join(', ');
  return (
    ` | regexp ${quote(`(?s)${pattern}`)}` +
    ` | label_format ${LEVEL_LABEL}=${quote(`${choice}{{else}}${LOKI_LEVEL}{{end}}`)} | drop ${names}`
  );
})();

/** Pipeline stage that adds the labels file and line, if the format of the line has them. */
export const SOURCE_STAGE = ` | regexp ${quote(SOURCE_PATTERN)}`;

function levelFilter(levels: readonly LogLevel[]): string {
  return levels.length === 0 ? '' : ` | ${LEVEL_LABEL}=~${quote(levels.join('|'))}`;
}

/**
 * Returns the lines of a selection, each with its level.
 * @throws QueryError if Loki would search everything
 */
export function logLines(
  { matchers, keywords = [], any = false, pattern, levels = [], source = false, colours = false }: LogSelection,
  names: LogLabelNames = STREAM_LABELS
): string {
  const filters = buildLineFilters(keywords, any);
  // Color codes are removed first, because users search for what they see, and codes are between level and message. A
  // keyword that can't contain codes may be searched before, which is faster.
  const first =
    pattern !== undefined || filters.some(({ mayContainColors }) => mayContainColors) ? STRIP_COLORS_STAGE : '';
  // A pattern is slow, so keywords that can't contain codes are searched before it.
  const early = filters.filter(({ mayContainColors }) => pattern !== undefined && !mayContainColors);
  const late = filters.filter((filter) => !early.includes(filter));
  const join = (some: typeof filters) => some.map(({ filter }) => filter).join('');
  return [
    buildStreamSelector(matchers, names),
    buildMetadataFilters(matchers, names),
    join(early),
    colours ? KEEP_RAW : '',
    ' | decolorize',
    first,
    join(late),
    pattern === undefined ? '' : ` |~ ${quote(pattern)}`,
    LEVEL_STAGES,
    levelFilter(levels),
    source ? SOURCE_STAGE : '',
    colours ? GIVE_RAW : '',
  ].join('');
}

/**
 * Counts lines by level over time.
 * @param range - a Loki duration, or Grafana's `$__auto`
 */
export function logVolume(selection: LogSelection, range = '$__auto', names = STREAM_LABELS): string {
  return `sum by (${LEVEL_LABEL}) (count_over_time(${logLines(selection, names)} [${range}]))`;
}
