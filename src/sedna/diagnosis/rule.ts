/** What a rule of diagnosis is, and what it finds. rules/ has one file for each. */
import type { KindName } from '../kinds';
import type { LogSignatureId, SignatureMatch, SignatureMatches } from '../logs/signatures';
import type { FactName, Facts, LogFact } from './facts';
import type { RuleId } from './rules/ids';

/** `error`: the object does not continue by itself. `warning`: it may, or its data is outdated. `info`: good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** Names a query that shows the evidence; `src/query/evidence` builds each. */
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
  | 'recorded-finding'
  | 'lines';

export type Values = Readonly<Record<string, string | number | boolean>>;

export interface Evidence {
  query: EvidenceKey;
  /** The numbers and texts that the rule was decided by; seconds where the name ends in `Seconds`. */
  values: Values;
  /** Newest last; at most {@link MAX_EVIDENCE_LINES}. */
  lines?: readonly LogFact[];
  /** Signatures that the lines match; with `lines` only. */
  signatures?: readonly LogSignatureId[];
}

/** Enough lines to see a pattern. */
export const MAX_EVIDENCE_LINES = 5;

export interface Finding {
  rule: RuleId;
  severity: Severity;
  /** Unix time in seconds at which it began, where that is known. */
  since?: number;
  /** Parameters of its texts: pod, node, reason, and so on. */
  params: Values;
  evidence: readonly Evidence[];
}

/** What a rule finds; it has the severity of the rule unless it says another. */
export type RuleResult = Omit<Finding, 'rule' | 'severity'> & { severity?: Severity };

export interface RuleContext {
  facts: Facts;
  /** Unix time in seconds. */
  now: number;
  signatures: SignatureMatches;
}

/** What the log lines of a time range may leave open, although they were searched. */
export type InconclusiveReason = 'evaluation' | 'connection';

/** An i18next text with named parameters, such as `{{pod}}`. One with `{{count}}` has both plural forms. */
export type RuleSentence = string | { one: string; other: string };

export interface RuleCase {
  title: RuleSentence;
  cause: RuleSentence;
  advice: RuleSentence;
}

export interface RuleText {
  /** What the rule looks for, in two to five words. */
  name: string;
  /**
   * Cases beside `default` that apply to some parameters. A case replaces the fields that it has; a later one wins.
   */
  getCases?: (params: Values) => readonly string[];
  cases: { default: RuleCase } & Readonly<Record<string, Partial<RuleCase>>>;
}

export interface Rule {
  /** Frozen once it is released: links and recorded series contain it. */
  id: RuleId;
  /** Name of its alert; frozen too. */
  alert?: string;
  /** Applies unless a finding has one of its own. */
  severity: Severity;
  /** What an object with this finding is, once it has held for `holdFor`; undefined where it goes on regardless. */
  verdict?: 'failed' | 'stuck';
  /** Empty for a rule that is about no single object, such as the collection of metrics. */
  kinds: readonly KindName[];
  /** Facts without which it is skipped. */
  requires: readonly FactName[];
  /** It is also skipped where none of these is known. */
  requiresAny?: readonly FactName[];
  /**
   * What is not judged while a node is offline, and until reports newer than its return have arrived: the object, by any
   * node that it depends on, or only those of its workers that are on the node.
   */
  requiresOnlineNodes?: 'any-node' | 'worker-nodes';
  /** Rules that explain the same better: when one of them finds something, this finding is dropped. */
  suppressedBy?: readonly RuleId[];
  /** Whether the object is in a state that the rule is about; elsewhere the check passes. */
  applies?: (facts: Facts) => boolean;
  /** Why the log lines can't decide the rule; undefined where they can. */
  getInconclusiveReason?: (context: RuleContext) => InconclusiveReason | undefined;
  /**
   * Judges the facts at an instant, in time linear in their size. Without it the rule finds what Prometheus recorded
   * as `sedna:finding`.
   */
  detect?: (context: RuleContext) => RuleResult | undefined;
  /** Seconds for which it must hold before its alert fires and before it decides the verdict. */
  holdFor: number;
  text: RuleText;
}

/** What lists need of a rule whose condition Prometheus records. */
export interface RecordedRule extends Pick<
  Rule,
  'id' | 'severity' | 'verdict' | 'holdFor' | 'suppressedBy' | 'requiresOnlineNodes'
> {
  /** As in its texts. */
  name: string;
}

/**
 * Evidence of matched lines; none without such lines.
 * @param matches - oldest first; only those that the finding is decided by, and no others with the same signatures
 */
export function toLineEvidence(matches: readonly SignatureMatch[]): Evidence[] {
  const lines = matches.map(({ line }) => line).slice(-MAX_EVIDENCE_LINES);
  const signatures = [...new Set(matches.map(({ id }) => id))];
  return lines.length === 0 ? [] : [{ query: 'lines', values: { count: matches.length }, lines, signatures }];
}

/** Returns the time since which the object is in the state of its newest condition. */
export const getStateStart = ({ condition }: Facts): number | undefined => condition?.stateSince ?? condition?.since;

/** Seconds since {@link getStateStart}; 0 where that is not known, so that no limit is exceeded by it. */
export const getConditionAge = ({ facts, now }: RuleContext): number => {
  const start = getStateStart(facts);
  return start === undefined ? 0 : now - start;
};

/** Evidence of the newest condition and the age of its state. */
export const toConditionEvidence = (context: RuleContext): Evidence => ({
  query: 'condition',
  values: {
    stage: context.facts.condition?.stage ?? '',
    condition: context.facts.condition?.type ?? '',
    ageSeconds: getConditionAge(context),
  },
});

/** Returns a test for the newest condition: one of `Stage/Type`, where `*` is any stage. */
export const hasCondition =
  (...states: string[]) =>
  ({ condition }: Facts): boolean =>
    condition !== undefined &&
    (states.includes(`${condition.stage}/${condition.type}`) || states.includes(`*/${condition.type}`));
