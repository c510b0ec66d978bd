import { TRIGGERED_KINDS } from '../../../src/sedna/catalog/resourceMetrics';
import { family } from '../../../src/sedna/diagnosis/promql/jobs';
import { KINDS } from '../../../src/sedna/kinds';
import { JOB, LOG_VALUE_LOOKBACK, rule, withDefaultKind, withLabel, type RuleGroup } from './promql';

const jobKinds = KINDS.filter(({ component }) => component === 'job' || component === 'service').map(
  ({ kind }) => kind
);

const jobInfo = `group by (${JOB}) (${family(jobKinds, 'info')})`;

const loggedSamples = `
max by (${JOB}, stage) (
  ${withDefaultKind(`last_over_time(sedna_log_stage_samples[${LOG_VALUE_LOOKBACK}])`)}
)
and on (${JOB}) sedna:job_info`;

const trainingSplit = `max by (${JOB}) (${family(TRIGGERED_KINDS, 'train_probability')})`;

/** Samples of a job's dataset. For a moment after a job's dataset changes, two info series may exist; one is used. */
const datasetSamples = `max by (${JOB}) (
  topk by (${JOB}) (1, group by (${JOB}, dataset) (
    ${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
  ))
  * on (cluster, namespace, dataset) group_left ()
  max by (cluster, namespace, dataset) (
    label_replace(sedna_dataset_samples, "dataset", "$1", "name", "(.+)")
  )
)`;

const estimate = (stage: string, samples: string) =>
  withLabel(withLabel(`round(\n${samples}\n)`, 'stage', stage), 'origin', 'estimate');

const stageSamples = `
${withLabel(loggedSamples, 'origin', 'log')}
or on (${JOB}, stage)
${estimate('train', `${trainingSplit}\n* on (${JOB})\n${datasetSamples}`)}
or on (${JOB}, stage)
${estimate('eval', `(1 - ${trainingSplit})\n* on (${JOB})\n${datasetSamples}`)}`;

const deployErrors = (window: string) => `
    sum by (${JOB}) (
      ${withDefaultKind(`sum_over_time(sedna_log_deploy_errors_per_minute[${window}])`)}
    ) > 0`;

const waitingLongerThan = (seconds: number) =>
  `max by (${JOB}) (sedna_job_last_transition_timestamp_seconds) < time() - ${seconds}`;

/**
 * Jobs whose deployment fails: it is waiting, and errors have been logged since it started to. Errors are only known
 * per window, so there are two: a short one soon after the last transition, so that errors of the previous round don't
 * count.
 */
const failingDeployments = `(
  max by (${JOB}) (sedna_job_deploy_status{status="Waiting"}) == 1
  and on (${JOB}) (${deployErrors('3m')}
    and on (${JOB}) ${waitingLongerThan(180)}
    or on (${JOB})${deployErrors('10m')}
    and on (${JOB}) ${waitingLongerThan(600)}
  )
)`;

const reportedStatus = `max by (${JOB}, status) (sedna_job_deploy_status{status=~"Waiting|Ok"})`;

const deployStatus = `
${withLabel(failingDeployments, 'status', 'NotOk')}
or on (${JOB}, status)
${withLabel(`0 * max by (${JOB}) (sedna_job_deploy_status)`, 'status', 'NotOk')}
or on (${JOB}, status)
(${reportedStatus} unless on (${JOB}) ${failingDeployments})
or on (${JOB}, status)
0 * ${reportedStatus}`;

/**
 * Score before the newest evaluation. The rule reads its own result: a new evaluation is detected for two minutes, and
 * the value before it is that of two minutes ago.
 */
const previousEvaluation = `
(
  max by (${JOB}, metric) (sedna_job_eval_metric offset 2m)
  and on (${JOB})
  (
    max by (${JOB}) (sedna_job_condition_transitions_total{stage="Eval", condition="Completed"})
    > max by (${JOB}) (sedna_job_condition_transitions_total{stage="Eval", condition="Completed"} offset 2m)
  )
)
or on (${JOB}, metric)
max by (${JOB}, metric) (sedna:job_eval_metric:previous and on (${JOB}) sedna:job_info)`;

/** Metrics of jobs that combine several sources. */
export const JOBS: RuleGroup = {
  name: 'sedna-jobs',
  rules: [
    rule('sedna:job_info', jobInfo),
    rule('sedna:stage_samples', stageSamples),
    rule('sedna:job_deploy_status', deployStatus),
    rule('sedna:job_eval_metric:previous', previousEvaluation),
  ],
};
