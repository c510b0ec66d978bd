/** The one judgement of an object: what it is, since when, and what that is based on. */
import type { KindName } from '../kinds';
import type { ObjectRef } from '../objectRef';
import { LIFELONG, STAGED } from './detection/kinds';
import { findWorkerProblem, getWorkerTypes, isFailedStatus, SERVICES } from './detection/status';
import { isEnough } from './detection/trigger';
import { hasEnded, isPending } from './detection/workers';
import { findDecidingFinding } from './decidingFinding';
import { diagnose, getMissingFacts, type Diagnosis } from './diagnose';
import type { FactName, Facts } from './facts';
import { getStateStart, hasCondition, type Finding, type Values } from './rule';
import { RULES } from './rules';
import type { RuleId } from './rules/ids';
import { getUnusedTrainSamples } from './trainingChecklist';

/** In order of precedence; `unknown` only where no fact decides. */
export const VERDICTS = ['failed', 'stuck', 'waiting', 'working', 'healthy', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One sentence: that of a finding, or one of these. */
export type SummaryId =
  | RuleId
  /** Waits for samples: `unused` of `threshold`, compared by `operator`. */
  | 'waiting-for-samples'
  | 'waiting-for-trigger'
  | 'waiting'
  | 'working'
  | 'healthy'
  | 'not-found'
  | 'no-condition';

export interface Progress {
  value: number;
  of: number;
  unit: 'samples';
}

/** Where a missing fact would come from. */
export type FactSource = 'kube-state-metrics' | 'exporter' | 'recording-rules' | 'logs';

export interface Judgement {
  object: ObjectRef;
  /** Unix time in seconds. */
  at: number;
  verdict: Verdict;
  /** Unix time in seconds; absent where it is unknown. */
  since?: number;
  summary: { id: SummaryId; params: Values };
  /** Worst first. */
  findings: readonly Finding[];
  progress?: Progress;
  /** `partial`: something that a rule looks at is missing. */
  basis: 'observed' | 'partial';
  missing: ReadonlyArray<{ fact: FactName; reason: FactSource }>;
}

const SOURCES: Readonly<Record<FactName, FactSource>> = {
  condition: 'kube-state-metrics',
  'condition-time': 'kube-state-metrics',
  'completed-data': 'exporter',
  failures: 'exporter',
  workers: 'kube-state-metrics',
  'status-counts': 'kube-state-metrics',
  nodes: 'kube-state-metrics',
  'controller-node': 'kube-state-metrics',
  'local-controller': 'recording-rules',
  'dataset-exists': 'kube-state-metrics',
  'dataset-read': 'recording-rules',
  'dataset-format': 'kube-state-metrics',
  trigger: 'exporter',
  'deploy-status': 'recording-rules',
  'knowledge-base': 'exporter',
  'all-parts': 'kube-state-metrics',
  freshness: 'exporter',
  'recorded-findings': 'recording-rules',
  logs: 'logs',
};

const WAITING_TYPES = ['Waiting', 'Pending'];
/** What an object without stages stays in while nothing is wrong. */
const HEALTHY_TYPES = ['Running', 'Complete', 'Completed', 'Succeeded'];

const isWaiting = (facts: Facts): boolean =>
  WAITING_TYPES.includes(facts.condition?.type ?? '') &&
  // A lifelong learning job passes through these within seconds.
  !(LIFELONG.includes(facts.object.kind) && hasCondition('Eval/Waiting', 'Deploy/Waiting')(facts));

const WITHOUT_CONDITIONS: readonly KindName[] = ['Dataset', 'Model'];

/** The verdict by the workers, where the status is Failed and no finding confirms it, or not yet. */
/** Whether a worker that the object needs is not among those that are known. */
const isAnyUnseen = ({ object: { kind }, workers = [] }: Facts): boolean =>
  SERVICES.includes(kind)
    ? getWorkerTypes(kind).some((type) => !workers.some((worker) => worker.type === type))
    : workers.length === 0;

function getWorkerVerdict(facts: Facts): Exclude<Verdict, 'failed' | 'stuck'> {
  const { object, workers } = facts;
  if (workers === undefined) {
    return 'unknown';
  }
  const problem = findWorkerProblem(facts);
  if (facts.isIncomplete && !problem && isAnyUnseen(facts)) {
    return 'unknown';
  }
  const isAtWork = problem === undefined && !workers.some(isPending);
  return isAtWork && (SERVICES.includes(object.kind) || workers.every(hasEnded)) ? 'healthy' : 'working';
}

/** Whether the status is Failed for good, so that the workers tell more. */
const isOverruled = (facts: Facts): boolean => !STAGED.includes(facts.object.kind) && isFailedStatus(facts);

/** The verdict that no finding decides, by the newest condition. */
function getConditionVerdict(facts: Facts): Exclude<Verdict, 'failed' | 'stuck'> {
  const { condition, exists, object, workers = [] } = facts;
  if (exists === false) {
    return 'unknown';
  }
  if (!condition) {
    return exists && WITHOUT_CONDITIONS.includes(object.kind)
      ? 'healthy'
      : workers.some((worker) => !hasEnded(worker))
        ? 'working'
        : 'unknown';
  }
  if (isWaiting(facts)) {
    return 'waiting';
  }
  if (isOverruled(facts)) {
    return getWorkerVerdict(facts);
  }
  return !STAGED.includes(object.kind) && HEALTHY_TYPES.includes(condition.type) ? 'healthy' : 'working';
}

/** Unused samples against the threshold of the trigger, while the job waits for them. */
function getProgress(facts: Facts): Progress | undefined {
  const { trigger, logs, object } = facts;
  if (!hasCondition('Train/Waiting')(facts) || trigger?.threshold === undefined || !logs) {
    return undefined;
  }
  const { samples, isLowerBound } = getUnusedTrainSamples(object, logs);
  return isLowerBound ? undefined : { value: samples, of: trigger.threshold, unit: 'samples' };
}

/** Whether the samples are enough, so that the job waits for its time window or the next look of the local controller. */
const isWaitingForWindow = ({ trigger = {} }: Facts, { value, of }: Progress): boolean =>
  trigger.windowStart !== undefined && isEnough(value, trigger.operator ?? '', of) === true;

function getSummary(verdict: Verdict, facts: Facts, progress: Progress | undefined): Judgement['summary'] {
  const { stage = '', type = '' } = facts.condition ?? {};
  // A failure that the workers don't confirm is no summary.
  const condition = isOverruled(facts) ? '' : type;
  const params = { stage, condition };
  switch (verdict) {
    case 'waiting':
      return progress && !isWaitingForWindow(facts, progress)
        ? {
            id: 'waiting-for-samples',
            params: { unused: progress.value, threshold: progress.of, operator: facts.trigger?.operator ?? '' },
          }
        : { id: hasCondition('Train/Waiting')(facts) ? 'waiting-for-trigger' : 'waiting', params };
    case 'working':
    case 'healthy':
      return { id: verdict, params };
    default:
      return { id: facts.exists === false ? 'not-found' : 'no-condition', params: {} };
  }
}

/**
 * Judges an object by its facts. Pure: the diagnosis of a page, a command, and a report agree for the same facts.
 * @param at Unix time in seconds at which the facts were gathered
 */
export function judge(facts: Facts, at: number, diagnosis: Diagnosis = diagnose(facts, at)): Judgement {
  const deciding = facts.exists === false ? undefined : findDecidingFinding(diagnosis, RULES, facts, at);
  const progress = getProgress(facts);
  const shared = {
    object: facts.object,
    at,
    findings: diagnosis.findings,
    ...(progress && { progress }),
    basis: diagnosis.skippedRules.length > 0 ? ('partial' as const) : ('observed' as const),
    missing: getMissingFacts(diagnosis).map((fact) => ({ fact, reason: SOURCES[fact] })),
  };
  if (deciding) {
    const [verdict, { rule, since, params }] = deciding;
    return { ...shared, verdict, since, summary: { id: rule, params } };
  }
  const verdict = getConditionVerdict(facts);
  // When the workers began to disprove the status is not known.
  const since = isOverruled(facts) ? undefined : getStateStart(facts);
  return { ...shared, verdict, since, summary: getSummary(verdict, facts, progress) };
}
