import { toHistoryFromObject, toHistoryFromSamples } from '../../conditions';
import { diagnose, mergeConditionHistory, type Facts } from '..';
import { conditionAt, job, NOW } from './facts.fixture';

const conditions = (...steps: Array<[secondsAgo: number, step: string, data?: string]>) =>
  steps.map(([secondsAgo, step, data]) => {
    const [stage, type] = step.split('/');
    return { stage, type, lastTransitionTime: new Date((NOW - secondsAgo) * 1000).toISOString(), data };
  });
const REPORT = '{"output":{"models":[{"url":"/output/train/1/index.pkl"}]}}';

it('takes the newest condition, lost data, and failures from the history', () => {
  const history = toHistoryFromObject(
    conditions(
      [90_000, 'Train/Failed'],
      [7200, 'Train/Waiting'],
      [7100, 'Train/Failed'],
      [700, 'Train/Waiting'],
      [650, 'Train/Failed'],
      [600, 'Train/Waiting'],
      [500, 'Train/Completed'],
      [500, 'Eval/Waiting']
    )
  );
  const facts = mergeConditionHistory(job(conditionAt('Train/Running', 560)), history, NOW);
  expect(facts.condition).toEqual({ stage: 'Eval', type: 'Waiting', since: NOW - 500, stateSince: NOW - 500 });
  expect([facts.completedWithoutData, facts.hasTrainedModel]).toEqual([{ Train: true }, false]);
  expect(facts.failures).toEqual([
    { window: 3600, failed: 1, completedRounds: 0 },
    { window: 86_400, failed: 2, completedRounds: 0 },
  ]);
  expect(diagnose(facts, NOW).findings.map(({ rule }) => rule)).toEqual(['report-lost']);
  // Three failures, and then a success.
  expect(facts.failuresInARow).toEqual({ Train: 0 });
});

it('takes the start of the state that the newest condition is in', () => {
  const history = toHistoryFromObject(
    conditions([900, 'Train/Waiting'], [700, 'Train/Ready'], [690, 'Train/Starting'], [30, 'Train/Ready'])
  );
  const facts = mergeConditionHistory(job(), history, NOW);
  expect(facts.condition).toEqual({ stage: 'Train', type: 'Ready', since: NOW - 30, stateSince: NOW - 700 });
});

it('keeps the known start of a state that began before the history', () => {
  const history = toHistoryFromObject(conditions([690, 'Train/Starting'], [30, 'Train/Ready']));
  const condition = { stage: 'Train', type: 'Starting', since: NOW - 60, stateSince: NOW - 900 };
  const merge = (known: typeof condition) =>
    mergeConditionHistory(job({ condition: known }), history, NOW, NOW - 690).condition?.stateSince;
  expect(merge(condition)).toBe(NOW - 900);
  expect(merge({ ...condition, type: 'Waiting' })).toBe(NOW - 690);
});

it('accepts a late report', () => {
  const late = conditions(
    [200, 'Train/Completed'],
    [200, 'Eval/Waiting'],
    [190, 'Train/Completed', REPORT],
    [190, 'Eval/Waiting']
  );
  const facts = mergeConditionHistory(job({ hasTrainedModel: false }), toHistoryFromObject(late), NOW);
  expect([facts.completedWithoutData, facts.hasTrainedModel]).toEqual([{ Train: false }, true]);
});

it('keeps the facts when the history is empty or inexact', () => {
  const facts = job();
  expect(mergeConditionHistory(facts, toHistoryFromObject([]), NOW)).toBe(facts);
  expect(
    mergeConditionHistory(facts, toHistoryFromSamples([{ time: NOW, stage: 'Train', condition: 'Failed' }]), NOW)
  ).toBe(facts);
});

describe('a history that begins after the object', () => {
  const START = NOW - 4000;
  const known = job({
    ...conditionAt('Train/Waiting', 900),
    hasTrainedModel: true,
    hasDeployedModel: true,
    completedWithoutData: { Train: true, Eval: true },
    failures: [
      { window: 3600, failed: 9 },
      { window: 86_400, failed: 12, completedRounds: 3 },
    ],
    failuresInARow: { Train: 7, Eval: 1, Deploy: 2 },
  });
  const history = toHistoryFromObject(
    conditions(
      [3700, 'Train/Completed', REPORT],
      [3700, 'Eval/Waiting'],
      [600, 'Eval/Failed'],
      [590, 'Train/Waiting'],
      [500, 'Train/Failed']
    )
  );
  const facts = mergeConditionHistory(known, history, NOW, START);

  it('keeps what only the facts know', () => {
    expect([facts.hasTrainedModel, facts.hasDeployedModel]).toEqual([true, true]);
    expect(facts.completedWithoutData).toEqual({ Train: false, Eval: true });
  });

  it('replaces failures of windows that it covers', () =>
    expect(facts.failures).toEqual([
      { window: 3600, failed: 2, completedRounds: 0 },
      { window: 86_400, failed: 12, completedRounds: 3 },
    ]));

  it('counts failures since a success in it, and at least those known before where it has none', () => {
    expect(facts.failuresInARow).toEqual({ Train: 1, Eval: 1, Deploy: 2 });
    const many = toHistoryFromObject(conditions([60, 'Train/Failed'], [30, 'Train/Failed'], [10, 'Train/Failed']));
    const counts = (failuresInARow: Facts['failuresInARow']) =>
      mergeConditionHistory({ ...known, failuresInARow }, many, NOW, START).failuresInARow;
    expect([counts({ Train: 2 }), counts({ Train: 7 }), counts(undefined)]).toEqual([
      { Train: 3 },
      { Train: 7 },
      { Train: 3 },
    ]);
  });

  it('does not call failures known where neither has any', () => {
    const waits = toHistoryFromObject(conditions([60, 'Train/Waiting']));
    const merged = mergeConditionHistory({ ...known, failuresInARow: undefined }, waits, NOW, START);
    expect(merged.failuresInARow).toBeUndefined();
  });
});

it('keeps the facts when the history ends before their condition', () => {
  const facts = job(conditionAt('Eval/Running', 30));
  const behind = toHistoryFromObject(conditions([90, 'Train/Waiting'], [31, 'Eval/Waiting']));
  expect(mergeConditionHistory(facts, behind, NOW)).toBe(facts);
});
