import { formatJudgement } from './formatJudgement';

describe('formatJudgement', () => {
  it.each([
    ['>', 'Waiting for more than 60 unused samples, 12 so far'],
    ['ge', 'Waiting for at least 60 unused samples, 12 so far'],
    ['!=', 'Waiting for samples: 12 unused, training starts at != 60'],
  ])('tells how many samples the operator %s needs', (operator, text) =>
    expect(
      formatJudgement({ summary: { id: 'waiting-for-samples', params: { unused: 12, threshold: 60, operator } } })
    ).toBe(text)
  );

  it('names the pod that failed', () =>
    expect(
      formatJudgement({ summary: { id: 'condition-failed', params: { problem: 'ended', pod: 'v-train-abcde' } } })
    ).toBe('Worker pod v-train-abcde failed'));
});
