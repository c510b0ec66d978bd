/** What a rule is, and what it finds. */
import type { KindName } from '../kinds';
import type { Facts, FactName, LogFact } from './facts';
import type { LogSignatureId, SignatureMatches } from '../logs/signatures';

export const RULE_IDS = [
  'node-offline',
  'data-stale',
  'knowledge-base-unreachable',
  'dataset-missing',
  'dataset-unread',
  'dataset-unreadable',
  'dataset-format',
  'trigger-never',
  'local-controller-disconnected',
  'pod-refused',
  'pod-pending',
  'crash-loop',
  'pod-gone',
  'global-manager-unresponsive',
  'report-lost',
  'older-model-used',
  'failing-loop',
  'stage-failed',
  'model-not-copied',
  'index-not-updated',
  'no-progress',
  'condition-failed',
  'workers-failed',
] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** `error`: nothing goes on by itself. `warning`: it may, or what is seen may be old. */
export type Severity = 'error' | 'warning';

/** What a query shows of the evidence; `src/query` has the query for each. */
export type EvidenceKey =
  | 'condition'
  | 'completed-without-data'
  | 'failures'
  | 'worker-phase'
  | 'worker-ended'
  | 'worker-waiting'
  | 'worker-pending'
  | 'worker-restarts'
  | 'node-lease'
  | 'local-controller'
  | 'dataset-read'
  | 'dataset'
  | 'trigger'
  | 'deploy-status'
  | 'global-manager'
  | 'knowledge-base'
  | 'freshness'
  | 'status-counts'
  | 'lines';

export type Values = Readonly<Record<string, string | number | boolean>>;

export interface Evidence {
  query: EvidenceKey;
  /** The numbers and texts that the rule went by; seconds where the name ends so. */
  values: Values;
  /** Newest last; at most {@link EVIDENCE_LINES}. */
  lines?: readonly LogFact[];
  /** Signs that the lines are of; with `lines` only. */
  signs?: readonly LogSignatureId[];
}

/** Lines that evidence holds: enough to see a pattern. */
export const EVIDENCE_LINES = 5;

export interface Finding {
  rule: RuleId;
  severity: Severity;
  /** Since when, Unix time in seconds, where that is known. */
  since?: number;
  /** What its text names: pod, node, reason and so on. */
  about: Values;
  evidence: readonly Evidence[];
}

/** What a rule finds; it has the severity of the rule unless it says another. */
export type RuleResult = Omit<Finding, 'rule' | 'severity'> & { severity?: Severity };

export interface RuleContext {
  facts: Facts;
  /** Unix time in seconds. */
  now: number;
  signs: SignatureMatches;
}

/** What the lines of a time range may leave open, though they were looked at. */
export type InconclusiveReason = 'evaluation' | 'connection';

export interface Rule {
  id: RuleId;
  /** Unless a finding has one of its own. */
  severity: Severity;
  kinds: readonly KindName[];
  /** Without all of these it does not judge. */
  requires: readonly FactName[];
  /** It needs one of these, too. */
  requiresAny?: readonly FactName[];
  /**
   * It goes by what nodes report, which is old while one of them is away and for a while after: by what any node of the
   * object does, or only by what those of its workers do.
   */
  requiresOnlineNodes?: 'any-node' | 'worker-nodes';
  /** Rules that explain the same better: when one of them found something, this one says nothing. */
  suppressedBy?: readonly RuleId[];
  /** Whether the object is in a state that the rule is about; where it is not there is nothing to judge. */
  applies?: (facts: Facts) => boolean;
  /** What no line tells, and nothing else does, so that it cannot judge. */
  getInconclusiveReason?: (context: RuleContext) => InconclusiveReason | undefined;
  detect: (context: RuleContext) => RuleResult | undefined;
}

/** Evidence of the newest lines of some signs; none where there are no such lines. */
export function toLineEvidence(signs: SignatureMatches, ...ids: LogSignatureId[]): Evidence[] {
  const lines = signs.all(...ids).map(({ line }) => line);
  return lines.length === 0
    ? []
    : [{ query: 'lines', values: { count: lines.length }, lines: lines.slice(-EVIDENCE_LINES), signs: ids }];
}

/** Seconds since the newest condition; 0 where its time is not known, so that nothing is too old by it. */
export const getConditionAge = ({ facts, now }: RuleContext): number =>
  facts.condition?.since === undefined ? 0 : now - facts.condition.since;

/** Evidence of the newest condition and its age. */
export const toConditionEvidence = (context: RuleContext): Evidence => ({
  query: 'condition',
  values: {
    stage: context.facts.condition?.stage ?? '',
    condition: context.facts.condition?.type ?? '',
    ageSeconds: getConditionAge(context),
  },
});

/** Tells whether the newest condition is one of `Stage/Type`; `*` is any stage. */
export const hasCondition =
  (...states: string[]) =>
  ({ condition }: Facts): boolean =>
    condition !== undefined &&
    (states.includes(`${condition.stage}/${condition.type}`) || states.includes(`*/${condition.type}`));
