import { CUSTOM_METRIC_PREFIX } from '../../../src/sedna/catalog';
import { JOB, ofKind, POD, rule, withLabel, type RuleGroup } from './promql';

/** States of inference, and the numbers of the proposal that tell of them. */
const STATES = [
  ['done', 'InferenceDoneNumber'],
  ['ready', 'InferenceReadyNumber'],
  ['error', 'InferenceErrorNumber'],
] as const;

/** Copies the state out of the metric's name, which has no prefix where the exporter keeps the names of Sedna's own. */
const withState = (expression: string) =>
  STATES.reduce(
    (inner, [state, name]) =>
      `label_replace(\n${inner},\n"state", "${state}", "__name__", "(?:${CUSTOM_METRIC_PREFIX})?${name}"\n)`,
    expression
  );

/** Whole names: these are looked up, a pattern would be searched for. */
const NAMES = STATES.flatMap(([, name]) => [`${CUSTOM_METRIC_PREFIX}${name}`, name]);
const recorded = `{__name__=~"${NAMES.join('|')}", task=~"known|unknown|any|"}`;

/** A number that is not told apart by task is about any. */
const ofAnyTask = (expression: string) => `label_replace(${expression}, "task", "any", "task", "")`;

/**
 * What jobs record of themselves. A row names its job by `namespace` and `name` (or `job`), and by `kind` where it is
 * no lifelong learning job. Where one exporter is scraped twice, or under both names, it counts once.
 * Whoever else has metrics of these names does not name a job of Sedna.
 */
const fromCustom = `(
  sum by (${JOB}, state, task) (
    max without (instance, job, names, pod) (
      label_replace(
        label_join(
          ${ofAnyTask(ofKind(withState(recorded)))},
          "names", ";", "name", "job"
        ),
        "name", "$1", "names", ";?([^;]+).*"
      )
    )
  )
  and on (${JOB}) sedna:job_info
)`;

/**
 * Pods that are gone count too: each deployment replaces the pod that infers. What was done in this hour may have begun
 * before it, so that less than nothing would be ready.
 */
const fromLogs = `clamp_min(sum by (${JOB}, state, task) (
  max by (${POD}, state, task) (
    sum_over_time(sedna_log_inference_samples_per_minute[1h])
  )
  * on (${POD}) group_left (kind, name)
  group by (${POD}, kind, name) (sedna:worker_pod_start_timestamp_seconds)
), 0)`;

/** All of a job's numbers come from one source: what they are divided by must be of the same kind. */
const samples = `
${withLabel(fromCustom, 'origin', 'custom')}
or
${withLabel(`(${fromLogs}\nunless on (${JOB}) ${fromCustom})`, 'origin', 'log')}`;

/** Logs tell only what happened, so there no "done" is a zero; where a job counts by itself, it is not known. */
const rate = `
100
* (
  sum by (${JOB}) (sedna:inference_samples{state="done"})
  or on (${JOB})
  0 * sum by (${JOB}) (sedna:inference_samples{origin="log"})
)
/ on (${JOB})
(sum by (${JOB}) (sedna:inference_samples) > 0)`;

/** Table 6 of the proposal. */
export const INFERENCE: RuleGroup = {
  name: 'sedna-inference',
  rules: [rule('sedna:inference_samples', samples), rule('sedna:inference_rate:percent', rate)],
};
