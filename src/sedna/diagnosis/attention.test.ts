import { getAttention, type AttentionInput } from './attention';

const job = (signatures: Partial<AttentionInput>): AttentionInput => ({
  kind: 'LifelongLearningJob',
  stage: 'Train',
  condition: 'Running',
  age: 30,
  ...signatures,
});

describe('a job needs attention', () => {
  it('while its newest condition is Failed', () =>
    expect(getAttention(job({ condition: 'Failed' }))).toEqual({ level: 'failing', reason: 'failed' }));

  it('while it is a service that has failed, as its workers confirm', () =>
    expect(
      getAttention(
        job({ kind: 'JointInferenceService', stage: '', condition: 'Failed', findings: ['condition-failed'] })
      )
    ).toEqual({ level: 'failing', reason: 'failed' }));

  it('after repeated failures, whatever its condition', () =>
    expect(getAttention(job({ condition: 'Waiting', findings: ['failing-loop'] }))).toEqual({
      level: 'failing',
      reason: 'failed-repeatedly',
    }));

  it('while an image cannot be pulled', () =>
    expect(getAttention(job({ condition: 'Starting', age: 61, waitingReason: 'ImagePullBackOff' }))).toEqual({
      level: 'stuck',
      reason: 'container-waiting',
    }));

  it('as soon as a worker is crash looping', () =>
    expect(getAttention(job({ waitingReason: 'CrashLoopBackOff' }))).toEqual({
      level: 'stuck',
      reason: 'container-waiting',
    }));

  it('while a container waits and the age of the condition is unknown', () =>
    expect(getAttention(job({ condition: '', age: undefined, waitingReason: 'ErrImagePull' })).level).toBe('stuck'));

  it.each([
    ['Train', 'Ready'],
    ['Train', 'Starting'],
    ['Eval', 'Waiting'],
    ['Deploy', 'Waiting'],
  ])('when %s/%s lasts longer than ten minutes', (stage, condition) =>
    expect(getAttention(job({ stage, condition, age: 601 }))).toEqual({ level: 'stuck', reason: 'no-progress' })
  );
});

it('a waiting container needs attention while only the node of the dataset is offline', () =>
  expect(getAttention(job({ waitingReason: 'ErrImagePull', age: 3600, silentNode: { node: 'e', age: 61 } }))).toEqual({
    level: 'stuck',
    reason: 'container-waiting',
  }));

describe('a job needs no attention', () => {
  it.each([
    ['waits 20 hours for samples', job({ condition: 'Waiting', age: 72000 })],
    ['trains for a day', job({ age: 86400 })],
    ['has a container that waits since just now', job({ waitingReason: 'ErrImagePull', age: 60 })],
    [
      'is a service with the status Failed that its workers do not confirm',
      job({ kind: 'JointInferenceService', stage: '', condition: 'Failed', findings: ['status-stale'] }),
    ],
    ['failed once and went on', job({ findings: ['stage-failed'] })],
    ['has just completed a round', job({ stage: 'Deploy', condition: 'Completed' })],
    ...(['Eval', 'Deploy'] as const).map((stage): [string, AttentionInput] => [
      `waits in ${stage} for triggers of its own`,
      job({ kind: 'IncrementalLearningJob', stage, condition: 'Waiting', age: 601 }),
    ]),
    ['is reported on by a silent node', job({ condition: 'Starting', age: 601, silentNode: { node: 'e', age: 61 } })],
    [
      'has a container that waits on a silent node',
      job({
        waitingReason: 'ErrImagePull',
        age: 3600,
        silentNode: { node: 'e', age: 61 },
        silentWorkerNode: { node: 'e', age: 61 },
      }),
    ],
    ['has just come to evaluation', job({ stage: 'Eval', condition: 'Waiting', age: 60 })],
  ])('when it %s', (_, signatures) => expect(getAttention(signatures)).toEqual({ level: 'none' }));
});
