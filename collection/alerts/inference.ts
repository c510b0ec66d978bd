/** Alerts about inference. */
import { buildResourceTabPath } from '../../src/sedna/appPaths';
import type { Alert } from './alert';
import { JOB, leasesKnown, NODE, POD, podsIn, unsteadyNodes } from './expressions';
import {
  INFERENCE_ERROR_MINUTES,
  INFERENCE_ERROR_SHARE,
  INFERENCE_ERROR_WINDOW,
  INFERENCE_REGULAR_SHARE,
  INFERENCE_REGULAR_WINDOW,
  INFERENCE_SILENT_AFTER,
} from './thresholds';

const LINK = buildResourceTabPath('{kind}', '{namespace}', '{name}', 'logs');

/** Worker types that infer. */
const INFERRING = 'inference|edge|cloud';

const jobsOf = (expression: string) => `max by (${JOB}) (
  (${expression})
  * on (${POD}) group_left (kind, name)
  group by (${POD}, kind, name) (sedna:worker_pod_start_timestamp_seconds{worker_type=~"${INFERRING}"})
)`;

const errors = `(
  sum by (${JOB}) (sedna:inference_samples{state="error"})
  / on (${JOB})
  (sum by (${JOB}) (sedna:inference_samples{state=~"done|error"}) > 0)
) > ${INFERENCE_ERROR_SHARE}
or on (${JOB})
${jobsOf(`count_over_time(sedna_log_error_lines_per_minute[${INFERENCE_ERROR_WINDOW}s]) >= ${INFERENCE_ERROR_MINUTES}`)}`;

const STEP = 300;

/** How often, of looks every five minutes, an inference pod of a job had just written; deployments replace pods. */
const looksWithLines = (window: number, offset = '') =>
  `count_over_time(${jobsOf('sedna_log_last_line_timestamp_seconds')}[${window}s:${STEP}s]${offset})`;

/** Jobs with an inference pod that runs, on a node that is there. */
const alive = `group by (${JOB}) (
  sedna:worker_pod_info{worker_type=~"${INFERRING}"}
  and on (${POD}) ${podsIn('Running')}
  unless on (${NODE}) (${unsteadyNodes(INFERENCE_SILENT_AFTER)})
)`;

/** That anything is heard of any pod says that it is not the collection of logs that is silent. */
const silent = `(
  ${looksWithLines(INFERENCE_REGULAR_WINDOW, ` offset ${INFERENCE_SILENT_AFTER}s`)}
  > ${(INFERENCE_REGULAR_SHARE * INFERENCE_REGULAR_WINDOW) / STEP}
)
unless on (${JOB}) ${looksWithLines(INFERENCE_SILENT_AFTER)}
and on (${JOB}) ${alive}
and on (cluster) ${leasesKnown}
and on (cluster) group by (cluster) (sedna_log_last_line_timestamp_seconds)`;

export const INFERENCE_ALERTS: readonly Alert[] = [
  {
    name: 'SednaInferenceErrors',
    severity: 'warning',
    for: '5m',
    expr: errors,
    summary: 'Inference of {kind} {namespace}/{name} goes wrong: its samples end in errors, or its worker logs errors.',
    description:
      'More than 5% of the samples ended in an error, or the inference worker logged errors in 10 of the last 30 minutes.',
    link: LINK,
    needs: ['kube-state-metrics', 'logs'],
  },
  {
    name: 'SednaInferenceSilent',
    severity: 'warning',
    for: '5m',
    expr: silent,
    summary:
      'Inference of {kind} {namespace}/{name} has fallen silent: its pod runs, but has logged nothing for 30 minutes.',
    description: 'For two hours before, it wrote lines all the time. It may hang, or get no more samples.',
    link: LINK,
    needs: ['kube-state-metrics', 'logs'],
  },
];
