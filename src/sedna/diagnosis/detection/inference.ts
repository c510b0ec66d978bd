/** PromQL for inference workers. */
import { JOB, POD } from '../promql/labels';

/** Worker types that run inference, a pattern. */
export const INFERRING = 'inference|edge|cloud';

/** Highest value of an expression over the inference pods of each job or service. */
export const maxByInferenceJob = (expression: string) => `max by (${JOB}) (
  (${expression})
  * on (${POD}) group_left (kind, name)
  group by (${POD}, kind, name) (sedna:worker_pod_start_timestamp_seconds{worker_type=~"${INFERRING}"})
)`;
