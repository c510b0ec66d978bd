export { diagnose, getMissingFacts, type Diagnosis, type SkippedRule } from './diagnose';
export { judge, VERDICTS, type Judgement, type SummaryId, type Verdict } from './judge';
export { RULES } from './rules';
export { RULE_IDS, type RuleId } from './rules/ids';
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
  type Evidence,
  type EvidenceKey,
  type Finding,
  type Rule,
  type RuleSentence,
  type Severity,
  type InconclusiveReason,
} from './rule';
export { mergeConditionHistory, type HistoryStart } from './facts/mergeConditionHistory';
export { toFacts, toLogFacts, type FactRow, type LogRow } from './facts/factsFromRows';
export { getSignaturePatterns, type LogSignatureId, type LogSignatureSource } from '../logs/signatures';
export { FACT_LABEL, getIncreaseTag, FACT_SERIES } from './facts/factSeries';
export * from './thresholds';
