import { TRIGGERED_KINDS } from '../../../src/sedna/catalog/resourceMetrics';
import { family } from '../../../src/sedna/diagnosis/promql/jobs';
import { KINDS } from '../../../src/sedna/kinds';
import { HELD, JOB, ofKind, rule, withLabel, type RuleGroup } from './promql';

const running = KINDS.map(({ kind }) => kind).filter((kind) => kind !== 'Dataset' && kind !== 'Model');

const jobInfo = `group by (${JOB}) (${family(running, 'info')})`;

const logged = `
max by (${JOB}, stage) (
  ${ofKind(`last_over_time(sedna_log_stage_samples[${HELD}])`)}
)
and on (${JOB}) sedna:job_info`;

const trainShare = `max by (${JOB}) (${family(TRIGGERED_KINDS, 'train_probability')})`;

/** Samples of a job's dataset. For a moment after a change of the dataset two may be named: one is taken. */
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
${withLabel(logged, 'origin', 'log')}
or on (${JOB}, stage)
${estimate('train', `${trainShare}\n* on (${JOB})\n${datasetSamples}`)}
or on (${JOB}, stage)
${estimate('eval', `(1 - ${trainShare})\n* on (${JOB})\n${datasetSamples}`)}`;

const deployErrors = (window: string) => `
    sum by (${JOB}) (
      ${ofKind(`sum_over_time(sedna_log_deploy_errors_per_minute[${window}])`)}
    ) > 0`;

const waitingFor = (seconds: number) =>
  `max by (${JOB}) (sedna_job_last_transition_timestamp_seconds) < time() - ${seconds}`;

/**
 * Jobs whose deployment goes wrong: it waits, and errors were logged since it does. The time of an error is only known
 * by the window it lies in, hence two: soon after the last transition a short one, so that errors of the round before
 * do not count.
 */
const failing = `(
  max by (${JOB}) (sedna_job_deploy_status{status="Waiting"}) == 1
  and on (${JOB}) (${deployErrors('3m')}
    and on (${JOB}) ${waitingFor(180)}
    or on (${JOB})${deployErrors('10m')}
    and on (${JOB}) ${waitingFor(600)}
  )
)`;

const told = `max by (${JOB}, status) (sedna_job_deploy_status{status=~"Waiting|Ok"})`;

const deployStatus = `
${withLabel(failing, 'status', 'NotOk')}
or on (${JOB}, status)
${withLabel(`0 * max by (${JOB}) (sedna_job_deploy_status)`, 'status', 'NotOk')}
or on (${JOB}, status)
(${told} unless on (${JOB}) ${failing})
or on (${JOB}, status)
0 * ${told}`;

/**
 * The value before the newest evaluation. It remembers itself: an evaluation is seen within two minutes, and what it
 * replaced is what was there before these.
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
(sedna:job_eval_metric:previous and on (${JOB}) sedna:job_info)`;

/** What tells about jobs from more than one source. */
export const JOBS: RuleGroup = {
  name: 'sedna-jobs',
  rules: [
    rule('sedna:job_info', jobInfo),
    rule('sedna:stage_samples', stageSamples),
    rule('sedna:job_deploy_status', deployStatus),
    rule('sedna:job_eval_metric:previous', previousEvaluation),
  ],
};
