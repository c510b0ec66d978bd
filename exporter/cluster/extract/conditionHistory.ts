import { isSameState } from '../../../src/sedna/conditions/stateStart';
import { STAGE_CONDITIONS, STAGES, type Stage, type StageCondition } from '../../../src/sedna/kinds';
import type { ObjectIssue } from '../errors';
import { getModels, parseConditionData, type ParsedData } from './conditionData';
import { toConditionCode } from './conditionLosses';
import { asObject, getPath, parseTime, parseRound } from './values';

/** A condition that is still current for its stage. */
export interface CurrentCondition extends ParsedData {
  /** Location in the object, such as `conditions[12]`. */
  where: string;
}

/**
 * Summary of the conditions of a job with stages. Relies on array order because timestamps have a resolution of 1 s.
 */
export interface ConditionHistory {
  /** Number of conditions by stage and type; the index is {@link getTransitionIndex}. */
  transitions: number[];
  /** One number for each condition, equal for equal conditions. */
  codes: number[];
  /** Unix time in seconds of the newest condition. */
  lastTransitionSeconds?: number;
  /** Unix time in seconds of the first of the unbroken run of conditions of the state that the newest one is in. */
  stateStartSeconds?: number;
  /** Duration in seconds of the last finished run of each stage. */
  durationSeconds: Map<Stage, number>;
  /** Failures of each stage since it last completed. */
  failuresInARow: Map<Stage, number>;
  /** Round of the newest trigger with a worker, or else of the newest trigger. */
  round?: number;
  /** Newest condition by stage and type. */
  newest: Map<`${Stage}/${StageCondition}`, CurrentCondition>;
  /** Newest Train/Completed with a model. Lost reports have none. */
  lastTrained?: CurrentCondition;
  /** State of the newest deployment; `nothing` if there was no model to deploy. */
  deployment?: 'Waiting' | 'Ok' | 'nothing';
}

const CONDITION_COUNT = STAGE_CONDITIONS.length;

/** Returns the index of a stage and condition type in {@link ConditionHistory.transitions}. */
export const getTransitionIndex = (stage: Stage, condition: StageCondition) =>
  STAGES.indexOf(stage) * CONDITION_COUNT + STAGE_CONDITIONS.indexOf(condition);

interface Condition extends CurrentCondition {
  stage: Stage;
  type: StageCondition;
  /** Unix time in seconds, or undefined if not valid. */
  time?: number;
  code: number;
}

/** Summarizes the conditions of a job in one pass, oldest first. Accepts any input and reports what isn't valid. */
export function toConditionHistory(conditions: readonly unknown[], issues: ObjectIssue[]): ConditionHistory {
  const history: ConditionHistory = {
    transitions: new Array<number>(STAGES.length * CONDITION_COUNT).fill(0),
    codes: [],
    durationSeconds: new Map(),
    failuresInARow: new Map(),
    newest: new Map(),
  };
  const runs = new StageRunTracker(history, issues);
  const deployments = new DeploymentTracker(history);
  let trainRound: number | undefined;
  let previous: Condition | undefined;
  conditions.forEach((value, index) => {
    const condition = parseCondition(value, `conditions[${index}]`, issues);
    history.lastTransitionSeconds = parseTime(getPath(value, 'lastTransitionTime'));
    if (!condition) {
      return;
    }
    const { stage, type, data, where, isDataMissing, code } = condition;
    history.codes.push(code);
    if (!previous || !isSameState(previous, condition)) {
      history.stateStartSeconds = condition.time;
    }
    previous = condition;
    const current: CurrentCondition = { where, data, isDataMissing };
    history.transitions[getTransitionIndex(stage, type)]++;
    history.newest.set(`${stage}/${type}`, current);
    runs.add(condition);
    if (isEnd(type)) {
      history.failuresInARow.set(stage, type === 'Failed' ? (history.failuresInARow.get(stage) ?? 0) + 1 : 0);
    }
    deployments.add(condition);
    if (stage === 'Train' && type === 'Completed' && getModels(data, 'output', where, issues).length > 0) {
      history.lastTrained = current;
    }
    // Further triggers of a stage whose pod is pending take numbers without a worker.
    const round = type === 'Ready' && !runs.isStarted(stage) ? parseRound(data?.input) : undefined;
    history.round = round ?? history.round;
    if (stage === 'Train' && round !== undefined) {
      if (trainRound !== undefined && round < trainRound) {
        issues.push({ cause: 'round_restarted', where });
      }
      trainRound = round;
    }
  });
  return history;
}

function parseCondition(value: unknown, where: string, issues: ObjectIssue[]): Condition | undefined {
  const condition = asObject(value);
  if (!condition) {
    issues.push({ cause: 'invalid_object', where });
    return undefined;
  }
  const time = parseTime(condition.lastTransitionTime);
  if (time === undefined) {
    issues.push({ cause: 'invalid_time', where });
  }
  const stage = STAGES.find((name) => name === condition.stage);
  const type = STAGE_CONDITIONS.find((name) => name === condition.type);
  if (!stage || !type) {
    issues.push({ cause: 'unknown_condition', where });
    return undefined;
  }
  const data = parseConditionData(condition.data, where, issues);
  const content = [type, condition.lastTransitionTime, condition.message, condition.data];
  return { where, stage, type, time, ...data, code: toConditionCode(stage, !data.isDataMissing, content) };
}

const isEnd = (type: StageCondition) => type === 'Completed' || type === 'Failed';

/**
 * Tracks the runs of stages. A run starts with the first condition of a stage that isn't its end. An end without a
 * start is a late report for a run that the global manager has already ended and doesn't change a duration.
 */
class StageRunTracker {
  private run?: { stage: Stage; start?: number; isStarted: boolean };
  private previous?: Condition;

  constructor(
    private readonly history: ConditionHistory,
    private readonly issues: ObjectIssue[]
  ) {}

  add(condition: Condition): void {
    const { stage, type, time, where } = condition;
    const running = this.run?.stage === stage ? this.run : undefined;
    if (isEnd(type)) {
      if (running) {
        this.recordDuration(stage, where, running.start, time);
      } else {
        this.issues.push({ cause: 'late_report', where });
      }
      this.run = undefined;
    } else if (!running) {
      if (this.previous && movesBack(this.previous, stage)) {
        this.issues.push({ cause: 'stage_back', where });
      }
      this.run = { stage, start: time, isStarted: false };
    } else if (type === 'Waiting' && running.isStarted) {
      // The end of the run was lost.
      running.isStarted = false;
    }
    if (this.run && (type === 'Starting' || type === 'Running')) {
      this.run.isStarted = true;
    }
    this.previous = condition;
  }

  /** Returns whether the current run of a stage has a worker. */
  isStarted(stage: Stage): boolean {
    return this.run?.stage === stage && this.run.isStarted;
  }

  private recordDuration(stage: Stage, where: string, start?: number, end?: number): void {
    if (start === undefined || end === undefined) {
      return;
    }
    if (end < start) {
      this.issues.push({ cause: 'time_backwards', where });
    } else {
      this.history.durationSeconds.set(stage, end - start);
    }
  }
}

function movesBack(previous: Condition, stage: Stage): boolean {
  const isNewRound = previous.type === 'Failed' || (previous.stage === 'Deploy' && previous.type === 'Completed');
  return STAGES.indexOf(stage) < STAGES.indexOf(previous.stage) && !isNewRound;
}

/**
 * Tracks deployments. A model is deployed if Completed follows Ready; Completed alone means that there was no model.
 */
class DeploymentTracker {
  private ready = false;

  constructor(private readonly history: ConditionHistory) {}

  add({ stage, type }: Condition): void {
    if (stage !== 'Deploy') {
      return;
    }
    if (isEnd(type)) {
      this.history.deployment = this.ready && type === 'Completed' ? 'Ok' : 'nothing';
      this.ready = false;
    } else {
      this.history.deployment = 'Waiting';
      this.ready = type === 'Ready' || (this.ready && type !== 'Waiting');
    }
  }
}
