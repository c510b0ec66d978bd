/** Since when a job is in the state of its newest condition. */

interface StageCondition {
  readonly stage?: string;
  readonly type: string;
}

/** Conditions before the worker of a stage runs: while its pod is pending or refused, they repeat and alternate. */
const BEFORE_WORKER = ['Ready', 'Starting'];

/** Whether two consecutive conditions are one state. */
export const isSameState = (a: StageCondition, b: StageCondition): boolean =>
  a.stage === b.stage && (a.type === b.type || [a, b].every(({ type }) => BEFORE_WORKER.includes(type)));

/** Returns the first condition of the unbroken run of the state that the newest one is in. */
export function findStateStart<T extends StageCondition>(conditions: readonly T[]): T | undefined {
  let start = conditions.length - 1;
  while (start > 0 && isSameState(conditions[start - 1], conditions[start])) {
    start--;
  }
  return conditions[start];
}
