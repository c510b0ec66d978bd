export { diagnose, getMissingFacts, RULES, type Diagnosis, type SkippedRule } from './diagnose';
export {
  getUnusedTrainSamples,
  getTrainingChecklist,
  type Check,
  type CheckState,
  type UnusedSamples,
} from './trainingChecklist';
export {
  FACT_NAMES,
  type ConditionFact,
  type DatasetFact,
  type FactName,
  type Facts,
  type FailureFact,
  type LogFact,
  type NodeFact,
  type TriggerFact,
  type WorkerFact,
} from './facts';
export {
  RULE_IDS,
  type Evidence,
  type EvidenceKey,
  type Finding,
  type Rule,
  type RuleId,
  type Severity,
  type InconclusiveReason,
} from './rule';
export { mergeConditionHistory } from './history';
export { toFacts, toLogFacts, type FactRow, type LogRow } from './factsFromRows';
export { getSignaturePatterns, type LogSignatureId, type LogSignatureSource } from '../logs/signatures';
export { FACT_LABEL, getIncreaseTag, FACT_SERIES } from './factSeries';
export * from './thresholds';
