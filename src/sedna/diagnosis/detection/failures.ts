/** Failed stages: how often since the last success, and which of failure and success is newest. */
import { STAGES, type Stage } from '../../kinds';
import type { Facts } from '../facts';
import { JOB } from '../promql/labels';
import { hasCondition, type RuleContext } from '../rule';
import { CLOCK_DRIFT_SECONDS } from '../thresholds';

export const hasJustCompleted = hasCondition('Deploy/Completed');

/** Whether the last failure is newer than the last completed round; true where no round is known. */
export function isFailureNewest({ facts, signatures }: RuleContext): boolean {
  const { condition, failures = [] } = facts;
  if (condition?.type === 'Failed' || hasJustCompleted(facts)) {
    return condition?.type === 'Failed';
  }
  // All windows end now: what only the shorter one contains is newer.
  const shortest = failures
    .filter(({ completedRounds }) => completedRounds !== undefined)
    .sort((a, b) => a.window - b.window)
    .find(({ failed, completedRounds }) => failed > 0 || completedRounds! > 0);
  if (!shortest || shortest.completedRounds === 0 || shortest.failed === 0) {
    return shortest?.failed !== 0;
  }
  // It contains both. A round restarts right after a failure, and none completes before its evaluation has finished.
  const failedAt = signatures.last('stage-failed')?.line.time ?? -Infinity;
  const evaluatedAt = signatures.last('evaluated')?.line.time ?? Infinity;
  const isNewRound =
    hasCondition('Train/Waiting')(facts) && failedAt >= (condition?.since ?? Infinity) - CLOCK_DRIFT_SECONDS;
  return isNewRound || failedAt > evaluatedAt + CLOCK_DRIFT_SECONDS;
}

/** The stage that failed most often since it last completed; undefined where none did, or no exporter counts. */
export function findFailingStage({ failuresInARow = {} }: Facts): { stage: Stage; count: number } | undefined {
  const failing = STAGES.map((stage) => ({ stage, count: failuresInARow[stage] ?? 0 })).filter(
    ({ count }) => count > 0
  );
  return failing.sort((a, b) => b.count - a.count)[0];
}

/** Jobs with a stage that failed at least `count` times since it last completed. */
export const jobsFailing = (count: number) => `max by (${JOB}) (sedna_job_consecutive_failures) >= ${count}`;
