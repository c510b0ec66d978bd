import { getAttention, type AttentionInput } from './attention';

/** Findings that have held for as long as their rules ask for. */
const held = (...rules: string[]) => rules.map((rule) => ({ rule, isHeld: true }));

const job = (change: Partial<AttentionInput> = {}): AttentionInput => ({
  kind: 'LifelongLearningJob',
  stage: 'Train',
  condition: 'Running',
  age: 30,
  findings: [],
  ...change,
});
const service = (rule: string) =>
  job({ kind: 'JointInferenceService', stage: '', condition: 'Failed', age: 600, findings: held(rule) });

describe('a job needs attention', () => {
  it('while its stage has failed and no other try runs', () =>
    expect(getAttention(job({ condition: 'Failed', findings: held('stage-failed') }))).toEqual({
      level: 'failing',
      rule: 'stage-failed',
    }));

  it('while it is a service that has failed, as its workers confirm', () =>
    expect(getAttention(service('condition-failed'))).toEqual({ level: 'failing', rule: 'condition-failed' }));

  it.each(['Waiting', 'Starting', 'Running'])('after repeated failures, also while another try is %s', (condition) =>
    expect(getAttention(job({ condition, findings: held('failing-loop') }))).toEqual({
      level: 'failing',
      rule: 'failing-loop',
    })
  );

  it('while a container cannot start, for a reason that Kubernetes gives', () =>
    expect(
      getAttention(job({ condition: 'Starting', waitingReason: 'ImagePullBackOff', findings: held('pod-pending') }))
    ).toEqual({ level: 'stuck', rule: 'pod-pending' }));

  it.each(['crash-loop', 'pod-gone', 'report-lost', 'dataset-missing', 'no-progress'])(
    'while Prometheus records %s',
    (rule) => expect(getAttention(job({ findings: held(rule) }))).toEqual({ level: 'stuck', rule })
  );

  it('rather because it fails than because it is stuck', () =>
    expect(getAttention(job({ condition: 'Waiting', findings: held('dataset-missing', 'failing-loop') }))).toEqual({
      level: 'failing',
      rule: 'failing-loop',
    }));

  it('once a finding, or the condition that it is about, is as old as the patience of the rule', () => {
    const young = [{ rule: 'pod-gone', isHeld: false }];
    expect(getAttention(job({ age: 119, findings: young }))).toEqual({ level: 'none' });
    expect(getAttention(job({ age: 120, findings: young })).level).toBe('stuck');
    expect(getAttention(job({ age: undefined, findings: young })).level).toBe('stuck');
    expect(getAttention(job({ age: 0, findings: held('pod-gone') })).level).toBe('stuck');
  });

  it('because of its outdated data no longer, but because of what does not depend on that', () => {
    const findings = held('no-progress', 'pod-gone', 'global-manager-unresponsive');
    expect(getAttention(job({ findings, isStale: true }))).toEqual({ level: 'none' });
    expect(getAttention(job({ findings: [...findings, ...held('crash-loop')], isStale: true })).rule).toBe(
      'crash-loop'
    );
  });
});

describe('a job needs no attention', () => {
  it.each([
    ['waits 20 hours for samples', job({ condition: 'Waiting', age: 72000 })],
    ['trains for a day', job({ age: 86400 })],
    ['has a pending pod that may just be slow', job({ condition: 'Starting', findings: held('pod-pending') })],
    ['is a service with the status Failed that its workers do not confirm', service('status-stale')],
    ['failed once and runs again', job({ findings: held('stage-failed') })],
    ['is long in a condition without a recorded finding', job({ condition: 'Ready', age: 3600 })],
    ['has a finding that no list knows', job({ findings: held('inference-silent') })],
    [
      'is reported on by an offline node, although a finding was recorded before',
      job({ condition: 'Starting', findings: held('no-progress'), silentNode: { node: 'e', age: 61 } }),
    ],
  ])('when it %s', (_, input) => expect(getAttention(input)).toEqual({ level: 'none' }));
});

describe('where Prometheus records no findings, the condition decides', () => {
  const unrecorded = (change: Partial<AttentionInput>) => job({ findings: undefined, ...change });

  it('on a failed stage, after the patience of its rule', () => {
    expect(getAttention(unrecorded({ condition: 'Failed', age: 60 }))).toEqual({
      level: 'failing',
      rule: 'stage-failed',
    });
    expect(getAttention(unrecorded({ condition: 'Failed', age: 59 }))).toEqual({ level: 'none' });
  });

  it.each([
    ['Train', 'Ready'],
    ['Train', 'Starting'],
    ['Eval', 'Waiting'],
    ['Deploy', 'Waiting'],
  ])('on %s/%s for longer than ten minutes', (stage, condition) =>
    expect(getAttention(unrecorded({ stage, condition, age: 601 }))).toEqual({ level: 'stuck', rule: 'no-progress' })
  );

  it.each([
    ['waits in Eval for triggers of its own', unrecorded({ kind: 'IncrementalLearningJob', stage: 'Eval', age: 601 })],
    ['has just come to evaluation', unrecorded({ stage: 'Eval', condition: 'Waiting', age: 60 })],
    [
      'is reported on by an offline node',
      unrecorded({ condition: 'Starting', age: 601, silentNode: { node: 'e', age: 61 } }),
    ],
    ['has no condition', unrecorded({ stage: '', condition: '', age: undefined })],
  ])('and a job that %s needs no attention', (_, input) => expect(getAttention(input)).toEqual({ level: 'none' }));
});
