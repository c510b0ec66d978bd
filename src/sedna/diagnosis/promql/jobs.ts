/** PromQL for objects in a state, and for leaving out those that can't be judged or are explained by another rule. */
import { getFamilyPrefix, TRIGGERED_KINDS } from '../../catalog/resourceMetrics';
import type { KindName } from '../../kinds';
import { STAGED } from '../detection/kinds';
import { among, DATASET, JOB, NODE, POD } from './labels';
import { LEASES_KNOWN, unstableNodes } from './nodes';
import { podsIn } from './pods';

/** Selects one family of several kinds by whole names, which Prometheus looks up instead of searching. */
export const family = (kinds: readonly KindName[], name: string, matchers = '') =>
  `{__name__=~"${kinds.map((kind) => `${getFamilyPrefix(kind)}_${name}`).join('|')}"${matchers}}`;

/** Jobs whose newest condition is one of some, with stage and condition; no stages means all stages. */
export const jobsInCondition = (kinds: readonly KindName[], stages: readonly string[], conditions: readonly string[]) =>
  `max by (${JOB}, stage, condition) (${family(kinds, 'condition', among('stage', stages) + among('condition', conditions))} == 1)`;

/** Time of the newest condition of each job. */
export const lastTransitionTime = (kinds: readonly KindName[] = STAGED) =>
  `max by (${JOB}) (${family(kinds, 'last_transition_timestamp_seconds')})`;

/**
 * Since when each job is in the state of its newest condition. Only the exporter sees that a state began before, so its
 * value counts where it knows that condition.
 */
export const stateStart = (kinds: readonly KindName[] = STAGED) => `(
    max by (${JOB}) (sedna_job_state_start_timestamp_seconds)
    and on (${JOB}) (
      max by (${JOB}) (sedna_job_last_transition_timestamp_seconds) >= on (${JOB}) ${lastTransitionTime(kinds)}
    )
    or ${lastTransitionTime(kinds)}
  )`;

/** Jobs that have been in the state of one of some conditions for more than `seconds`. */
export const jobsInConditionFor = (
  kinds: readonly KindName[],
  stages: readonly string[],
  conditions: readonly string[],
  seconds: number
) =>
  `(
  ${jobsInCondition(kinds, stages, conditions)}
  * on (${JOB}) group_left ()
  (time() - ${stateStart(kinds)})
) > ${seconds}`;

/** Jobs that use a dataset for which an expression has a series (labels cluster, namespace, name). */
export const jobsOfDatasets = (datasets: string) =>
  `group by (${JOB}) (
  ${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
  and on (cluster, namespace, dataset)
  label_replace(group by (${DATASET}) (${datasets}), "dataset", "$1", "name", "(.+)")
)`;

/** Datasets on nodes for which an expression has a series. */
export const datasetsOn = (nodes: string) => `sedna_dataset_info and on (${NODE}) (${nodes})`;

const jobsWithWorkersOnUnstableNodes = () => `group by (${JOB}) (
  (sedna:worker_pod_info unless on (${POD}) ${podsIn('Succeeded|Failed')})
  and on (${NODE}) (${unstableNodes()})
)`;

/**
 * Leaves out jobs that depend on a node that is, or just was, offline, and all jobs of a cluster without leases.
 * @param by whether the nodes of the workers alone count, or that of the dataset too
 */
export const excludeUnstableNodes = (expression: string, by: 'any-node' | 'worker-nodes' = 'any-node') =>
  `(${expression})
and on (cluster) ${LEASES_KNOWN}
unless on (${JOB})
${jobsWithWorkersOnUnstableNodes()}` +
  (by === 'any-node' ? `\nunless on (${JOB})\n${jobsOfDatasets(datasetsOn(unstableNodes()))}` : '');

/** Leaves out jobs for which one of other expressions, which explain the same better, has a series. */
export const unlessExplainedBy = (expression: string, ...better: string[]) =>
  better.reduce((all, each) => `${all}\nunless on (${JOB}) (\n${each}\n)`, `(${expression})`);
