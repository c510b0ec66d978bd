/**
 * What can be said of the model files in the knowledge base. Its tables never tell whether a file is there or in use
 * (`deploy` and `is_current` are always 0, a group's model is overwritten in place), so this is concluded from times.
 */
import { stripAnsi } from '../logs';
import { LOG_MESSAGES } from '../logs/logMessages';

export type ModelState =
  /** Written before the container of the knowledge base started, and a worker has missed a model since. */
  | 'lost'
  /** Written before that container started: gone, unless the files are on a volume. */
  | 'atRisk'
  /** Passed the newest evaluation, and the deployment that followed went well. */
  | 'live'
  /** Passed the newest evaluation; the deployment is not through. */
  | 'passed'
  /** What passed and was deployed has been overwritten by a newer model, which is not evaluated yet. */
  | 'superseded'
  /** Did not pass the newest evaluation. */
  | 'dropped'
  /** No evaluation of it is known. */
  | 'unevaluated';

/** Unix times in seconds; absent where they are not known. */
export interface ModelFacts {
  /** When the task was last trained, which is when its model was uploaded. */
  trained?: number;
  /** When the container of the knowledge base started. */
  started?: number;
  /** When a worker last missed a model file. */
  modelMissingAt?: number;
  evaluation?: { began?: number; passed: boolean; deployed: boolean };
}

/** A file that is missing counts more than how it was judged. */
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
  /** As the evaluation was told: a task is dropped where all of its scores compare so with the threshold. */
  operator: string;
  threshold: string;
}

const DROPPED = new RegExp(
  `${LOG_MESSAGES.taskDropped.pattern.replace('(?P<', '(?<')} all scores (?<operator>[<>=!]{1,2}) (?<threshold>\\S+)`
);

/** Reads a line of an evaluation worker; undefined for any other line. */
export function getDropReason(line: string): DropReason | undefined {
  const { task, operator, threshold } = DROPPED.exec(stripAnsi(line))?.groups ?? {};
  return task === undefined ? undefined : { task, operator, threshold };
}

/** Sedna's own rule drops what scores above a threshold, which for most scores is what is good. */
export const isDroppingGoodTasks = ({ operator }: Pick<DropReason, 'operator'>): boolean => operator.startsWith('>');
