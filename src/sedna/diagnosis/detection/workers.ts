/** What several rules ask about worker pods. */
import type { Facts, WorkerFact } from '../facts';
import { hasCondition } from '../rule';
import { BACK_OFF } from '../promql/pods';
import { RESTART_LOOP } from '../thresholds';

const ENDED = ['Succeeded', 'Failed'];
export const hasEnded = ({ phase }: WorkerFact) => ENDED.includes(phase);

/** No container of a pending pod has started: a container that crashes there is an init container. */
export const isPending = ({ phase }: WorkerFact) => phase === 'Pending';

export const isCrashing = (worker: WorkerFact) =>
  (worker.waitingReason === BACK_OFF && !isPending(worker)) ||
  (worker.recentRestarts >= RESTART_LOOP && !hasEnded(worker));

export const toWorkerParams = ({ pod, type, node = '' }: WorkerFact) => ({ pod, worker: type, node });

/** Whether the condition is one that only the end of a pod changes. */
export const isWithPod = hasCondition('Train/Starting', 'Train/Running', 'Eval/Starting', 'Eval/Running');

/** Whether the condition is one that the global manager leaves at once. */
export const isTransient = hasCondition('*/Completed', '*/Failed');

/** Pods that may be those of the stage that the job is in, including pods of unknown type. */
export const getStagePods = ({ condition, workers = [] }: Facts) =>
  workers.filter(({ type }) => type === '' || type === condition!.stage.toLowerCase());

/** Selects worker pods that may be those of a stage in PromQL. */
export const selectStagePods = (stage: string) => `sedna:worker_pod_info{worker_type=~"${stage.toLowerCase()}|"}`;
