/**
 * States of model files in the knowledge base. Its tables don't record whether a file exists or is in use (`deploy` and
 * `is_current` are always 0, and a group's model is overwritten in place), so states are derived from times.
 */
import { stripAnsi } from '../logs';
import { LOG_MESSAGES } from '../logs/logMessages';

export type ModelState =
  /** Written before the knowledge base container started, and a worker has missed a model since. */
  | 'lost'
  /** Written before that container started: lost, unless the files are on a volume. */
  | 'atRisk'
  /** Passed the newest evaluation and was deployed. */
  | 'live'
  /** Passed the newest evaluation, but isn't deployed yet. */
  | 'passed'
  /** The deployed model was overwritten by a newer one, which isn't evaluated yet. */
  | 'superseded'
  /** Did not pass the newest evaluation. */
  | 'dropped'
  /** Not evaluated. */
  | 'unevaluated';

/** Unix times in seconds; absent if unknown. */
export interface ModelFacts {
  /** Last training of the task, which uploads its model. */
  trained?: number;
  /** Start of the knowledge base container. */
  started?: number;
  /** Last time that a worker missed a model file. */
  modelMissingAt?: number;
  evaluation?: { began?: number; passed: boolean; deployed: boolean };
}

/** Returns the state of a model. A missing file takes precedence over the evaluation. */
export function getModelState({ trained, started, modelMissingAt, evaluation }: ModelFacts): ModelState {
  if (trained !== undefined && started !== undefined && trained < started) {
    return modelMissingAt !== undefined && modelMissingAt > started ? 'lost' : 'atRisk';
  }
  if (!evaluation) {
    return 'unevaluated';
  }
  const { began, passed, deployed } = evaluation;
  const isNewer = trained !== undefined && began !== undefined && trained > began;
  if (isNewer) {
    return passed && deployed ? 'superseded' : 'unevaluated';
  }
  return passed ? (deployed ? 'live' : 'passed') : 'dropped';
}

export interface DropReason {
  task: string;
  /** Operator of the drop rule: a task is dropped if all its scores compare this way with the threshold. */
  operator: string;
  threshold: string;
}

const DROPPED = new RegExp(
  `${LOG_MESSAGES.taskDropped.pattern.replace('(?P<', '(?<')} all scores (?<operator>[<>=!]{1,2}) (?<threshold>\\S+)`
);

/** Parses the drop rule from a line of an evaluation worker. Returns undefined for any other line. */
export function getDropReason(line: string): DropReason | undefined {
  const { task, operator, threshold } = DROPPED.exec(stripAnsi(line))?.groups ?? {};
  return task === undefined ? undefined : { task, operator, threshold };
}

/** Returns whether the rule drops high scores. Sedna's default rule does, although most scores are better if higher. */
export const isDroppingGoodTasks = ({ operator }: Pick<DropReason, 'operator'>): boolean => operator.startsWith('>');
