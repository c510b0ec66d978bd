import { CUSTOM_METRIC_PREFIX } from '../../../src/sedna/catalog';
import { JOB, withDefaultKind, POD, rule, withLabel, type RuleGroup } from './promql';

/** States of inference samples, and the metric of the proposal for each. */
const STATES = [
  ['done', 'InferenceDoneNumber'],
  ['ready', 'InferenceReadyNumber'],
  ['error', 'InferenceErrorNumber'],
] as const;

/** Copies the state from the metric name, which has no prefix if the exporter keeps upstream names. */
const withState = (expression: string) =>
  STATES.reduce(
    (inner, [state, name]) =>
      `label_replace(\n${inner},\n"state", "${state}", "__name__", "(?:${CUSTOM_METRIC_PREFIX})?${name}"\n)`,
    expression
  );

/** Full metric names in an alternation, which Prometheus looks up in its index instead of matching a pattern. */
const METRIC_NAMES = STATES.flatMap(([, name]) => [`${CUSTOM_METRIC_PREFIX}${name}`, name]);
const customSamples = `{__name__=~"${METRIC_NAMES.join('|')}", task=~"known|unknown|any|"}`;

/** Numbers without a task label count for any task. */
const withDefaultTask = (expression: string) => `label_replace(${expression}, "task", "any", "task", "")`;

/**
 * Samples recorded by jobs. A row identifies its job by `namespace` and `name` (or `job`), and by `kind` unless it is a
 * lifelong learning job. An exporter that is scraped twice, or under both namings, counts once. Metrics of the same
 * names from other sources don't match a Sedna job.
 */
const fromCustom = `(
  sum by (${JOB}, state, task) (
    max without (instance, job, names, pod) (
      label_replace(
        label_join(
          ${withDefaultTask(withDefaultKind(withState(customSamples)))},
          "names", ";", "name", "job"
        ),
        "name", "$1", "names", ";?([^;]+).*"
      )
    )
  )
  and on (${JOB}) sedna:job_info
)`;

/**
 * Samples from logs, including those of pods that a deployment has replaced. Samples finished in this hour may have
 * started earlier, so the number of waiting samples is clamped to 0.
 */
const fromLogs = `clamp_min(sum by (${JOB}, state, task) (
  max by (${POD}, state, task) (
    sum_over_time(sedna_log_inference_samples_per_minute[1h])
  )
  * on (${POD}) group_left (kind, name)
  group by (${POD}, kind, name) (sedna:worker_pod_start_timestamp_seconds)
), 0)`;

/** All samples of a job come from the same source, because the rate divides one by the other. */
const samples = `
${withLabel(fromCustom, 'origin', 'custom')}
or
${withLabel(`(${fromLogs}\nunless on (${JOB}) ${fromCustom})`, 'origin', 'log')}`;

/** Logs only record events, so a missing "done" means 0. With custom metrics, a missing "done" means unknown. */
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
