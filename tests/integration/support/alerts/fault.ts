/** What cases of faults have in common: a cluster, what is wrong in it, and which alerts fire when. */
import { ClusterSeries, type InputSeries, type Job, type Pod, type Step } from './series';

export type Alert = Readonly<Record<string, string>>;

export interface Fault {
  name: string;
  minutes: number;
  input: readonly InputSeries[];
  /** At a minute, exactly these alerts fire. */
  expected: ReadonlyArray<readonly [minute: number, ...alerts: Alert[]]>;
}

export const DAY = 1440;
export const alert = (alertname: string, labels: Alert = {}): Alert => ({ alertname, ...labels });

/** A cluster that is well but for what is added to it. */
export const cluster = (minutes: number, silent: ReadonlyArray<readonly [number, number]> = []) =>
  new ClusterSeries(minutes).base().node('cloud-node', { edge: false }).node('edge-node').node('edge0', { silent });

export interface Options {
  minutes?: number;
  expected: Fault['expected'];
}

export const fault = (
  name: string,
  { minutes = 60, expected }: Options,
  add: (made: ClusterSeries) => unknown
): Fault => {
  const made = cluster(minutes);
  add(made);
  return { name, minutes, input: made.input, expected };
};

/** The same for one job that is called `j`. */
export const jobFault = (name: string, options: Options, job: Omit<Job, 'name'>): Fault =>
  fault(name, options, (made) => made.job({ name: 'j', ...job }));

export const trainPod = (more: Partial<Pod> = {}): Pod => ({
  name: 'j-train-aaaaa',
  node: 'edge-node',
  start: 12,
  ...more,
});

/** A job that comes to Train/Starting in minute 11 and to Running in minute 12. */
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
