/**
 * Which objects of a list need attention: the judgement of what a list knows, which are the findings that Prometheus
 * recorded and the newest condition. It may know less than the diagnosis of the object, and never contradicts it.
 */
import { KIND_NAMES, type KindName } from '../kinds';
import type { ReportedState } from '../staleness';
import { findDecidingFinding } from './decidingFinding';
import type { Facts } from './facts';
import type { RecordedRule, Rule } from './rule';
import { rule as noProgress } from './rules/jobs/no-progress';
import { rule as stageFailed } from './rules/jobs/stage-failed';
import { RECORDED_RULES } from './rules/recorded';
import { runRules } from './runRules';

export type AttentionLevel = 'failing' | 'stuck' | 'none';

export interface RecordedFinding {
  rule: string;
  /** Whether Prometheus recorded it for as long as its rule asks for. */
  isHeld: boolean;
}

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
  /** Whether its samples, or a source of the exporter, are outdated. */
  isStale?: boolean;
  /** Absent where Prometheus records no findings. */
  findings?: readonly RecordedFinding[];
}

export interface Attention {
  level: AttentionLevel;
  /** The rule that decided; absent where the level is none. */
  rule?: Rule['id'];
}

const LEVELS: Readonly<Record<NonNullable<Rule['verdict']>, AttentionLevel>> = { failed: 'failing', stuck: 'stuck' };

const toRule = ({ name, ...rule }: RecordedRule): Rule => ({
  ...rule,
  kinds: KIND_NAMES,
  requires: ['recorded-findings'],
  // Lists show only the name.
  text: { name, cases: { default: { title: name, cause: '', advice: '' } } },
});

/** Stands for the rule of this name, which suppresses others. */
const DATA_STALE: RecordedRule = { id: 'data-stale', severity: 'warning', holdFor: 0, name: '' };

const RULES: readonly Rule[] = [DATA_STALE, ...RECORDED_RULES].map(toRule);
/** Where Prometheus records no findings, the condition decides. */
const CONDITION_RULES: readonly Rule[] = [stageFailed, noProgress];

/** Whether a finding counts in a list: where only its rule's patience is missing, the age of the condition is enough. */
const isListed =
  ({ age, waitingReason }: AttentionInput) =>
  ({ rule, isHeld }: RecordedFinding): boolean =>
    (isHeld || age === undefined || age >= (RULES.find(({ id }) => id === rule)?.holdFor ?? Infinity)) &&
    // A pod that is pending without a reason may just be slow.
    (rule !== 'pod-pending' || waitingReason !== undefined);

function toFacts(input: AttentionInput): Facts {
  const { kind, stage, condition, age, silentNode, isStale, findings } = input;
  return {
    object: { kind, namespace: '', name: '' },
    exists: true,
    condition: condition === '' ? undefined : { stage, type: condition, since: age === undefined ? undefined : -age },
    // Reports of an offline node are outdated, so the rules that depend on it are skipped, as in the diagnosis.
    nodes: silentNode
      ? [{ node: silentNode.node, roles: [], leaseAge: silentNode.age, worstLeaseAge: silentNode.age }]
      : [],
    recordedFindings: findings && [
      ...findings.filter(isListed(input)).map(({ rule }) => ({ rule, labels: {} })),
      ...(isStale ? [{ rule: DATA_STALE.id, labels: {} }] : []),
    ],
  };
}

/** Judges one object. */
export function getAttention(input: AttentionInput): Attention {
  const rules = input.findings ? RULES : CONDITION_RULES;
  const facts = toFacts(input);
  const diagnosis = runRules(facts, 0, rules);
  // An error needs attention also while another try is running, which is no failure yet.
  const deciding =
    findDecidingFinding(diagnosis, rules, facts, 0)?.[1] ??
    diagnosis.findings.find(({ severity }) => severity === 'error');
  const rule = rules.find(({ id }) => id === deciding?.rule);
  return rule?.verdict ? { level: LEVELS[rule.verdict], rule: rule.id } : { level: 'none' };
}
