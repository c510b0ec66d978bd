import { STAGE_CONDITIONS, STAGES, type Stage, type StageCondition } from '../../src/sedna/kinds';
import type { Problem } from './causes';
import { modelsOf, parseData, type ConditionData } from './conditionData';
import { asObject, at, parseTime, roundOf } from './values';

/** A condition that is current in some respect. */
export interface Carrier {
  /** Its place, as in `conditions[12]`. */
  where: string;
  data: ConditionData;
}

/** What the conditions of a staged job come to. Array order is their order: times have whole seconds only. */
export interface ConditionHistory {
  /** How often each stage and condition was written; the index is {@link transitionIndex}. */
  transitions: number[];
  /** When the newest condition was written, Unix time in seconds. */
  lastTransition?: number;
  /** Seconds that the last finished run of a stage took. */
  durations: Map<Stage, number>;
  /** The round of the newest Ready condition that tells one. */
  round?: number;
  /** Newest condition of a stage and a type. */
  newest: Map<`${Stage}/${StageCondition}`, Carrier>;
  /** Newest Train/Completed that names a model; a lost report names none. */
  trained?: Carrier;
  /** State of the newest deployment: `nothing` when there was no model to deploy. */
  deployment?: 'Waiting' | 'Ok' | 'nothing';
}

const CONDITION_COUNT = STAGE_CONDITIONS.length;

/** Index of a stage and a condition in {@link ConditionHistory.transitions}. */
export const transitionIndex = (stage: Stage, condition: StageCondition) =>
  STAGES.indexOf(stage) * CONDITION_COUNT + STAGE_CONDITIONS.indexOf(condition);

interface Condition extends Carrier {
  stage: Stage;
  type: StageCondition;
  /** Unix time in seconds; undefined where it cannot be read. */
  time?: number;
}

/** Walks a job's conditions once, oldest first. Takes anything; what is not understood becomes a problem. */
export function readConditions(conditions: readonly unknown[], problems: Problem[]): ConditionHistory {
  const history: ConditionHistory = {
    transitions: new Array<number>(STAGES.length * CONDITION_COUNT).fill(0),
    durations: new Map(),
    newest: new Map(),
  };
  const runs = new Runs(history, problems);
  const deployments = new Deployments(history);
  let trainRound: number | undefined;
  conditions.forEach((value, index) => {
    const condition = readCondition(value, `conditions[${index}]`, problems);
    history.lastTransition = parseTime(at(value, 'lastTransitionTime'));
    if (!condition) {
      return;
    }
    const { stage, type, data, where } = condition;
    history.transitions[transitionIndex(stage, type)]++;
    history.newest.set(`${stage}/${type}`, { where, data });
    runs.add(condition);
    deployments.add(condition);
    if (stage === 'Train' && type === 'Completed' && modelsOf(data, 'output', where, problems).length > 0) {
      history.trained = { where, data };
    }
    const round = type === 'Ready' ? roundOf(data?.input) : undefined;
    history.round = round ?? history.round;
    if (stage === 'Train' && round !== undefined) {
      if (trainRound !== undefined && round < trainRound) {
        problems.push({ cause: 'round_restarted', where });
      }
      trainRound = round;
    }
  });
  return history;
}

function readCondition(value: unknown, where: string, problems: Problem[]): Condition | undefined {
  const condition = asObject(value);
  if (!condition) {
    problems.push({ cause: 'invalid_object', where });
    return undefined;
  }
  const time = parseTime(condition.lastTransitionTime);
  if (time === undefined) {
    problems.push({ cause: 'invalid_time', where });
  }
  const stage = STAGES.find((name) => name === condition.stage);
  const type = STAGE_CONDITIONS.find((name) => name === condition.type);
  if (!stage || !type) {
    problems.push({ cause: 'unknown_condition', where });
    return undefined;
  }
  return { where, stage, type, time, data: parseData(condition.data, where, problems) };
}

const isEnd = (type: StageCondition) => type === 'Completed' || type === 'Failed';

/**
 * Runs of stages. A run is a row of conditions of one stage that begins with anything but its end. An end without a
 * beginning is a late report of a run that the global manager has already ended, and changes no duration.
 */
class Runs {
  private run?: { stage: Stage; start?: number };
  private previous?: Condition;

  constructor(
    private readonly history: ConditionHistory,
    private readonly problems: Problem[]
  ) {}

  add(condition: Condition): void {
    const { stage, type, time, where } = condition;
    const running = this.run?.stage === stage ? this.run : undefined;
    if (isEnd(type)) {
      if (running) {
        this.finish(stage, where, running.start, time);
      } else {
        this.problems.push({ cause: 'late_report', where });
      }
      this.run = undefined;
    } else if (!running) {
      if (this.previous && goesBack(this.previous, stage)) {
        this.problems.push({ cause: 'stage_back', where });
      }
      this.run = { stage, start: time };
    }
    this.previous = condition;
  }

  private finish(stage: Stage, where: string, start?: number, end?: number): void {
    if (start === undefined || end === undefined) {
      return;
    }
    if (end < start) {
      this.problems.push({ cause: 'time_backwards', where });
    } else {
      this.history.durations.set(stage, end - start);
    }
  }
}

function goesBack(previous: Condition, stage: Stage): boolean {
  const isNewRound = previous.type === 'Failed' || (previous.stage === 'Deploy' && previous.type === 'Completed');
  return STAGES.indexOf(stage) < STAGES.indexOf(previous.stage) && !isNewRound;
}

/**
 * A model is deployed when Ready (there is one) and then Completed were written: Completed alone says there was none.
 */
class Deployments {
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
