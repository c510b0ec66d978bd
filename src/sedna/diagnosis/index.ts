export { diagnose, lackingFacts, RULES, type Diagnosis, type NotJudged } from './diagnose';
export { unusedTrainSamples, waitingChecklist, type Check, type CheckState, type UnusedSamples } from './checklist';
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
  type Untold,
} from './rule';
export { withHistory } from './history';
export { factsFromRows, logFactsOf, type FactRow, type LogRow } from './rows';
export { signPatterns, type SignId, type SignWriter } from './signs';
export { FACT_LABEL, growthTag, TAGS } from './tags';
export * from './thresholds';
