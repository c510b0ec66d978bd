import { getDropReason, isDroppingGoodTasks, getModelState } from './modelState';

describe('a model file', () => {
  const passed = { began: 200, passed: true, deployed: true };

  it.each([
    ['live where it was deployed after it passed', { trained: 100, evaluation: passed }, 'live'],
    [
      'passed while the deployment is not through',
      { trained: 100, evaluation: { ...passed, deployed: false } },
      'passed',
    ],
    ['dropped where it did not pass', { trained: 100, evaluation: { ...passed, passed: false } }, 'dropped'],
    ['superseded where it was trained again since', { trained: 300, evaluation: passed }, 'superseded'],
    [
      'not evaluated where the one that was dropped was trained again',
      { trained: 300, evaluation: { ...passed, passed: false } },
      'unevaluated',
    ],
    ['not evaluated where nothing tells', { trained: 100 }, 'unevaluated'],
    ['judged by the evaluation where no time is known', { evaluation: { passed: true, deployed: true } }, 'live'],
    ['at risk after a restart, whatever its score', { trained: 100, started: 150, evaluation: passed }, 'atRisk'],
    [
      'lost where one was missed after that',
      { trained: 100, started: 150, modelMissingAt: 160, evaluation: passed },
      'lost',
    ],
    ['not lost by what was missed before', { trained: 100, started: 150, modelMissingAt: 140 }, 'atRisk'],
    [
      'not lost where it was written after the restart',
      { trained: 160, started: 150, modelMissingAt: 170 },
      'unevaluated',
    ],
  ] as const)('is %s', (_, facts, state) => expect(getModelState(facts)).toBe(state));
});

describe('the reason of a drop', () => {
  const line = (text: string) =>
    `\u001b[33m[2026-11-27 07:24:44,303] cloud_knowledge_management.py(191) [WARNING]\u001b[0m - ${text}\u001b[0m`;

  it('is the rule that the line tells', () =>
    expect(getDropReason(line('Winter_4.0 will not be deploy because all scores > 0.1'))).toEqual({
      task: 'Winter_4.0',
      operator: '>',
      threshold: '0.1',
    }));

  it('is that of a task with any name', () =>
    expect(getDropReason(line('a "b" will scores < 1 will not be deploy because all scores < 0.5'))).toMatchObject({
      task: 'a "b" will scores < 1',
      operator: '<',
    }));

  it('is not in other lines', () => expect(getDropReason(line('Winter_4.0 scores: {}'))).toBeUndefined());

  it('is odd where good scores are dropped', () => {
    expect(isDroppingGoodTasks({ operator: '>' })).toBe(true);
    expect(isDroppingGoodTasks({ operator: '<' })).toBe(false);
  });
});
