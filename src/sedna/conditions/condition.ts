import type { Stage, StageCondition } from '../kinds';
import type { ConditionData } from './data';

/** One entry of `status.conditions` of a staged job. */
export interface Condition {
  /** Place in the history, from 0; with samples, in the list of transitions. */
  index: number;
  stage: Stage;
  /** One of {@link StageCondition}, or what another version of Sedna may write. */
  type: StageCondition | string;
  /** Unix time in seconds; absent where the object tells none that can be read. */
  time?: number;
  message?: string;
  reason?: string;
  data: ConditionData;
}
