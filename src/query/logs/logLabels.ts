/**
 * Names that a cluster's log collector uses for the four labels that select logs. They are stream labels (Promtail, Alloy,
 * this chart) or structured metadata of lines (the pod in the k8s-monitoring chart). A Loki may have streams of several
 * collectors, such as those from before and after a change.
 */
import { LOG_LABEL_SCHEMES, type LogLabelScheme } from '../../sedna/logs';
import { quote, assertLabelName, escapeRegex, type Matcher } from '../escape';

export const LOG_LABELS = ['namespace', 'pod', 'container', 'node'] as const;
export type LogLabel = (typeof LOG_LABELS)[number];

export interface LogLabelName {
  name: string;
  /** Whether it is structured metadata of each line, which isn't in the index. */
  isMetadata: boolean;
}
type NamesByLabel = Readonly<Record<LogLabel, LogLabelName>>;

export interface LogLabelNames extends NamesByLabel {
  /** Names that other streams of the same Loki have. */
  others?: readonly NamesByLabel[];
  /** Stream label that all streams have. Without it, streams of several collectors can't be in one query. */
  shared?: string;
}

/** Whether streams use a scheme: no search does without the namespace. */
const isInUse = (scheme: LogLabelScheme, streamLabels: readonly string[]) =>
  scheme.namespace.some((name) => streamLabels.includes(name));

/**
 * Returns the names of a scheme. A name that no stream has may be that of a scheme that isn't in use otherwise, else it is
 * structured metadata.
 */
function pickNames(scheme: LogLabelScheme, streamLabels: readonly string[]): NamesByLabel {
  const used = LOG_LABEL_SCHEMES.filter((each) => isInUse(each, streamLabels));
  const unused = LOG_LABEL_SCHEMES.filter((each) => !used.includes(each));
  const nameOf = (label: LogLabel): LogLabelName => {
    const taken = used.flatMap((each) => each[label]);
    const names = [...scheme[label], ...unused.flatMap((each) => each[label]).filter((each) => !taken.includes(each))];
    const name = names.find((each) => streamLabels.includes(each));
    return { name: name ?? scheme[label][0], isMetadata: name === undefined };
  };
  return { namespace: nameOf('namespace'), pod: nameOf('pod'), container: nameOf('container'), node: nameOf('node') };
}

/**
 * Detects the names from the labels of the streams.
 * @param shared stream label that all streams have; without it, only the first scheme is used
 */
export function getLogLabelNames(streamLabels: readonly string[], shared?: string): LogLabelNames {
  const [names = pickNames(LOG_LABEL_SCHEMES[0], streamLabels), ...others] = LOG_LABEL_SCHEMES.filter((scheme) =>
    isInUse(scheme, streamLabels)
  ).map((scheme) => pickNames(scheme, streamLabels));
  return others.length > 0 && shared !== undefined ? { ...names, others, shared } : names;
}

/** Returns the namespace labels of all schemes that streams use; more than one in a mixture. */
export const findNamespaceLabels = (streamLabels: readonly string[]): string[] =>
  LOG_LABEL_SCHEMES.filter((scheme) => isInUse(scheme, streamLabels)).map(
    (scheme) => pickNames(scheme, streamLabels).namespace.name
  );

/** Names that the log collector of this project uses. */
export const STREAM_LABELS = getLogLabelNames(LOG_LABELS);

/** Choices for administrators instead of automatic detection. */
export const LOG_LABEL_CHOICES = {
  stream: STREAM_LABELS,
  metadata: getLogLabelNames(['namespace', 'container']),
  otel: getLogLabelNames(['k8s_namespace_name', 'k8s_pod_name', 'k8s_container_name']),
} as const satisfies Record<string, LogLabelNames>;
export type LogLabelChoice = keyof typeof LOG_LABEL_CHOICES;

const isLogLabel = (label: string): label is LogLabel => (LOG_LABELS as readonly string[]).includes(label);

/** Returns the different names of a label in all streams. */
export function getAllNames(label: LogLabel, names: LogLabelNames): LogLabelName[] {
  const all = [names, ...(names.others ?? [])].map((each) => each[label]);
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

/** Returns the log label that a label of a line is, in any stream. */
export const findLogLabel = (name: string, names: LogLabelNames): LogLabel | undefined =>
  LOG_LABELS.find((label) => getAllNames(label, names).some((each) => each.name === name));

interface Places {
  streams: Matcher[];
  /** Filters on lines; a line must pass one of each list. */
  metadata: Matcher[][];
}

/**
 * Places a matcher for streams of several collectors: the index passes streams without the name, which may have another one,
 * or the same one as structured metadata. Filters then decide.
 */
function placeInMixture(matcher: Matcher, places: readonly LogLabelName[]): Places {
  const renamed = places.map(({ name }) => ({ ...matcher, label: name }));
  const indexed = renamed.filter((_, index) => !places[index].isMetadata);
  if (matcher.operator.startsWith('!')) {
    return { streams: indexed, metadata: renamed.map((each) => [each]) };
  }
  const pattern = matcher.operator === '=' ? escapeRegex(matcher.value) : matcher.value;
  return {
    streams: indexed.map((each) => ({ ...each, operator: '=~', value: `(?:${pattern})|` })),
    metadata: [renamed],
  };
}

/** Renames the labels of matchers, and splits them into stream matchers and filters on lines. */
export function buildPlaceMatchers(matchers: readonly Matcher[], names: LogLabelNames): Places {
  const streams: Matcher[] = [];
  const metadata: Matcher[][] = [];
  for (const matcher of matchers) {
    const places = isLogLabel(matcher.label)
      ? getAllNames(matcher.label, names)
      : [{ name: matcher.label, isMetadata: false }];
    const [{ name, isMetadata }] = places;
    if (names.others && isLogLabel(matcher.label)) {
      const placed = placeInMixture(matcher, places);
      streams.push(...placed.streams);
      metadata.push(...placed.metadata);
    } else if (isMetadata) {
      metadata.push([{ ...matcher, label: name }]);
    } else {
      streams.push({ ...matcher, label: name });
    }
  }
  return {
    streams:
      names.shared !== undefined && streams.length > 0
        ? [{ label: names.shared, operator: '=~', value: '.+' }, ...streams]
        : streams,
    metadata,
  };
}

/** Returns the matchers that select streams in the index, whatever their names. */
export const filterIndexed = (matchers: readonly Matcher[], names: LogLabelNames): Matcher[] =>
  matchers.filter(
    ({ label }) => !isLogLabel(label) || getAllNames(label, names).every(({ isMetadata }) => !isMetadata)
  );

const buildFilter = ({ label, operator, value }: Matcher) => `${assertLabelName(label)}${operator}${quote(value)}`;

/** Builds label filters for matchers that can't be part of the stream selector. */
export const buildMetadataFilters = (matchers: readonly Matcher[], names: LogLabelNames): string =>
  buildPlaceMatchers(matchers, names)
    .metadata.map((alternatives) => ` | ${alternatives.map(buildFilter).join(' or ')}`)
    .join('');
