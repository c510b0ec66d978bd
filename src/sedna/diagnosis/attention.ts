/**
 * Which jobs a person should look at first, from the newest condition and the state of the worker pods: those rules of
 * the diagnosis that need no more than this.
 */
import { diagnose, FAILURE_WINDOWS, RULES, type Facts, type RuleId } from '.';
import type { KindName } from '../kinds';
import type { ReportedState } from '../staleness';

export type AttentionLevel = 'failing' | 'stuck' | 'none';

export type AttentionReason =
  /** The newest condition says so. */
  | 'failed'
  /** Two or more worker pods failed of late: Sedna starts a failed round again without end. */
  | 'failed-repeatedly'
  /** Kubernetes says why a container does not run, for example ImagePullBackOff. */
  | 'container-waiting'
  /** The condition is one that a healthy job leaves soon. */
  | 'no-progress';

export interface AttentionInput {
  kind: KindName;
  stage: string;
  condition: string;
  /** Seconds since the newest condition; absent where it is not known. */
  age?: number;
  /** Worker pods that failed within the last hour. */
  failedWorkers: number;
  /** Reason of a waiting worker container, other than that it is being created. */
  waitingReason?: string;
  /** A node that reports on it or on its dataset and is silent. */
  silentNode?: ReportedState['offlineNode'];
  /** The same of the nodes of its workers alone. */
  silentWorkerNode?: ReportedState['offlineNode'];
}

export interface Attention {
  level: AttentionLevel;
  reason?: AttentionReason;
}

/** What a rule means for attention; the first that found something counts. */
const MEANINGS: ReadonlyArray<[RuleId, Required<Attention>]> = [
  ['stage-failed', { level: 'failing', reason: 'failed' }],
  ['condition-failed', { level: 'failing', reason: 'failed' }],
  ['pod-pending', { level: 'stuck', reason: 'container-waiting' }],
  ['crash-loop', { level: 'stuck', reason: 'container-waiting' }],
  ['failing-loop', { level: 'failing', reason: 'failed-repeatedly' }],
  ['no-progress', { level: 'stuck', reason: 'no-progress' }],
];

/** Without those that they yield to: what is the same trouble is sorted out by the order above. */
const ATTENTION_RULES = RULES.filter(({ id }) => MEANINGS.some(([rule]) => rule === id)).map((rule) => ({
  ...rule,
  suppressedBy: [],
}));

function factsOf(signs: AttentionInput): Facts {
  const { kind, stage, condition, age, failedWorkers, waitingReason, silentNode, silentWorkerNode } = signs;
  const worker = { pod: '', type: '', phase: 'Unknown', recentRestarts: 0, node: silentWorkerNode?.node };
  return {
    object: { kind, namespace: '', name: '' },
    condition: condition === '' ? undefined : { stage, type: condition, since: age === undefined ? undefined : -age },
    failures: [{ window: FAILURE_WINDOWS[0], failed: failedWorkers }],
    workers: waitingReason === undefined ? [] : [{ ...worker, waitingReason }],
    // What a silent node reports is old, so the rules that go by it do not judge, as on the diagnosis page.
    nodes: silentNode
      ? [{ node: silentNode.node, roles: [], leaseAge: silentNode.age, worstLeaseAge: silentNode.age }]
      : [],
  };
}

/** Judges one job. */
export function getAttention(signs: AttentionInput): Attention {
  const { findings } = diagnose(factsOf(signs), 0, ATTENTION_RULES);
  const meaning = MEANINGS.find(([id]) => findings.some(({ rule }) => rule === id));
  return meaning ? meaning[1] : { level: 'none' };
}
