/** Builds cases for `promtool test rules`: a cluster, a fault in it, and the alerts that fire at each minute. */
import { ClusterSeries, type InputSeries, type Job, type Pod, type Step } from './series';

export type Alert = Readonly<Record<string, string>>;

export interface FaultCase {
  name: string;
  minutes: number;
  input: readonly InputSeries[];
  /** Exactly these alerts fire at a minute. */
  expected: ReadonlyArray<readonly [minute: number, ...alerts: Alert[]]>;
}

export const DAY = 1440;
export const alert = (alertname: string, labels: Alert = {}): Alert => ({ alertname, ...labels });

/** A healthy cluster, to which a case adds a fault. */
export const cluster = (minutes: number, silent: ReadonlyArray<readonly [number, number]> = []) =>
  new ClusterSeries(minutes).base().node('cloud-node', { edge: false }).node('edge-node').node('edge0', { silent });

export interface Options {
  minutes?: number;
  expected: FaultCase['expected'];
}

export const fault = (
  name: string,
  { minutes = 60, expected }: Options,
  add: (made: ClusterSeries) => unknown
): FaultCase => {
  const made = cluster(minutes);
  add(made);
  return { name, minutes, input: made.input, expected };
};

/** A case about one job named `j`. */
export const jobFault = (name: string, options: Options, job: Omit<Job, 'name'>): FaultCase =>
  fault(name, options, (made) => made.job({ name: 'j', ...job }));

export const trainPod = (more: Partial<Pod> = {}): Pod => ({
  name: 'j-train-aaaaa',
  node: 'edge-node',
  start: 12,
  ...more,
});

/** Conditions of a job that reaches Train/Starting in minute 11 and Running in minute 12. */
export const TRAINING = [
  [0, 'Train/Waiting'],
  [10, 'Train/Ready'],
  [11, 'Train/Starting'],
  [12, 'Train/Running'],
] as const;

/** A value for some minutes. */
export const repeated = (from: number, to: number, value: number): Step[] => [
  [from, value],
  [to, 'gone'],
];
