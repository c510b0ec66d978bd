import { toHistoryFromObject, toHistoryFromSamples } from '../../conditions';
import { diagnose, mergeConditionHistory } from '..';
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
  const facts = mergeConditionHistory(job(conditionAt('Train/Running', 9)), history, NOW);
  expect(facts.condition).toEqual({ stage: 'Eval', type: 'Waiting', since: NOW - 500 });
  expect([facts.completedWithoutData, facts.hasTrainedModel]).toEqual([{ Train: true }, false]);
  expect(facts.failures).toEqual([
    { window: 3600, failed: 1, completedRounds: 0 },
    { window: 86_400, failed: 2, completedRounds: 0 },
  ]);
  expect(diagnose(facts, NOW).findings.map(({ rule }) => rule)).toEqual(['report-lost']);
  // Three failures, and then a success.
  expect(facts.failuresInARow).toEqual({ Train: 0 });
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
