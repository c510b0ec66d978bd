import { toExactHistory, toHistoryFromObject } from '.';
import type { Condition } from './condition';

/** Conditions a second apart from `Stage/Type`. */
const conditions = (...steps: string[]) =>
  steps.map((step, index) => {
    const [stage, type] = step.split('/');
    return { stage, type, lastTransitionTime: new Date(Date.UTC(2026, 10, 24) + index * 1000).toISOString() };
  });
const ROUND = [
  ...['Train/Waiting', 'Train/Ready', 'Train/Starting', 'Train/Running', 'Train/Completed'],
  ...['Eval/Waiting', 'Eval/Ready', 'Eval/Starting', 'Eval/Running', 'Eval/Completed'],
  ...['Deploy/Waiting', 'Deploy/Ready', 'Deploy/Completed'],
];
const roundsOf = (...steps: string[]) => toHistoryFromObject(conditions(...steps)).rounds;

describe('rounds since the job was created', () => {
  it('are one where training is triggered again while its pod is pending', () =>
    expect(roundsOf(...ROUND.slice(0, 3), 'Train/Ready', 'Train/Starting')).toHaveLength(1));

  it('are numbered, but not before a worker runs', () => {
    const rounds = roundsOf(...ROUND.slice(0, 4), 'Train/Failed', ...ROUND, 'Train/Waiting', 'Train/Ready');
    expect(rounds.map(({ ordinal, hasRun }) => [ordinal, hasRun])).toEqual([
      [1, true],
      [2, true],
      [undefined, false],
    ]);
  });

  it('count on from those before, also where the first one is not whole', () => {
    const all = toHistoryFromObject(conditions(...ROUND, ...ROUND)).conditions;
    const rest: Condition[] = all.slice(ROUND.length - 1);
    const { rounds } = toExactHistory(rest, { roundsBefore: 7 });
    expect(rounds.map(({ ordinal }) => ordinal)).toEqual([8, 9]);
    expect(toExactHistory(rest).rounds.map(({ ordinal }) => ordinal)).toEqual([undefined, undefined]);
  });
});
