export {
  parseConditionData,
  recordedRound,
  type ConditionData,
  type ConditionInput,
  type ConditionModel,
  type ConditionOutput,
  type MetricValue,
} from './data';
export { historyOfObject, historyOfSamples, type Condition, type ConditionSample, type History } from './history';
export type { Round, StageOutcome, StageRun } from './rounds';
export { compareRounds, type Change } from './compare';
