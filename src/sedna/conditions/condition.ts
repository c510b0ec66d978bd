import type { Stage, StageCondition } from '../kinds';
import type { ConditionData } from './conditionData';

/** An entry of `status.conditions` of a job with stages. */
export interface Condition {
  /** Index in the history; in one from samples, the index of the transition. */
  index: number;
  stage: Stage;
  /** One of {@link StageCondition}, or a type of another version of Sedna. */
  type: StageCondition | string;
  /** Unix time in seconds; absent if the object has no valid one. */
  time?: number;
  message?: string;
  reason?: string;
  data: ConditionData;
  /** Whether the object has it no more, because the global manager wrote its status from an older copy. */
  isLost?: boolean;
}
