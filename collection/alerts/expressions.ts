/** PromQL that several alerts share: objects in a state, objects that cannot be judged now. */
import { NODE_OFFLINE_AFTER, NODE_SETTLE_SECONDS } from '../../src/sedna/diagnosis';
import { STAGED } from '../../src/sedna/diagnosis/podRules';
import type { KindName } from '../../src/sedna/kinds';
import { TRIGGERED_KINDS } from '../../src/sedna/catalog/resourceMetrics';
import { family } from '../prometheus/groups/jobs';
import { JOB, POD } from '../prometheus/groups/promql';

export { JOB, POD };
export const DATASET = 'cluster, namespace, name';
export const NODE = 'cluster, node';
export const LIFELONG: readonly KindName[] = ['LifelongLearningJob'];

/** Values that a label may have, as a matcher. */
const among = (label: string, values: readonly string[]) =>
  values.length === 0 ? '' : `, ${label}=~"${values.join('|')}"`;

/** Jobs (with stage and condition) whose newest condition is one of some; no stages are all stages. */
export const jobsAt = (kinds: readonly KindName[], stages: readonly string[], conditions: readonly string[]) =>
  `max by (${JOB}, stage, condition) (${family(kinds, 'condition', among('stage', stages) + among('condition', conditions))} == 1)`;

/** When the newest condition of jobs was written. */
export const changed = (kinds: readonly KindName[] = STAGED) =>
  `max by (${JOB}) (${family(kinds, 'last_transition_timestamp_seconds')})`;

/** The same jobs with the age of their condition (s), where that is more than some seconds. */
export const jobsAtFor = (
  kinds: readonly KindName[],
  stages: readonly string[],
  conditions: readonly string[],
  seconds: number
) =>
  `(
  ${jobsAt(kinds, stages, conditions)}
  * on (${JOB}) group_left ()
  (time() - ${changed(kinds)})
) > ${seconds}`;

const LEASES = 'kube_lease_renew_time{namespace="kube-node-lease"}';

/** The one series of each cluster where leases are known: without them nobody can tell whether a report is old. */
export const leasesKnown = `group by (cluster) (${LEASES})`;

const byNode = (expression: string) => `label_replace(${expression}, "node", "$1", "lease", "(.+)")`;

/** Seconds since nodes gave a sign of life, when that was last scraped. */
export const leaseAge = `max by (${NODE}) (${byNode(`timestamp(${LEASES}) - ${LEASES}`)})`;

/** Nodes that were silent within a window: what they report may be old, or still be on its way. */
export const unsteadyNodes = (window = NODE_SETTLE_SECONDS) =>
  `max by (${NODE}) (${byNode(`max_over_time((timestamp(${LEASES}) - ${LEASES})[${window}s:1m])`)}) > ${NODE_OFFLINE_AFTER}`;

/** Pods in one of some phases, a pattern. */
export const podsIn = (phases: string) => `max by (${POD}) (kube_pod_status_phase{phase=~"${phases}"} == 1)`;

/** Pods that have ended. */
export const ENDED = podsIn('Succeeded|Failed');

/** Jobs that have a dataset for which an expression has a series (labels cluster, namespace, name). */
export const jobsOfDatasets = (datasets: string) =>
  `group by (${JOB}) (
  ${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
  and on (cluster, namespace, dataset)
  label_replace(group by (${DATASET}) (${datasets}), "dataset", "$1", "name", "(.+)")
)`;

/** Datasets on nodes for which an expression has a series. */
export const datasetsOn = (nodes: string) => `sedna_dataset_info and on (${NODE}) (${nodes})`;

const onUnsteadyWorkers = () => `group by (${JOB}) (
  (sedna:worker_pod_info unless on (${POD}) ${ENDED})
  and on (${NODE}) (${unsteadyNodes()})
)`;

/**
 * Leaves out jobs that depend on a node that is, or was just, silent; without leases nothing is judged.
 * @param by nodes of the workers alone, or that of the dataset too
 */
export const steady = (expression: string, by: 'any-node' | 'worker-nodes' = 'any-node') =>
  `(${expression})
and on (cluster) ${leasesKnown}
unless on (${JOB})
${onUnsteadyWorkers()}` +
  (by === 'any-node' ? `\nunless on (${JOB})\n${jobsOfDatasets(datasetsOn(unsteadyNodes()))}` : '');

/** Leaves out jobs for which one of other expressions, which explain the same better, has a series. */
export const yieldingTo = (expression: string, ...better: string[]) =>
  better.reduce((all, each) => `${all}\nunless on (${JOB}) (\n${each}\n)`, `(${expression})`);
