/** Alerts about how jobs go: failures, triggers, evaluations. */
import { FAILURE_LOOP, FAILURE_WINDOWS } from '../../src/sedna/diagnosis';
import { STAGED } from '../../src/sedna/diagnosis/podRules';
import { UNSTAGED } from '../../src/sedna/diagnosis/sharedRules';
import { TRIGGER_METRIC, TRIGGER_OPERATORS } from '../../src/sedna/diagnosis/trigger';
import { buildResourceTabPath } from '../../src/sedna/appPaths';
import { KINDS } from '../../src/sedna/kinds';
import { TRIGGERED_KINDS } from '../../src/sedna/catalog/resourceMetrics';
import { escapeRegex, quote } from '../../src/query/escape';
import { family } from '../prometheus/groups/jobs';
import type { Alert } from './alert';
import { BAD_FORMAT, disconnectedJobs, missingDatasets, unreadDatasets } from './datasets';
import { JOB, jobsAt, jobsAtFor, jobsOfDatasets, LIFELONG, yieldingTo } from './expressions';
import { EVALUATION_FALL, LESS_IS_BETTER, TRIGGER_WAIT } from './thresholds';

export const JOB_LINK = buildResourceTabPath('{kind}', '{namespace}', '{name}', 'diagnosis');
const METRICS_LINK = buildResourceTabPath('{kind}', '{namespace}', '{name}', 'metrics');
const LOGS_LINK = buildResourceTabPath('{kind}', '{namespace}', '{name}', 'logs');

const WITH_PHASE = KINDS.filter(({ phases }) => phases.includes('Failed')).map(({ kind }) => kind);

/**
 * How often a condition was written within a window (s); what was there before the first sample does not count. Of a
 * day one sample an hour is read: there may be thousands of jobs.
 */
const written = (matchers: string, seconds: number) => {
  const series = `sedna_job_condition_transitions_total{${matchers}}`;
  const range = seconds > FAILURE_WINDOWS[0] ? `${seconds}s:1h` : `${seconds}s`;
  return `sum by (${JOB}) (max by (${JOB}, stage, condition) (
    ${series} - min_over_time(${series}[${range}])
  ))`;
};
const failed = (window: number) => written('condition="Failed"', window);
const rounds = (window: number) => written('stage="Deploy", condition="Completed"', window);

const justCompleted = jobsAt(STAGED, ['Deploy'], ['Completed']);

/** Jobs of which a stage failed within a window in which no round was completed; value: failures. */
const failedOnly = FAILURE_WINDOWS.map(
  (window) => `(${failed(window)} > 0)\nunless on (${JOB}) (${rounds(window)} > 0)`
).join(`\nor on (${JOB})\n`);

/** Two failures or more in a window, and more than rounds completed. */
const often = FAILURE_WINDOWS.map(
  (window) => `(
  ${failed(window)} >= ${FAILURE_LOOP}
  unless on (${JOB}) (${failed(window)} <= on (${JOB}) ${rounds(window)})
)`
).join(`\nor on (${JOB})\n`);

/** The same, where the newest that is known of is a failure. */
const loops = `(
${often}
)
and on (${JOB}) (
${failedOnly}
)
unless on (${JOB}) ${justCompleted}`;

const waiting = (seconds: number) => jobsAtFor(TRIGGERED_KINDS, ['Train'], ['Waiting'], seconds);

/** Labels that say what the trigger asks for come along. */
const neverTriggered = `group by (${JOB}, operator, metric) (
  sedna_job_trigger_info{kind="LifelongLearningJob", operator!~${quote(`|${TRIGGER_OPERATORS.map(escapeRegex).join('|')}`)}}
  or
  sedna_job_trigger_info{kind="LifelongLearningJob", metric!~"|${TRIGGER_METRIC}"}
)
and on (${JOB}) ${jobsAt(LIFELONG, ['Train'], ['Waiting'])}`;

const unreadable = `label_replace(group by (${JOB}, dataset) (
  ${family(TRIGGERED_KINDS, 'info', ', dataset!=""')}
), "used", "$1", "dataset", "(.+)")
* on (cluster, namespace, used) group_left (format)
label_replace(group by (cluster, namespace, name, format) (${BAD_FORMAT}), "used", "$1", "name", "(.+)")
and on (${JOB}) ${jobsAt(TRIGGERED_KINDS, ['Train'], ['Waiting'])}`;

/** Share by which metrics fell, of those that are better when they are higher. */
const fell = `(
  1 - max by (${JOB}, metric) (sedna_job_eval_metric{metric!~"${LESS_IS_BETTER}"})
  / (sedna:job_eval_metric:previous > 0)
) > ${EVALUATION_FALL}`;

export const JOB_ALERTS: readonly Alert[] = [
  {
    name: 'SednaJobFailed',
    rule: 'condition-failed',
    severity: 'critical',
    for: '1m',
    expr: `group by (${JOB}) (${family(UNSTAGED, 'condition', ', condition="Failed"')} == 1
  or ${family(WITH_PHASE, 'phase', ', phase="Failed"')} == 1)`,
    summary: '{kind} {namespace}/{name} has failed.',
    description: 'Its status says so, and nothing goes on by itself. The reason stands in the logs of its workers.',
    link: JOB_LINK,
    needs: ['kube-state-metrics'],
  },
  {
    name: 'SednaStageFailed',
    rule: 'stage-failed',
    severity: 'warning',
    for: '1m',
    expr: yieldingTo(failedOnly, justCompleted, often),
    summary: 'A stage of {kind} {namespace}/{name} has failed, and no round has been completed since.',
    description: 'Sedna goes back to Train/Waiting and starts a new round with the next trigger; it keeps no reason.',
    link: JOB_LINK,
    needs: ['kube-state-metrics', 'exporter'],
  },
  {
    name: 'SednaJobFailingLoop',
    rule: 'failing-loop',
    severity: 'critical',
    for: '1m',
    expr: loops,
    summary:
      '{kind} {namespace}/{name} fails again and again: {value:count} times of late, more often than it got through.',
    description: 'Sedna starts a failed round again without a pause and without end.',
    link: JOB_LINK,
    needs: ['kube-state-metrics', 'exporter'],
  },
  {
    name: 'SednaTriggerNotMet',
    severity: 'info',
    for: '10m',
    expr: yieldingTo(
      waiting(TRIGGER_WAIT),
      neverTriggered,
      missingDatasets,
      unreadable,
      jobsOfDatasets(unreadDatasets),
      disconnectedJobs
    ),
    summary: '{kind} {namespace}/{name} has waited for its trigger for {value:duration}.',
    description: 'Training starts when there are enough unused samples within the time window of the trigger.',
    link: JOB_LINK,
    needs: ['kube-state-metrics'],
  },
  {
    name: 'SednaTriggerNever',
    rule: 'trigger-never',
    severity: 'critical',
    for: '5m',
    expr: neverTriggered,
    summary:
      'The trigger of {kind} {namespace}/{name} can never fire: operator "{operator}", metric "{metric}" are not both known to Sedna.',
    description:
      'The local controller takes an operator or a metric that it does not know for a trigger that is not met.',
    link: JOB_LINK,
    needs: ['kube-state-metrics', 'exporter'],
  },
  {
    name: 'SednaDatasetMissing',
    rule: 'dataset-missing',
    severity: 'critical',
    for: '5m',
    expr: missingDatasets,
    summary: '{kind} {namespace}/{name} waits for dataset {dataset}, which does not exist in its namespace.',
    description:
      'Without it the global manager hands the job to no local controller: it logs an error, and nothing goes on.',
    link: JOB_LINK,
    needs: ['kube-state-metrics'],
  },
  {
    name: 'SednaDatasetFormat',
    rule: 'dataset-format',
    severity: 'critical',
    for: '5m',
    expr: `group by (${JOB}, dataset, format) (${unreadable})`,
    summary: '{kind} {namespace}/{name} waits for dataset {dataset}, whose format "{format}" Sedna cannot read.',
    description: 'The local controller reads csv and txt alone and tries without end.',
    link: JOB_LINK,
    needs: ['kube-state-metrics'],
  },
  {
    name: 'SednaEvaluationFell',
    severity: 'warning',
    for: '1m',
    expr: fell,
    summary:
      'The newest evaluation of {kind} {namespace}/{name} is worse than the one before: {metric} fell by {value:percent}.',
    description: 'The model is deployed all the same unless its tasks were dropped.',
    link: METRICS_LINK,
    needs: ['kube-state-metrics', 'exporter'],
  },
  {
    name: 'SednaTasksDropped',
    severity: 'warning',
    for: '5m',
    expr: `count by (${JOB}) (sedna:task_deployable == 0)`,
    summary: 'The newest evaluation of {kind} {namespace}/{name} dropped tasks: {value:count}.',
    description: 'The edge goes without the models of dropped tasks. The default rule of Sedna drops good tasks.',
    link: LOGS_LINK,
    needs: ['kube-state-metrics', 'logs'],
  },
];
