/** What an entry of the metric catalogue says, and the two helpers that write one. */
/** Who produces a series. */
export type MetricSource =
  | 'kube-state-metrics'
  | 'exporter-cluster'
  | 'exporter-knowledge-base'
  | 'loki-rule'
  | 'recording-rule'
  /** Not ours: shown where it is scraped. */
  | 'cadvisor'
  | 'node-exporter';

/**
 * How a series is to be read: `stateset` is one series a state with value 0 or 1,
 * `info` is 1 and tells what is current in its labels, `timestamp` is Unix time in seconds.
 */
export type MetricType = 'gauge' | 'counter' | 'stateset' | 'info' | 'timestamp';

/** Unit of the value, `none` where it has no unit. */
export type MetricUnit =
  'none' | 'seconds' | 'bytes' | 'samples' | 'workers' | 'tasks' | 'rounds' | 'lines' | 'ratio' | 'percent' | 'score';

/** What a series tells about; `service` is one of Sedna's inference services, everything else that runs a `job`. */
export type Component = 'job' | 'service' | 'dataset' | 'model' | 'worker' | 'knowledge-base' | 'node' | 'exporter';

export interface Metric {
  name: string;
  help: string;
  type: MetricType;
  unit: MetricUnit;
  source: MetricSource;
  component: Component;
  /** Labels beside the ones that every series of the component has (`namespace`, `name`, `kind`, `cluster`). */
  labels: readonly string[];
  /** The label that holds the state, and all its values; state sets only. */
  states?: { label: string; values: readonly string[] };
  /** Tables of Sedna's Ops UI proposal that ask for it, with the names used there. */
  proposal?: ReadonlyArray<{ table: number; metric: string }>;
  /** What a reader must know to not draw a wrong conclusion. */
  caveat?: string;
  /** Of what Sedna itself does not record: where it can come from all the same, as the rest of a sentence. */
  notRecorded?: string;
  /** That is only a part of it: the rest is there without. */
  isPartRecorded?: boolean;
}

type Extra = Partial<
  Pick<Metric, 'labels' | 'states' | 'proposal' | 'caveat' | 'notRecorded' | 'isPartRecorded' | 'unit'>
>;

/** Writes an entry; the unit of a timestamp is seconds, of anything else none unless said. */
export function defineMetric(
  name: string,
  help: string,
  type: MetricType,
  source: MetricSource,
  component: Component,
  extra: Extra = {}
): Metric {
  const unit = type === 'timestamp' ? 'seconds' : 'none';
  return { name, help, type, unit, source, component, labels: [], ...extra };
}

/** The rows of one proposal table that a metric answers. */
export const proposalRefs = (table: number, ...metrics: string[]) => metrics.map((name) => ({ table, metric: name }));

/** The states of a state set and the label that holds them. */
export const getStates = (label: string, values: readonly string[]): NonNullable<Metric['states']> => ({
  label,
  values,
});
