/** Failed stages and completed rounds: which of them is newest, and their counts in PromQL. */
import { hasCondition, type RuleContext } from '../rule';
import { CLOCK_DRIFT_SECONDS, FAILURE_WINDOWS } from '../thresholds';
import { jobsInCondition } from '../promql/jobs';
import { JOB } from '../promql/labels';
import { STAGED } from './kinds';

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

/**
 * How often a condition was written within a window (s), not counting what was there before the first sample. A window
 * of a day reads one sample an hour, because there may be thousands of jobs.
 */
const countTransitions = (matchers: string, seconds: number) => {
  const series = `sedna_job_condition_transitions_total{${matchers}}`;
  const range = seconds > FAILURE_WINDOWS[0] ? `${seconds}s:1h` : `${seconds}s`;
  return `sum by (${JOB}) (max by (${JOB}, stage, condition) (
    ${series} - min_over_time(${series}[${range}])
  ))`;
};

/** Failed stages of each job within a window (s). */
export const countFailures = (window: number) => countTransitions('condition="Failed"', window);

/** Completed rounds of each job within a window (s). */
export const countRounds = (window: number) => countTransitions('stage="Deploy", condition="Completed"', window);

export const jobsJustCompleted = () => jobsInCondition(STAGED, ['Deploy'], ['Completed']);

/** Jobs of which a stage failed within a window in which no round was completed. */
export const jobsFailedOnly = () =>
  FAILURE_WINDOWS.map(
    (window) => `(${countFailures(window)} > 0)\nunless on (${JOB}) (${countRounds(window)} > 0)`
  ).join(`\nor on (${JOB})\n`);
