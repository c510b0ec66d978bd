/** Rules about worker pods, and about who has to react to them. */
import { KINDS, type KindName } from '../kinds';
import type { Facts, WorkerFact } from './facts';
import {
  getConditionAge,
  toConditionEvidence,
  hasCondition,
  toLineEvidence,
  type RuleContext,
  type RuleResult,
  type Rule,
} from './rule';
import {
  CLOCK_DRIFT_SECONDS,
  CONTAINER_WAITING_AFTER_SECONDS,
  NO_PROGRESS_AFTER_SECONDS,
  POD_GONE_AFTER_SECONDS,
  RESTART_LOOP,
  GM_RESYNC_TIMEOUT_SECONDS,
} from './thresholds';

export const WITH_WORKERS: readonly KindName[] = KINDS.filter(({ hasWorkers }) => hasWorkers).map(({ kind }) => kind);
export const STAGED: readonly KindName[] = KINDS.filter(({ staged }) => staged).map(({ kind }) => kind);

const BACK_OFF = 'CrashLoopBackOff';

const ENDED = ['Succeeded', 'Failed'];
const hasEnded = ({ phase }: WorkerFact) => ENDED.includes(phase);

/** A pod of which no container has started pends: it is an init container that crashes there. */
const isPending = ({ phase }: WorkerFact) => phase === 'Pending';

const isCrashing = (worker: WorkerFact) =>
  (worker.waitingReason === BACK_OFF && !isPending(worker)) ||
  (worker.recentRestarts >= RESTART_LOOP && !hasEnded(worker));

const about = ({ pod, type, node = '' }: WorkerFact) => ({ pod, worker: type, node });

const isWithPod = hasCondition('Train/Starting', 'Train/Running', 'Eval/Starting', 'Eval/Running');
const isPassing = hasCondition('*/Completed', '*/Failed');

/** Pods that may be those of the stage in which the job is: one whose type is not known may be. */
const podsOfStage = ({ condition, workers = [] }: Facts) =>
  workers.filter(({ type }) => type === '' || type === condition!.stage.toLowerCase());

/** A pod with a container that cannot be started, as Kubernetes says it. */
function waitingForAReason(context: RuleContext): RuleResult | undefined {
  const { workers, condition } = context.facts;
  const waits = workers?.find(
    (worker) => worker.waitingReason && (worker.waitingReason !== BACK_OFF || isPending(worker))
  );
  // Where the time of the condition is not known, the reason alone has to do.
  if (!waits || (condition?.since !== undefined && getConditionAge(context) <= CONTAINER_WAITING_AFTER_SECONDS)) {
    return undefined;
  }
  const { waitingReason: reason = '', waitingContainer: container = '', phase } = waits;
  return {
    since: condition?.since,
    about: { ...about(waits), reason, container },
    evidence: [
      { query: 'worker-waiting', values: { ...about(waits), container, reason, phase } },
      toConditionEvidence(context),
    ],
  };
}

/** A pod that pends while no container says why: none takes it, or what has to come first takes long or hangs. */
function pendingInSilence(context: RuleContext): RuleResult | undefined {
  const { facts, now } = context;
  const limitOf = ({ isUnschedulable }: WorkerFact) =>
    isUnschedulable ? CONTAINER_WAITING_AFTER_SECONDS : NO_PROGRESS_AFTER_SECONDS;
  const pends = facts.workers?.find((worker) => worker.created !== undefined && now - worker.created > limitOf(worker));
  if (!pends) {
    return undefined;
  }
  const isUnschedulable = pends.isUnschedulable === true;
  return {
    severity: isUnschedulable ? 'error' : 'warning',
    since: pends.created,
    about: { ...about(pends), isUnschedulable },
    evidence: [
      {
        query: 'worker-pending',
        values: { ...about(pends), ageSeconds: now - pends.created!, unschedulable: isUnschedulable },
      },
      toConditionEvidence(context),
    ],
  };
}

export const POD_RULES: readonly Rule[] = [
  {
    id: 'pod-pending',
    severity: 'error',
    kinds: WITH_WORKERS,
    requires: ['workers', 'nodes'],
    requiresOnlineNodes: 'worker-nodes',
    detect: (context) => waitingForAReason(context) ?? pendingInSilence(context),
  },
  {
    id: 'crash-loop',
    severity: 'error',
    kinds: WITH_WORKERS,
    requires: ['workers', 'nodes'],
    requiresOnlineNodes: 'worker-nodes',
    detect: (context) => {
      const crashing = context.facts.workers?.find(isCrashing);
      if (!crashing) {
        return undefined;
      }
      const { recentRestarts, waitingReason = '' } = crashing;
      const exception = context.signs
        .all('exception')
        .filter(({ line }) => line.pod === crashing.pod)
        .pop();
      return {
        about: { ...about(crashing), restarts: Math.round(recentRestarts), exception: exception?.value ?? '' },
        evidence: [
          {
            query: 'worker-restarts',
            values: { ...about(crashing), restartsInAnHour: Math.round(recentRestarts), reason: waitingReason },
          },
          ...toLineEvidence(context.signs, 'exception'),
        ],
      };
    },
  },
  {
    id: 'pod-gone',
    severity: 'error',
    kinds: STAGED,
    requires: ['condition-time', 'workers', 'nodes'],
    requiresOnlineNodes: 'any-node',
    suppressedBy: ['data-stale'],
    applies: hasCondition('Train/Running', 'Eval/Running'),
    detect: (context) => {
      const condition = context.facts.condition!;
      // A pod that has ended is all that the global manager needs to go on.
      if (podsOfStage(context.facts).length > 0 || getConditionAge(context) <= POD_GONE_AFTER_SECONDS) {
        return undefined;
      }
      const worker = condition.stage.toLowerCase();
      return {
        since: condition.since,
        about: { stage: condition.stage, worker },
        evidence: [{ query: 'worker-phase', values: { worker, pods: 0 } }, toConditionEvidence(context)],
      };
    },
  },
  {
    id: 'global-manager-unresponsive',
    severity: 'error',
    kinds: STAGED,
    requires: ['condition-time', 'workers', 'nodes'],
    requiresOnlineNodes: 'any-node',
    suppressedBy: ['data-stale'],
    applies: (facts) => isWithPod(facts) || isPassing(facts),
    detect: (context) => {
      const { facts, now } = context;
      const { stage, type, since } = facts.condition!;
      const pods = isPassing(facts) ? [] : podsOfStage(facts);
      if (
        getConditionAge(context) <= (isPassing(facts) ? GM_RESYNC_TIMEOUT_SECONDS : POD_GONE_AFTER_SECONDS) ||
        !pods.every(hasEnded)
      ) {
        return undefined;
      }
      const newest = pods.reduce((a, b) => ((b.ended ?? -Infinity) > (a.ended ?? -Infinity) ? b : a), pods[0]);
      // It takes the end of an earlier run for that of one whose pod is gone, but may need many tries to see it.
      const isEarlier = newest?.ended !== undefined && newest.ended < since! - CLOCK_DRIFT_SECONDS;
      const limit = isEarlier ? NO_PROGRESS_AFTER_SECONDS : GM_RESYNC_TIMEOUT_SECONDS;
      const waitsSince = isEarlier ? since! : (newest?.ended ?? since!);
      if ((isWithPod(facts) && !newest) || now - waitsSince <= limit) {
        return undefined;
      }
      const { podPhase } = facts.globalManager ?? {};
      return {
        since: waitsSince,
        about: { stage, condition: type, pod: newest?.pod ?? '', podPhase: podPhase ?? '' },
        evidence: [
          ...(newest ? [{ query: 'worker-ended' as const, values: { ...about(newest), phase: newest.phase } }] : []),
          toConditionEvidence(context),
          ...(podPhase === undefined ? [] : [{ query: 'global-manager' as const, values: { podPhase } }]),
        ],
      };
    },
  },
];
