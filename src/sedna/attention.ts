/** Which jobs a person should look at first, from the newest condition and the state of the worker pods. */
import type { StageCondition } from './kinds';

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

export interface JobSigns {
  stage: string;
  condition: string;
  /** Seconds since the newest condition. */
  age: number;
  /** Worker pods that failed of late. */
  failedWorkers: number;
  /** Reason of a waiting worker container, other than that it is being created. */
  waitingReason?: string;
}

export interface Attention {
  level: AttentionLevel;
  reason?: AttentionReason;
}

/**
 * Seconds after which a condition is too old to be normal. Train/Waiting is not among them: a job may
 * wait for samples or for its time window for days. Running is not: training may take as long as it takes.
 */
const SHORT_LIVED: Partial<Record<StageCondition, number>> = { Waiting: 600, Ready: 600, Starting: 600 };

/** Judges one job; the first sign that applies counts. */
export function attentionOf({ stage, condition, age, failedWorkers, waitingReason }: JobSigns): Attention {
  if (condition === 'Failed') {
    return { level: 'failing', reason: 'failed' };
  }
  if (waitingReason) {
    return { level: 'stuck', reason: 'container-waiting' };
  }
  if (failedWorkers >= 2) {
    return { level: 'failing', reason: 'failed-repeatedly' };
  }
  const limit = SHORT_LIVED[condition as StageCondition];
  const mayWait = stage === 'Train' && condition === 'Waiting';
  if (limit !== undefined && !mayWait && age > limit) {
    return { level: 'stuck', reason: 'no-progress' };
  }
  return { level: 'none' };
}
