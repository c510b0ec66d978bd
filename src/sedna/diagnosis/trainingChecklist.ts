/** Why a job waits to train: what its trigger asks for, item by item. */
import { getConnection } from './connection';
import { getControllerNode, type Facts, type LogFact } from './facts';
import type { RuleContext } from './rule';
import { matchLogSignatures, SignatureMatches, type SignatureMatch } from '../logs/signatures';
import { isInTimeWindow, isEnough, triggerProblem } from './trigger';
import type { ObjectRef } from '../objectRef';

export type CheckState = 'ok' | 'not-ok' | 'unknown';

export type Check =
  | {
      item: 'samples';
      state: CheckState;
      /** Unused training samples; at least so many where `isLowerBound`. */
      unused?: number;
      isLowerBound: boolean;
      operator?: string;
      threshold?: number;
    }
  | { item: 'window'; state: CheckState; start?: string; end?: string; now: number }
  | { item: 'local-controller'; state: CheckState; node?: string }
  | { item: 'dataset'; state: CheckState; dataset?: string; samples?: number; updated?: number }
  | { item: 'trigger'; state: CheckState; operator?: string; metric?: string };

export interface UnusedSamples {
  samples: number;
  /** The lines do not reach back to when training last began, so there may be more. */
  isLowerBound: boolean;
}

/**
 * Training samples that no round has used: the sum of what the local controller (LC) said it took over since it last
 * started a training, or since it started itself, for it keeps them in memory only.
 * @param lines oldest first, of LCs at least
 */
export function getUnusedTrainSamples(object: ObjectRef, lines: readonly LogFact[]): UnusedSamples {
  return unusedOf(matchLogSignatures(object, lines));
}

function unusedOf(signs: readonly SignatureMatch[]): UnusedSamples {
  const own = signs.filter(({ id }) => id === 'train-samples' || id === 'training-triggered');
  const pods = new Set(own.map(({ line }) => line.pod));
  let samples = 0;
  let isLowerBound = true;
  for (const { id, line, value } of signs) {
    if (id === 'train-samples') {
      samples += Number(value);
    } else if (id === 'training-triggered' || (id === 'local-controller-started' && pods.has(line.pod))) {
      samples = 0;
      isLowerBound = false;
    }
  }
  return { samples, isLowerBound };
}

const stateOf = (ok: boolean | undefined): CheckState => (ok === undefined ? 'unknown' : ok ? 'ok' : 'not-ok');

function samplesCheck({ trigger = {}, object, logs }: Facts): Check {
  const { operator, threshold } = trigger;
  const unused = logs && getUnusedTrainSamples(object, logs);
  const check = { item: 'samples' as const, operator, threshold, unused: unused?.samples };
  if (!unused || operator === undefined || threshold === undefined) {
    return { ...check, state: 'unknown', isLowerBound: unused?.isLowerBound ?? true };
  }
  const enough = isEnough(unused.samples, operator, threshold);
  // More samples than are known of can only help where more is asked for, and only then is "enough" certain.
  const helps = ['>', 'gt', '>=', 'ge'].includes(operator);
  const certain = !unused.isLowerBound || (helps && enough === true);
  return { ...check, state: certain ? stateOf(enough) : 'unknown', isLowerBound: unused.isLowerBound };
}

function windowCheck({ trigger = {} }: Facts, now: number, offset: number): Check {
  const { windowStart: start, windowEnd: end } = trigger;
  const state = start === undefined || end === undefined ? 'unknown' : stateOf(isInTimeWindow(now, start, end, offset));
  return { item: 'window', state, start, end, now };
}

const controllerCheck = (context: RuleContext): Check => ({
  item: 'local-controller',
  state: stateOf(getConnection(context)?.connected),
  node: getControllerNode(context.facts),
});

function datasetCheck({ dataset }: Facts, signs: SignatureMatches): Check {
  const told = signs.last('dataset-not-loaded', 'train-samples');
  const read = dataset?.exists === false ? false : (dataset?.read ?? (told ? told.id === 'train-samples' : undefined));
  return {
    item: 'dataset',
    state: stateOf(read),
    dataset: dataset?.name,
    samples: dataset?.samples,
    updated: dataset?.updated,
  };
}

/**
 * What a job in Train/Waiting waits for, in the order in which a person would look.
 * @param now Unix time in seconds
 * @param offset seconds by which the LC's container is ahead of UTC; its image has UTC
 */
export function getTrainingChecklist(facts: Facts, now: number, offset = 0): Check[] {
  const signs = new SignatureMatches(matchLogSignatures(facts.object, facts.logs ?? []));
  const { operator, metric } = facts.trigger ?? {};
  const valid = operator === undefined ? undefined : triggerProblem({ operator, metric }) === undefined;
  return [
    samplesCheck(facts),
    windowCheck(facts, now, offset),
    controllerCheck({ facts, signs, now }),
    datasetCheck(facts, signs),
    { item: 'trigger', state: stateOf(valid), operator, metric },
  ];
}
