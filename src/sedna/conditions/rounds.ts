/**
 * Rounds of a job with stages. A round is identified by its position in the history, never by its recorded number, which
 * restarts at 1 with the local controller. Sedna begins a pass through the stages after each deployment and each failure; a
 * pass is a round once a worker runs.
 */
import type { Stage, StageCondition } from '../kinds';
import { parseRecordedRound, type ConditionInput, type ConditionModel, type MetricValue } from './conditionData';
import type { Condition } from './condition';
import type { ModelVersion } from '../kinds/shared/models';

/**
 * `completed-without-data`: the report of the worker was lost, so the next stage can't start. `open`: in progress.
 * `not-recorded`: a later stage began, but no end was recorded.
 */
export type StageOutcome = 'completed' | 'completed-without-data' | 'failed' | 'open' | 'not-recorded';

export interface StageRun {
  stage: Stage;
  outcome: StageOutcome;
  /** Unix time in seconds of its first condition. */
  start?: number;
  /** Unix time in seconds of its completion or failure. */
  end?: number;
  /** Seconds from start to end; absent while it is open. */
  duration?: number;
  /** Unix time in seconds of the first occurrence of each condition. */
  conditionTimes: Partial<Record<StageCondition, number>>;
  /** Indexes of its conditions in the history. */
  conditions: readonly number[];
  /** Whether the report came after the global manager had continued without it. */
  reportedLate: boolean;
  /** Whether the object lost the report of the worker, which is in the history all the same. */
  reportOverwritten: boolean;
  /** Deploy only: whether the local controller reported that there was no model to deploy. */
  nothingToDeploy: boolean;
  input?: ConditionInput;
  modelsOut: readonly ConditionModel[];
}

export interface RoundMetric {
  /** URL of the model. */
  model: string;
  /** Absent unless the evaluation compared two models. */
  version?: ModelVersion;
  metric: string;
  value: MetricValue;
}

export interface Round {
  /** From 1, in this history. */
  position: number;
  /** Number of the round since the job was created; absent if that isn't known, and before a worker runs. */
  ordinal?: number;
  /** Number from the local controller; not unique. */
  number?: number;
  /** Whether a worker ran; absent in a history from samples, which may have missed it. */
  hasRun?: boolean;
  stages: readonly StageRun[];
  start?: number;
  /** Unix time in seconds of the end of its last stage; absent while that is open. */
  end?: number;
  /** `completed` only if Deploy completed. */
  outcome: StageOutcome;
  /** Evaluation metrics of the models that evaluation reported. */
  metrics: readonly RoundMetric[];
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

/**
 * Returns whether a condition starts a new round. A late report (Train/Completed after Eval/Waiting) doesn't. Neither does
 * Ready after Starting: the local controller triggers training again while the pod is pending or refused, or runs on another
 * node, and no worker belongs to these triggers. Samples may lack the Waiting of a new round that follows a run.
 */
function opensRound({ stage, type }: Condition, before: Condition | undefined, exact: boolean): boolean {
  if (!before) {
    return true;
  }
  if (stage !== 'Train' || isEnd(type)) {
    return false;
  }
  if (before.stage !== 'Train' || isEnd(before.type)) {
    return true;
  }
  const goesBack = (RANK[type] ?? 0) < (RANK[before.type] ?? 0);
  return goesBack && (type === 'Waiting' || (!exact && before.type === 'Running'));
}

/** Returns the input of the worker: that of the trigger before the first Starting, or else of the newest trigger. */
function findInput(conditions: readonly Condition[]): ConditionInput | undefined {
  const started = conditions.findIndex(({ type }) => type === 'Starting');
  const findInputs = (some: readonly Condition[]) =>
    some.flatMap(({ data }) => (data.state === 'parsed' && data.input ? [data.input] : []));
  const own = findInputs(started < 0 ? conditions : conditions.slice(0, started));
  return own[own.length - 1] ?? findInputs(conditions)[0];
}

/** Returns whether a condition lacks its data. Unreadable data isn't missing, and Deploy has none when it completes. */
function isDataMissing({ stage, data }: Condition): boolean {
  return stage !== 'Deploy' && (data.state === 'absent' || (data.state === 'parsed' && data.isEmpty === true));
}

function getOutcome(ends: readonly Condition[], isOver: boolean, inferred: boolean): StageOutcome {
  const last = ends[ends.length - 1];
  if (!last) {
    return isOver ? (inferred ? 'completed' : 'not-recorded') : 'open';
  }
  if (last.type === 'Failed') {
    return 'failed';
  }
  // A late report follows a Completed without data, or precedes it if an update was lost.
  return ends.filter(({ type }) => type === 'Completed').every(isDataMissing) ? 'completed-without-data' : 'completed';
}

/** Returns whether of the ends of a stage only lost ones have the report. */
function isReportOverwritten(completed: readonly Condition[]): boolean {
  const hasReport = completed.filter((condition) => !isDataMissing(condition));
  return hasReport.length > 0 && hasReport.every(({ isLost }) => isLost) && completed.some(({ isLost }) => !isLost);
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
  // Samples often miss an end, because the next stage follows within a second. Then its start is the end.
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
    reportedLate: completed.length > 1 && isDataMissing(completed[0]) && outcome === 'completed',
    reportOverwritten: stage !== 'Deploy' && isReportOverwritten(completed),
    nothingToDeploy:
      stage === 'Deploy' &&
      completed.length > 0 &&
      conditionTimes.Ready === undefined &&
      completed[0].data.state === 'parsed',
    input: findInput(conditions),
    modelsOut: parsed.map(({ output }) => output?.models ?? []).filter((models) => models.length > 0)[0] ?? [],
  };
}

/** @param following - first condition of the next round */
function toRound(conditions: readonly Condition[], position: number, following: Condition | undefined, exact: boolean) {
  const order = [...new Set(conditions.map(({ stage }) => stage))];
  const stages = order.map((stage, index) => {
    const own = conditions.filter((condition) => condition.stage === stage);
    // The next round follows Deploy only after it completed, but Train and Eval after they failed.
    const afterLast = !exact && stage === 'Deploy' ? following : undefined;
    const next = index + 1 < order.length ? conditions.find((other) => other.stage === order[index + 1]) : afterLast;
    return stageRun(stage, own, { next, roundIsOver: following !== undefined, exact });
  });
  const last = stages[stages.length - 1];
  const evaluated = stages.find(({ stage }) => stage === 'Eval')?.modelsOut ?? [];
  const round: Omit<Round, 'ordinal'> = {
    position,
    hasRun: conditions.some(showsWorker),
    number: stages.map(({ input }) => input && parseRecordedRound(input)).find((number) => number !== undefined),
    stages,
    start: stages[0].start,
    end: last.end,
    outcome: getRoundOutcome(last, following === undefined),
    metrics: evaluated.flatMap(({ url, version, metrics }) =>
      Object.entries(metrics).map(([metric, value]) => ({ model: url, version, metric, value }))
    ),
  };
  return round;
}

/** Returns the outcome of a round. A round whose last stage isn't Deploy isn't complete. */
function getRoundOutcome({ stage, outcome }: StageRun, isNewest: boolean): StageOutcome {
  return stage !== 'Deploy' && outcome === 'completed' ? (isNewest ? 'open' : 'not-recorded') : outcome;
}

/** Returns whether a condition is only written once a worker ran. Eval and Deploy begin after training. */
const showsWorker = ({ stage, type }: Condition) => stage !== 'Train' || type === 'Running' || isEnd(type);

export interface RoundOptions {
  /** Whether no condition is missing. */
  exact: boolean;
  /** Rounds before the first condition; absent if not known. */
  roundsBefore?: number;
  /** Starts of training and evaluation workers, Unix time in seconds; they tell of workers that no condition does. */
  workerStarts?: readonly number[];
}

/**
 * Splits conditions into rounds.
 * @param conditions - oldest first, as is the result
 */
export function toRounds(
  conditions: readonly Condition[],
  { exact, roundsBefore, workerStarts = [] }: RoundOptions
): Round[] {
  const parts: Condition[][] = [];
  conditions.forEach((condition, index) => {
    if (opensRound(condition, conditions[index - 1], exact)) {
      parts.push([]);
    }
    parts[parts.length - 1].push(condition);
  });
  let ordinal = roundsBefore;
  return parts.map((part, index) => {
    const round = toRound(part, index + 1, parts[index + 1]?.[0], exact);
    const [start = Infinity, end = Infinity] = [round.start, parts[index + 1]?.[0].time];
    if (!exact) {
      return { ...round, hasRun: undefined };
    }
    const hasRun = round.hasRun || workerStarts.some((time) => time >= start && time < end);
    if (ordinal === undefined || !hasRun) {
      return { ...round, hasRun };
    }
    ordinal += 1;
    return { ...round, hasRun, ordinal };
  });
}
