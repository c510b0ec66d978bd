/**
 * What a cluster's log collector calls the four labels that logs are chosen by. Two worlds exist: labels of the streams
 * (Promtail, Alloy, this chart), and structured metadata of single lines (the pod in the k8s-monitoring chart), each
 * with the names of Kubernetes' own world or those of OpenTelemetry.
 */
import { quote, assertLabelName, type Matcher } from '../escape';

export const LOG_LABELS = ['namespace', 'pod', 'container', 'node'] as const;
export type LogLabel = (typeof LOG_LABELS)[number];

export interface LogLabelName {
  name: string;
  /** Not in the index: it is structured metadata of each line. */
  isMetadata: boolean;
}
export type LogLabelNames = Readonly<Record<LogLabel, LogLabelName>>;

/** Names that collectors are known to use, the usual one first. */
const CANDIDATES: Record<LogLabel, readonly [plain: string, ...others: string[]]> = {
  namespace: ['namespace', 'k8s_namespace_name'],
  pod: ['pod', 'k8s_pod_name'],
  container: ['container', 'k8s_container_name'],
  node: ['node', 'node_name', 'k8s_node_name'],
};

/** How the labels are called, by the labels that the streams have. */
export function getLogLabelNames(streamLabels: readonly string[]): LogLabelNames {
  const otel = !streamLabels.includes('namespace') && streamLabels.includes('k8s_namespace_name');
  const nameOf = (label: LogLabel): LogLabelName => {
    const known = CANDIDATES[label];
    const name = known.find((each) => streamLabels.includes(each));
    return { name: name ?? (otel ? known[known.length - 1] : known[0]), isMetadata: name === undefined };
  };
  return { namespace: nameOf('namespace'), pod: nameOf('pod'), container: nameOf('container'), node: nameOf('node') };
}

/** Those of this project's own collection. */
export const STREAM_LABELS = getLogLabelNames(LOG_LABELS);

/** What an administrator can choose instead of what is found by itself. */
export const LOG_LABEL_CHOICES = {
  stream: STREAM_LABELS,
  metadata: getLogLabelNames(['namespace', 'container']),
  otel: getLogLabelNames(['k8s_namespace_name', 'k8s_pod_name', 'k8s_container_name']),
} as const satisfies Record<string, LogLabelNames>;
export type LogLabelChoice = keyof typeof LOG_LABEL_CHOICES;

const isLogLabel = (label: string): label is LogLabel => (LOG_LABELS as readonly string[]).includes(label);

/** Matchers under the names of a cluster, by where they go: into the stream selector, or behind it. */
export function buildPlaceMatchers(matchers: readonly Matcher[], names: LogLabelNames) {
  const streams: Matcher[] = [];
  const metadata: Matcher[] = [];
  for (const matcher of matchers) {
    const known = isLogLabel(matcher.label) ? names[matcher.label] : { name: matcher.label, isMetadata: false };
    (known.isMetadata ? metadata : streams).push({ ...matcher, label: known.name });
  }
  return { streams, metadata };
}

/** Label filters for what the stream selector cannot choose. */
export const buildMetadataFilters = (matchers: readonly Matcher[], names: LogLabelNames): string =>
  buildPlaceMatchers(matchers, names)
    .metadata.map(({ label, operator, value }) => ` | ${assertLabelName(label)}${operator}${quote(value)}`)
    .join('');
