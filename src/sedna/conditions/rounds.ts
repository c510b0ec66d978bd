/**
 * Rounds of a staged job. A round is a place in the history, never a number: the number that is recorded starts again
 * when the local controller restarts.
 */
import type { Stage, StageCondition } from '../kinds';
import { parseRecordedRound, type ConditionInput, type ConditionModel, type MetricValue } from './data';
import type { Condition } from './condition';

/**
 * `completed-without-data`: the report of the worker was lost, the next stage has nothing to work with.
 * `open`: not over yet. `not-recorded`: something later began, and no end was ever written (or seen).
 */
export type StageOutcome = 'completed' | 'completed-without-data' | 'failed' | 'open' | 'not-recorded';

export interface StageRun {
  stage: Stage;
  outcome: StageOutcome;
  /** Unix time in seconds of its first condition. */
  start?: number;
  /** Unix time in seconds at which it completed or failed. */
  end?: number;
  /** Seconds from start to end; of an open run absent. */
  duration?: number;
  /** When each condition was first written, Unix time in seconds. */
  conditionTimes: Partial<Record<StageCondition, number>>;
  /** Places of its conditions in the history. */
  conditions: readonly number[];
  /** The report came after the global manager had gone on without it. */
  reportedLate: boolean;
  /** Deploy only: the local controller said that there is no model to deploy. */
  nothingToDeploy: boolean;
  input?: ConditionInput;
  modelsOut: readonly ConditionModel[];
}

export interface Round {
  /** From 1, in this history. */
  position: number;
  /** What the local controller called it; not unique. */
  number?: number;
  stages: readonly StageRun[];
  start?: number;
  /** When its last stage ended; absent while that is open. */
  end?: number;
  /** `completed` only if Deploy is. */
  outcome: StageOutcome;
  /** Evaluation metrics of the models that evaluation reported. */
  metrics: ReadonlyArray<{ model: string; metric: string; value: MetricValue }>;
}

const RANK: Partial<Record<string, number>> = {
  Waiting: 0,
  Ready: 1,
  Starting: 2,
  Running: 3,
  Completed: 4,
  Failed: 4,
};

const isEnd = (type: string) => type === 'Completed' || type === 'Failed';

/** Whether a condition opens a new round. A report that comes late (Train/Completed after Eval/Waiting) does not. */
function opensRound(condition: Condition, before: Condition | undefined): boolean {
  if (!before) {
    return true;
  }
  if (condition.stage !== 'Train' || isEnd(condition.type)) {
    return false;
  }
  return before.stage !== 'Train' || (RANK[condition.type] ?? 0) < (RANK[before.type] ?? 0);
}

/** Data that cannot be read is not missing: nothing is claimed about it. Deploy carries none when it completes. */
function dataKnownToBeMissing({ stage, data }: Condition): boolean {
  return (
    stage !== 'Deploy' &&
    (data.state === 'absent' || (data.state === 'parsed' && (data.output?.models.length ?? 0) === 0))
  );
}

function getOutcome(ends: readonly Condition[], isOver: boolean, inferred: boolean): StageOutcome {
  const last = ends[ends.length - 1];
  if (!last) {
    return isOver ? (inferred ? 'completed' : 'not-recorded') : 'open';
  }
  if (last.type === 'Failed') {
    return 'failed';
  }
  // A late report follows a Completed without data, or (an update was lost) precedes it.
  return ends.filter(({ type }) => type === 'Completed').every(dataKnownToBeMissing)
    ? 'completed-without-data'
    : 'completed';
}

interface After {
  /** First condition of the stage that follows in the same round. */
  next?: Condition;
  /** Whether the round is not the newest. */
  roundIsOver: boolean;
  exact: boolean;
}

function stageRun(stage: Stage, conditions: readonly Condition[], { next, roundIsOver, exact }: After): StageRun {
  const conditionTimes: Partial<Record<string, number>> = {};
  for (const { type, time } of conditions) {
    conditionTimes[type] ??= time;
  }
  const ends = conditions.filter(({ type }) => isEnd(type));
  // Samples often miss an end, for the next stage follows within a second; then that one tells of it.
  const inferred = !exact && ends.length === 0 && next !== undefined;
  const outcome = getOutcome(ends, next !== undefined || roundIsOver, inferred);
  const start = conditions[0]?.time;
  const end = inferred ? next.time : ends[0]?.time;
  const parsed = conditions.flatMap(({ data }) => (data.state === 'parsed' ? [data] : []));
  const completed = ends.filter(({ type }) => type === 'Completed');
  return {
    stage,
    outcome,
    start,
    end,
    duration: start === undefined || end === undefined ? undefined : Math.max(0, end - start),
    conditionTimes,
    conditions: conditions.map(({ index }) => index),
    reportedLate: completed.length > 1 && dataKnownToBeMissing(completed[0]) && outcome === 'completed',
    nothingToDeploy:
      stage === 'Deploy' &&
      completed.length > 0 &&
      conditionTimes.Ready === undefined &&
      completed[0].data.state === 'parsed',
    input: parsed.map(({ input }) => input).filter((input) => input !== undefined)[0],
    modelsOut: parsed.map(({ output }) => output?.models ?? []).filter((models) => models.length > 0)[0] ?? [],
  };
}

/** @param following first condition of the next round */
function toRound(conditions: readonly Condition[], position: number, following: Condition | undefined, exact: boolean) {
  const order = [...new Set(conditions.map(({ stage }) => stage))];
  const stages = order.map((stage, place) => {
    const own = conditions.filter((condition) => condition.stage === stage);
    // The next round follows Deploy only when that has completed; it follows Train and Eval when they failed.
    const afterLast = !exact && stage === 'Deploy' ? following : undefined;
    const next = place + 1 < order.length ? conditions.find((other) => other.stage === order[place + 1]) : afterLast;
    return stageRun(stage, own, { next, roundIsOver: following !== undefined, exact });
  });
  const last = stages[stages.length - 1];
  const evaluated = stages.find(({ stage }) => stage === 'Eval')?.modelsOut ?? [];
  const round: Round = {
    position,
    number: stages.map(({ input }) => input && parseRecordedRound(input)).find((number) => number !== undefined),
    stages,
    start: stages[0].start,
    end: last.end,
    outcome: getEnd(last, following === undefined),
    metrics: evaluated.flatMap(({ url, metrics }) =>
      Object.entries(metrics).map(([metric, value]) => ({ model: url, metric, value }))
    ),
  };
  return round;
}

/** A round whose last stage is not Deploy is not complete, whatever became of that stage. */
function getEnd({ stage, outcome }: StageRun, isNewest: boolean): StageOutcome {
  return stage !== 'Deploy' && outcome === 'completed' ? (isNewest ? 'open' : 'not-recorded') : outcome;
}

/** Splits conditions, oldest first, into rounds. */
export function toRounds(conditions: readonly Condition[], exact: boolean): Round[] {
  const parts: Condition[][] = [];
  conditions.forEach((condition, place) => {
    if (opensRound(condition, conditions[place - 1])) {
      parts.push([]);
    }
    parts[parts.length - 1].push(condition);
  });
  return parts.map((part, place) => toRound(part, place + 1, parts[place + 1]?.[0], exact));
}
