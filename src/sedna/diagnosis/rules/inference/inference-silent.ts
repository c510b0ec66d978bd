import { WITH_WORKERS } from '../../detection/kinds';
import { INFERRING, maxByInferenceJob } from '../../detection/inference';
import { JOB, NODE, POD } from '../../promql/labels';
import { LEASES_KNOWN, unstableNodes } from '../../promql/nodes';
import { podsIn } from '../../promql/pods';
import type { Rule } from '../../rule';
import type { PromqlCondition, RuleAlert, RuleScenarios } from '../../ruleFile';

/** An inference worker that logged regularly has stopped to log, although its pod runs. */
export const rule: Rule = {
  id: 'inference-silent',
  alert: 'SednaInferenceSilent',
  severity: 'warning',
  kinds: WITH_WORKERS,
  requires: ['recorded-findings'],
  holdFor: 300,
  text: {
    name: 'Silent inference',
    cases: {
      default: {
        title: 'Inference has logged nothing for 30 minutes',
        cause: 'It logged regularly in the two hours before. The worker hangs, or gets no more samples.',
        advice: 'Check the log of the inference worker and its source of samples',
      },
    },
  },
};

export const scenarios: RuleScenarios = { shows: ['inference-silent'], nearMisses: ['well'] };

/** A worker that logged in this share of the steps of the window, and in none of those since. */
const SILENT_AFTER_SECONDS = 1800;
const WINDOW_SECONDS = 7200;
const REGULAR_SHARE = 0.75;
const STEP_SECONDS = 300;

/** Steps in which an inference pod of a job had just logged; deployments replace pods. */
const countLoggingSteps = (window: number, offset = '') =>
  `count_over_time(${maxByInferenceJob('sedna_log_last_line_timestamp_seconds')}[${window}s:${STEP_SECONDS}s]${offset})`;

/** Jobs with a running inference pod on an online node. */
const runningInference = () => `group by (${JOB}) (
  sedna:worker_pod_info{worker_type=~"${INFERRING}"}
  and on (${POD}) ${podsIn('Running')}
  unless on (${NODE}) (${unstableNodes(SILENT_AFTER_SECONDS)})
)`;

export const promql = (): PromqlCondition => ({
  labels: ['namespace', 'kind', 'name'],
  // Lines of any pod show that the collection of logs works.
  expr: `(
  ${countLoggingSteps(WINDOW_SECONDS, ` offset ${SILENT_AFTER_SECONDS}s`)}
  > ${(REGULAR_SHARE * WINDOW_SECONDS) / STEP_SECONDS}
)
unless on (${JOB}) ${countLoggingSteps(SILENT_AFTER_SECONDS)}
and on (${JOB}) ${runningInference()}
and on (cluster) ${LEASES_KNOWN}
and on (cluster) group by (cluster) (sedna_log_last_line_timestamp_seconds)`,
});

export const alert: RuleAlert = {
  group: 'inference',
  summary: 'Inference of {kind} {namespace}/{name} has logged nothing for 30 minutes, although its pod is running.',
  description: 'It logged regularly in the two hours before. It hangs, or gets no more samples.',
  link: { tab: 'logs' },
  requires: ['kube-state-metrics', 'logs'],
};

export const runbook = `## Meaning

The inference pod of a job runs, but hasn't logged a line for 30 minutes. In the 2 hours before, it logged almost all the
time: in more than 75% of the checks, which are 5 minutes apart.

The alert fires after another 5 minutes. It doesn't fire if the node was offline, if no logs of any worker arrive, or for
workers that always log rarely.

## Impact

Inference may hang, or get no more samples. The pod stays Running, and the job stays healthy for Sedna.

## Diagnosis

1. Open the job, then the **Logs** tab. Read the last lines before the silence. Or search for them:

   \`\`\`logql
   {namespace="<namespace>", pod=~"<job>-inference-.+"}
   \`\`\`

   The newest line shows when the silence began. For a JointInferenceService, use \`pod=~"<name>-deployment-.+"\`.

2. Check the pod, its node, and its restarts:

   \`\`\`sh
   kubectl -n <namespace> get pods -l lifelonglearningjob.sedna.io/name=<job> -o wide
   \`\`\`

   Expected output is a pod \`<job>-inference-<suffix>\` with \`Running\` and 0 restarts. More than one is normal: an old
   inference pod may remain after a deployment. For another kind, replace \`lifelonglearningjob\` by that kind.

Sedna doesn't record the rate or latency of inference, so the cause may be visible only in the log of the worker.

## Mitigation

1. Check that the data source of the worker, such as a camera, folder, or stream, still delivers.
2. If the pod hangs, delete it. In lifelong and incremental learning, no inference runs until the next deployment of the job
   creates a new pod:

   \`\`\`sh
   kubectl -n <namespace> delete pod <pod>
   \`\`\`

3. If such pauses are normal for this job, silence the alert for it.
`;
