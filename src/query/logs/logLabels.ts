/**
 * Names that a cluster's log collector uses for the four labels that select logs. They are stream labels (Promtail, Alloy,
 * this chart) or structured metadata of lines (the pod in the k8s-monitoring chart), each with names of Kubernetes or
 * OpenTelemetry.
 */
import { quote, assertLabelName, type Matcher } from '../escape';

export const LOG_LABELS = ['namespace', 'pod', 'container', 'node'] as const;
export type LogLabel = (typeof LOG_LABELS)[number];

export interface LogLabelName {
  name: string;
  /** Whether it is structured metadata of each line, which isn't in the index. */
  isMetadata: boolean;
}
export type LogLabelNames = Readonly<Record<LogLabel, LogLabelName>>;

/** Names that collectors use, most common first. */
const CANDIDATES: Record<LogLabel, readonly [plain: string, ...others: string[]]> = {
  namespace: ['namespace', 'k8s_namespace_name'],
  pod: ['pod', 'k8s_pod_name'],
  container: ['container', 'k8s_container_name'],
  node: ['node', 'node_name', 'k8s_node_name'],
};

/** Detects the names from the labels of the streams. */
export function getLogLabelNames(streamLabels: readonly string[]): LogLabelNames {
  const otel = !streamLabels.includes('namespace') && streamLabels.includes('k8s_namespace_name');
  const nameOf = (label: LogLabel): LogLabelName => {
    const known = CANDIDATES[label];
    const name = known.find((each) => streamLabels.includes(each));
    return { name: name ?? (otel ? known[known.length - 1] : known[0]), isMetadata: name === undefined };
  };
  return { namespace: nameOf('namespace'), pod: nameOf('pod'), container: nameOf('container'), node: nameOf('node') };
}

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

/** Renames the labels of matchers, and splits them into stream matchers and metadata filters. */
export function buildPlaceMatchers(matchers: readonly Matcher[], names: LogLabelNames) {
  const streams: Matcher[] = [];
  const metadata: Matcher[] = [];
  for (const matcher of matchers) {
    const known = isLogLabel(matcher.label) ? names[matcher.label] : { name: matcher.label, isMetadata: false };
    (known.isMetadata ? metadata : streams).push({ ...matcher, label: known.name });
  }
  return { streams, metadata };
}

/** Builds label filters for matchers that can't be part of the stream selector. */
export const buildMetadataFilters = (matchers: readonly Matcher[], names: LogLabelNames): string =>
  buildPlaceMatchers(matchers, names)
    .metadata.map(({ label, operator, value }) => ` | ${assertLabelName(label)}${operator}${quote(value)}`)
    .join('');
