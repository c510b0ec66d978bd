/** Alerts about jobs that hang, one for each way that metrics can tell. */
import {
  LC_RETRY_TIMEOUT_SECONDS,
  NO_PROGRESS_AFTER_SECONDS,
  POD_GONE_AFTER_SECONDS,
  REPORT_LOST_AFTER_SECONDS,
  RESTART_LOOP,
  RESTART_WINDOW_SECONDS,
  GM_RESYNC_TIMEOUT_SECONDS,
} from '../../src/sedna/diagnosis';
import { CLOCK_DRIFT_SECONDS } from '../../src/sedna/diagnosis/thresholds';
import { STAGED } from '../../src/sedna/diagnosis/podRules';
import { buildResourceTabPath } from '../../src/sedna/appPaths';
import type { Alert } from './alert';
import { disconnectedJobs, missingDatasets } from './datasets';
import { changed, ENDED, JOB, jobsAtFor, LIFELONG, POD, podsIn, steady, yieldingTo } from './expressions';
import { JOB_LINK } from './jobs';
import { SLOW_FACTOR, SLOW_WINDOW } from './thresholds';

const WORKERS_LINK = buildResourceTabPath('{kind}', '{namespace}', '{name}', 'workers');
const BACK_OFF = 'CrashLoopBackOff';

const WAITING = 'kube_pod(_init)?_container_status_waiting_reason';
const waitsFor = (matcher: string) => `max by (${POD}, reason) ({__name__=~"${WAITING}", ${matcher}} == 1)`;
const ofWorkers = (expression: string, labels: string) =>
  `max by (${JOB}, pod, node, ${labels}) (
  (${expression})
  * on (${POD}) group_left (kind, name, node)
  sedna:worker_pod_info
)`;
const withReason = (expression: string, reason: string) =>
  `label_replace(${expression}, "reason", "${reason}", "", "")`;

const pendingPods = ofWorkers(
  `${waitsFor(`reason!~"|ContainerCreating|PodInitializing|${BACK_OFF}"`)}
  or on (${POD}) (${waitsFor(`reason="${BACK_OFF}"`)} and on (${POD}) ${podsIn('Pending')})
  or on (${POD}) ${withReason(`max by (${POD}) (kube_pod_status_unschedulable == 1)`, 'Unschedulable')}
  or on (${POD}) ${withReason(
    `(max by (${POD}) (time() - kube_pod_created > bool ${NO_PROGRESS_AFTER_SECONDS}) == 1) and on (${POD}) ${podsIn('Pending')}`,
    'Pending'
  )}`,
  'reason'
);

const restarts = `max by (${POD}) (
    kube_pod_container_status_restarts_total - min_over_time(kube_pod_container_status_restarts_total[${RESTART_WINDOW_SECONDS}s])
  )`;
const crashingPods = `max by (${JOB}, pod, node) (
  (
    ${restarts} >= ${RESTART_LOOP} unless on (${POD}) ${ENDED}
    or on (${POD})
    (max by (${POD}) ({__name__=~"${WAITING}", reason="${BACK_OFF}"} == 1) unless on (${POD}) ${podsIn('Pending')})
  )
  * on (${POD}) group_left (kind, name, node)
  sedna:worker_pod_info
)`;

/** A pod whose type its name does not tell may be of the stage. */
const podsOf = (stage: string) => `sedna:worker_pod_info{worker_type=~"${stage.toLowerCase()}|"}`;
const stages = ['Train', 'Eval'] as const;

const gone = steady(
  stages
    .map(
      (stage) => `(
  ${jobsAtFor(STAGED, [stage], ['Running'], POD_GONE_AFTER_SECONDS)}
  unless on (${JOB}) ${podsOf(stage)}
)`
    )
    .join('\nor\n')
);

/** When the newest pod of a stage ended. */
const endOf = (stage: string) => `max by (${JOB}) (
    max by (${POD}) (kube_pod_completion_time)
    * on (${POD}) group_left (kind, name)
    group by (${POD}, kind, name) (${podsOf(stage)})
  )`;

/**
 * All pods of the stage have ended and the condition stays. Where their end is that of an earlier run, its own pod is
 * gone, and the global manager may need many tries to see it.
 */
const endUnseen = (stage: string) => `(
  ${jobsAtFor(STAGED, [stage], ['Starting', 'Running'], POD_GONE_AFTER_SECONDS)}
  and on (${JOB}) ${podsOf(stage)}
  unless on (${JOB}) (${podsOf(stage)} unless on (${POD}) ${ENDED})
  unless on (${JOB}) (${endOf(stage)} > time() - ${GM_RESYNC_TIMEOUT_SECONDS})
  unless on (${JOB}) (
    ${endOf(stage)} < on (${JOB}) (${changed()} - ${CLOCK_DRIFT_SECONDS})
    and on (${JOB}) (time() - ${changed()} <= ${NO_PROGRESS_AFTER_SECONDS})
  )
)`;
const endsUnseen = [
  `(${jobsAtFor(STAGED, [], ['Completed', 'Failed'], GM_RESYNC_TIMEOUT_SECONDS)})`,
  ...stages.map(endUnseen),
].join('\nor\n');

const withoutData = (stage: string) =>
  `max by (${JOB}, stage) (sedna_job_completed_without_data{kind="LifelongLearningJob", stage=~"${stage}"} == 1)`;

const reportLost = `${jobsAtFor(LIFELONG, ['Eval'], ['Waiting'], REPORT_LOST_AFTER_SECONDS)}
and on (${JOB}) ${withoutData('Train')}
unless on (${JOB}) sedna_job_model_info{role="trained"}`;

const notCopied = `${jobsAtFor(LIFELONG, ['Deploy'], ['Waiting'], LC_RETRY_TIMEOUT_SECONDS)}
and on (${JOB}) (sedna:job_deploy_status{status="NotOk"} == 1)`;

const hanging = `${jobsAtFor(STAGED, [], ['Ready', 'Starting'], NO_PROGRESS_AFTER_SECONDS)}
or
${jobsAtFor(LIFELONG, ['Eval', 'Deploy'], ['Waiting'], NO_PROGRESS_AFTER_SECONDS)}`;

/** How long the run in progress takes, and how long the longest of those took that have ended, looked at each hour. */
const inProgress = `max by (${JOB}, work, pod) (
  sedna:task_duration_seconds{work=~"train|eval"}
  and on (${POD}) sedna:task_info{status="active"}
)`;
const longest = `max by (${JOB}, work) (max_over_time(
    max by (${JOB}, work) (
      sedna:task_duration_seconds{work=~"train|eval"} unless on (${POD}) sedna:task_info{status="active"}
    )[${SLOW_WINDOW}:1h]
  ))`;
const slow = `(
  ${inProgress} > ${NO_PROGRESS_AFTER_SECONDS}
)
> on (${JOB}, work) group_left ()
(${SLOW_FACTOR} * ${longest})`;

export const STUCK_ALERTS: readonly Alert[] = [
  {
    name: 'SednaWorkerPending',
    rule: 'pod-pending',
    severity: 'critical',
    for: '5m',
    expr: steady(pendingPods, 'worker-nodes'),
    summary: 'Worker pod {pod} of {kind} {namespace}/{name} does not start: {reason}.',
    description:
      'The job stays in Starting until the pod runs. Usual causes are the image, the node and storage secrets.',
    link: JOB_LINK,
    needs: ['kube-state-metrics'],
  },
  {
    name: 'SednaWorkerCrashLoop',
    rule: 'crash-loop',
    severity: 'critical',
    for: '5m',
    expr: steady(crashingPods, 'worker-nodes'),
    summary: 'Worker pod {pod} of {kind} {namespace}/{name} crashes and is restarted again and again.',
    description: 'The job stays in Running, for the pod does not count as failed. Its log ends with the exception.',
    link: JOB_LINK,
    needs: ['kube-state-metrics'],
  },
  {
    name: 'SednaWorkerGone',
    rule: 'pod-gone',
    severity: 'critical',
    for: '2m',
    expr: gone,
    summary:
      '{kind} {namespace}/{name} has been in {stage}/Running for {value:duration}, but has no worker pod for it.',
    description: 'Somebody or something deleted the pod. The job waits for its end without end.',
    link: WORKERS_LINK,
    needs: ['kube-state-metrics'],
  },
  {
    name: 'SednaGlobalManagerUnresponsive',
    rule: 'global-manager-unresponsive',
    severity: 'critical',
    for: '2m',
    expr: steady(endsUnseen),
    summary:
      'The global manager does not take {kind} {namespace}/{name} further: {stage}/{condition} for {value:duration}.',
    description:
      'What the stage needed has happened, and the global manager should have seen it within a minute or two.',
    link: JOB_LINK,
    needs: ['kube-state-metrics'],
  },
  {
    name: 'SednaReportLost',
    rule: 'report-lost',
    severity: 'critical',
    for: '1m',
    expr: reportLost,
    summary:
      '{kind} {namespace}/{name} waits for a trained model of which no report came: {value:duration} in Eval/Waiting.',
    description: 'The worker ended well but could not reach its local controller, so nothing can be evaluated.',
    link: JOB_LINK,
    needs: ['kube-state-metrics', 'exporter'],
  },
  {
    name: 'SednaOlderModelUsed',
    rule: 'older-model-used',
    severity: 'warning',
    for: '5m',
    expr: yieldingTo(withoutData('Train|Eval'), reportLost),
    summary: '{kind} {namespace}/{name} goes on with an older model: the report of its last {stage} was lost.',
    description: 'The worker ended well but could not reach its local controller; the next round may mend it.',
    link: JOB_LINK,
    needs: ['kube-state-metrics', 'exporter'],
  },
  {
    name: 'SednaModelNotCopied',
    rule: 'model-not-copied',
    severity: 'critical',
    for: '1m',
    expr: notCopied,
    summary: 'The model of {kind} {namespace}/{name} cannot be copied for deployment, for {value:duration} now.',
    description:
      'The local controller logs an error at each try and reports nothing, so the job stays in Deploy/Waiting.',
    link: JOB_LINK,
    needs: ['kube-state-metrics', 'exporter', 'logs'],
  },
  {
    name: 'SednaJobNoProgress',
    rule: 'no-progress',
    severity: 'warning',
    for: '1m',
    // What may be old is left out once, for all of these.
    expr: steady(
      yieldingTo(
        hanging,
        missingDatasets,
        disconnectedJobs,
        pendingPods,
        crashingPods,
        endsUnseen,
        reportLost,
        notCopied
      )
    ),
    summary:
      '{kind} {namespace}/{name} has been in {stage}/{condition} for {value:duration}; it usually leaves it in a minute.',
    description: 'No metric tells why. In Ready the global manager may be refused the pod: its log has the error.',
    link: JOB_LINK,
    needs: ['kube-state-metrics'],
  },
];

/** Looks a week back, so it is asked less often. */
export const SLOW_ALERTS: readonly Alert[] = [
  {
    name: 'SednaStageSlow',
    severity: 'warning',
    for: '5m',
    expr: steady(yieldingTo(slow, crashingPods)),
    summary:
      'The {work} worker {pod} of {kind} {namespace}/{name} has run for {value:duration}, more than three times as long as any of late.',
    description: 'It may hang, or have far more samples than usual. Its log says how far it is.',
    link: WORKERS_LINK,
    needs: ['kube-state-metrics'],
  },
];
