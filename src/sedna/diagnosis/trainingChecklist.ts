/** Prerequisites of the training of a job, and whether each is met. */
import { getConnection } from './detection/connection';
import { getControllerNode, type Facts, type LogFact } from './facts';
import type { RuleContext } from './rule';
import { matchLogSignatures, SignatureMatches, type SignatureMatch } from '../logs/signatures';
import type { ObjectRef } from '../objectRef';
import { isInTimeWindow, isEnough, findTriggerProblem } from './detection/trigger';

export type CheckState = 'ok' | 'not-ok' | 'unknown';

export type Check =
  | {
      item: 'samples';
      state: CheckState;
      /** Unused training samples; a lower bound if `isLowerBound`. */
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
  /** Whether the log lines don't reach back to the last training. */
  isLowerBound: boolean;
}

/**
 * Returns the training samples that no round has used: the sum of those that the local controller (LC) logged since the
 * last training or its own start, because it keeps them only in memory.
 * @param lines oldest first, of LCs at least
 */
export function getUnusedTrainSamples(object: ObjectRef, lines: readonly LogFact[]): UnusedSamples {
  return sumUnused(matchLogSignatures(object, lines));
}

function sumUnused(signatures: readonly SignatureMatch[]): UnusedSamples {
  const own = signatures.filter(({ id }) => id === 'train-samples' || id === 'training-triggered');
  const pods = new Set(own.map(({ line }) => line.pod));
  let samples = 0;
  let isLowerBound = true;
  for (const { id, line, value } of signatures) {
    if (id === 'train-samples') {
      samples += Number(value);
    } else if (id === 'training-triggered' || (id === 'local-controller-started' && pods.has(line.pod))) {
      samples = 0;
      isLowerBound = false;
    }
  }
  return { samples, isLowerBound };
}

const toCheckState = (ok: boolean | undefined): CheckState => (ok === undefined ? 'unknown' : ok ? 'ok' : 'not-ok');

function checkSamples({ trigger = {}, object, logs }: Facts): Check {
  const { operator, threshold } = trigger;
  const unused = logs && getUnusedTrainSamples(object, logs);
  const check = { item: 'samples' as const, operator, threshold, unused: unused?.samples };
  if (!unused || operator === undefined || threshold === undefined) {
    return { ...check, state: 'unknown', isLowerBound: unused?.isLowerBound ?? true };
  }
  const enough = isEnough(unused.samples, operator, threshold);
  // A lower bound decides only operators for which more samples are better, and only if it is enough.
  const helps = ['>', 'gt', '>=', 'ge'].includes(operator);
  const certain = !unused.isLowerBound || (helps && enough === true);
  return { ...check, state: certain ? toCheckState(enough) : 'unknown', isLowerBound: unused.isLowerBound };
}

function checkWindow({ trigger = {} }: Facts, now: number, offset: number): Check {
  const { windowStart: start, windowEnd: end } = trigger;
  const state =
    start === undefined || end === undefined ? 'unknown' : toCheckState(isInTimeWindow(now, start, end, offset));
  return { item: 'window', state, start, end, now };
}

const checkController = (context: RuleContext): Check => ({
  item: 'local-controller',
  state: toCheckState(getConnection(context)?.connected),
  node: getControllerNode(context.facts),
});

function checkDataset({ dataset }: Facts, signatures: SignatureMatches): Check {
  const newest = signatures.last('dataset-not-loaded', 'train-samples');
  const read =
    dataset?.exists === false ? false : (dataset?.read ?? (newest ? newest.id === 'train-samples' : undefined));
  return {
    item: 'dataset',
    state: toCheckState(read),
    dataset: dataset?.name,
    samples: dataset?.samples,
    updated: dataset?.updated,
  };
}

/**
 * Returns the prerequisites of a job in Train/Waiting, in the order in which a user checks them.
 * @param now Unix time in seconds
 * @param offset seconds by which the LC's container is ahead of UTC; its image has UTC
 */
export function getTrainingChecklist(facts: Facts, now: number, offset = 0): Check[] {
  const signatures = new SignatureMatches(matchLogSignatures(facts.object, facts.logs ?? []));
  const { operator, metric } = facts.trigger ?? {};
  const valid = operator === undefined ? undefined : findTriggerProblem({ operator, metric }) === undefined;
  return [
    checkSamples(facts),
    checkWindow(facts, now, offset),
    checkController({ facts, signatures, now }),
    checkDataset(facts, signatures),
    { item: 'trigger', state: toCheckState(valid), operator, metric },
  ];
}
