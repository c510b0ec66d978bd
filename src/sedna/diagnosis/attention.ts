/**
 * Which jobs need attention first, by their newest condition and the state of their worker pods: the rules of diagnosis
 * that need no more than these.
 */
import type { KindName } from '../kinds';
import type { ReportedState } from '../staleness';
import type { Facts } from './facts';
import type { Rule } from './rule';
import { rule as failingLoop } from './rules/jobs/failing-loop';
import { rule as noProgress } from './rules/jobs/no-progress';
import { rule as stageFailed } from './rules/jobs/stage-failed';
import { rule as crashLoop } from './rules/pods/crash-loop';
import { rule as podPending } from './rules/pods/pod-pending';
import { rule as conditionFailed } from './rules/status/condition-failed';
import { runRules } from './runRules';

export type AttentionLevel = 'failing' | 'stuck' | 'none';

export type AttentionReason =
  /** The newest condition is Failed. */
  | 'failed'
  /** A stage failed at least twice since it last completed: Sedna restarts a failed round without end. */
  | 'failed-repeatedly'
  /** Kubernetes reports why a container isn't running, for example ImagePullBackOff. */
  | 'container-waiting'
  /** The condition is one that a healthy job leaves soon. */
  | 'no-progress';

export interface AttentionInput {
  kind: KindName;
  stage: string;
  condition: string;
  /** Seconds since the newest condition; absent where that is unknown. */
  age?: number;
  /** Reason of a waiting worker container, other than that it is being created. */
  waitingReason?: string;
  /** An offline node that reports on the job or on its dataset. */
  silentNode?: ReportedState['offlineNode'];
  /** An offline node of its workers. */
  silentWorkerNode?: ReportedState['offlineNode'];
  /** Rules whose conditions Prometheus recorded for it; absent where none is. */
  findings?: readonly string[];
}

export interface Attention {
  level: AttentionLevel;
  reason?: AttentionReason;
}

/** The reason that a rule stands for; the first rule that found something counts. */
const ATTENTION_BY_RULE: ReadonlyArray<[Rule, AttentionReason]> = [
  [stageFailed, 'failed'],
  [conditionFailed, 'failed'],
  [podPending, 'container-waiting'],
  [crashLoop, 'container-waiting'],
  [failingLoop, 'failed-repeatedly'],
  [noProgress, 'no-progress'],
];

/** Rules that need more than a list knows, so that only what Prometheus recorded decides. */
export const RECORDED_RULES: readonly string[] = [conditionFailed.id, failingLoop.id];

/** The level is the verdict of the rule. */
const LEVELS: Readonly<Record<NonNullable<Rule['verdict']>, AttentionLevel>> = { failed: 'failing', stuck: 'stuck' };

/** Without suppression: the order above decides which of several rules counts. */
const ATTENTION_RULES: readonly Rule[] = ATTENTION_BY_RULE.filter(([{ id }]) => !RECORDED_RULES.includes(id)).map(
  ([rule]) => ({ ...rule, suppressedBy: [] })
);

function toFacts(input: AttentionInput): Facts {
  const { kind, stage, condition, age, waitingReason, silentNode, silentWorkerNode } = input;
  const worker = { pod: '', type: '', phase: 'Unknown', recentRestarts: 0, node: silentWorkerNode?.node };
  return {
    object: { kind, namespace: '', name: '' },
    condition: condition === '' ? undefined : { stage, type: condition, since: age === undefined ? undefined : -age },
    workers: waitingReason === undefined ? [] : [{ ...worker, waitingReason }],
    // Reports of an offline node are outdated, so the rules that depend on it are skipped, as in the diagnosis.
    nodes: silentNode
      ? [{ node: silentNode.node, roles: [], leaseAge: silentNode.age, worstLeaseAge: silentNode.age }]
      : [],
  };
}

/** Judges one job. */
export function getAttention(input: AttentionInput): Attention {
  const found: readonly string[] = [
    ...runRules(toFacts(input), 0, ATTENTION_RULES).findings.map(({ rule }) => rule),
    ...(input.findings ?? []).filter((rule) => RECORDED_RULES.includes(rule)),
  ];
  const match = ATTENTION_BY_RULE.find(([{ id }]) => found.includes(id));
  return match?.[0].verdict ? { level: LEVELS[match[0].verdict], reason: match[1] } : { level: 'none' };
}
