/** Entries of the metric catalog, and helpers to define them. */

/** Source of a series. */
export type MetricSource =
  | 'kube-state-metrics'
  | 'exporter-cluster'
  | 'exporter-knowledge-base'
  | 'loki-rule'
  | 'recording-rule'
  /** Not part of Sedna Ops: shown if it is scraped. */
  | 'cadvisor'
  | 'node-exporter';

/**
 * Type of a series: `stateset` has one series for each state with value 0 or 1, `info` is always 1 and has its facts in
 * labels, `timestamp` is Unix time in seconds.
 */
export type MetricType = 'gauge' | 'counter' | 'stateset' | 'info' | 'timestamp';

/** Unit of the value. */
export type MetricUnit =
  'none' | 'seconds' | 'bytes' | 'samples' | 'workers' | 'tasks' | 'rounds' | 'lines' | 'ratio' | 'percent' | 'score';

/** Subject of a series. `service` is one of Sedna's inference services; everything else that runs is a `job`. */
export type Component = 'job' | 'service' | 'dataset' | 'model' | 'worker' | 'knowledge-base' | 'node' | 'exporter';

export interface Metric {
  name: string;
  help: string;
  type: MetricType;
  unit: MetricUnit;
  source: MetricSource;
  component: Component;
  /** Labels besides those of every series of the component (`namespace`, `name`, `kind`, `cluster`). */
  labels: readonly string[];
  /** State sets only: the label with the state, and all its values. */
  states?: { label: string; values: readonly string[] };
  /** Tables of Sedna's Ops UI proposal that include it, with the names used there. */
  proposal?: ReadonlyArray<{ table: number; metric: string }>;
  /** What users must know to interpret the metric correctly. */
  caveat?: string;
  /** If Sedna doesn't record it: other possible sources, as the rest of a sentence. */
  notRecorded?: string;
  /** Whether `notRecorded` is about a part only. */
  isPartRecorded?: boolean;
}

type Extra = Partial<
  Pick<Metric, 'labels' | 'states' | 'proposal' | 'caveat' | 'notRecorded' | 'isPartRecorded' | 'unit'>
>;

/** Creates an entry. The default unit is seconds for timestamps, and none for all others. */
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

/** Creates references to rows of one proposal table. */
export const proposalRefs = (table: number, ...metrics: string[]) => metrics.map((name) => ({ table, metric: name }));

/** Creates the states of a state set. */
export const getStates = (label: string, values: readonly string[]): NonNullable<Metric['states']> => ({
  label,
  values,
});
