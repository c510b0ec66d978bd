/** Jobs whose names are so long that Kubernetes cuts the worker type off the names of their pods. */
import { GENERATED_NAME_START } from '../../kinds/workers';
import type { Facts } from '../facts';

/**
 * Returns the longest name of a job whose pods of a type the global manager recognizes: it takes the second last part of a
 * generated name for the type.
 */
export const getMaxNameLength = (type: 'train' | 'eval' | 'inference'): number =>
  GENERATED_NAME_START - `-${type}-`.length;

const isWorkerStage = (stage: string): stage is 'Train' | 'Eval' => stage === 'Train' || stage === 'Eval';

const getMaxLengthOfStage = (stage: 'Train' | 'Eval') => getMaxNameLength(stage === 'Train' ? 'train' : 'eval');

/** Whether the global manager doesn't recognize the pods of the stage that a job is in. */
export const isStagePodUnrecognized = ({ object, condition }: Facts): boolean =>
  condition !== undefined &&
  isWorkerStage(condition.stage) &&
  object.name.length > getMaxLengthOfStage(condition.stage);

/** Matcher in PromQL for the names of jobs whose pods of a stage it recognizes, or doesn't. */
export const matchName = (stage: 'Train' | 'Eval', isRecognized: boolean) =>
  `name${isRecognized ? '!' : '='}~".{${getMaxLengthOfStage(stage) + 1},}"`;
