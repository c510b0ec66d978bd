export {
  parseConditionData,
  parseRecordedRound,
  type ConditionData,
  type ConditionInput,
  type ConditionModel,
  type ConditionOutput,
  type MetricValue,
} from './conditionData';
export {
  isStage,
  toExactHistory,
  toHistoryFromObject,
  toHistoryFromSamples,
  type ConditionSample,
  type ConditionHistory,
} from './conditionHistory';
export type { Condition } from './condition';
export { findStateStart, isSameState } from './stateStart';
export type { Round, RoundMetric, StageOutcome, StageRun } from './rounds';
export { compareRounds, type RoundChange } from './compareRounds';
