import type { KindName } from '../kinds';
import { judge, type Facts } from '.';
import { conditionAt, EVALUATED, job, lcLine, KEY, NOW, workerLine } from './facts/facts.fixture';

const verdictOf = (facts: Facts) => judge(facts, NOW).verdict;
const summaryOf = (facts: Facts) => judge(facts, NOW).summary;
const service: KindName = 'JointInferenceService';

const triggered = lcLine(900, `job(name=${KEY}) complete the Training phase`);
const samples = (count: number) => lcLine(300, `job(${KEY})'s current train samples nums is ${count}`);
const waiting = (change: Partial<Facts> = {}) =>
  job({ ...conditionAt('Train/Waiting', 900), workers: [], logs: [EVALUATED, triggered, samples(312)], ...change });
const crashing = { workers: [workerLine({ recentRestarts: 9, waitingReason: 'CrashLoopBackOff' })] };
const failing = { failures: [{ window: 3600, failed: 3, completedRounds: 0 }] };

describe('the verdict', () => {
  it('is working while a worker of a stage runs', () => {
    expect(judge(job(), NOW)).toEqual({
      object: job().object,
      at: NOW,
      verdict: 'working',
      since: NOW - 300,
      summary: { id: 'working', params: { stage: 'Train', condition: 'Running' } },
      findings: [],
      basis: 'observed',
      missing: [],
    });
  });

  it('is waiting in Train/Waiting, with the samples against the threshold', () => {
    const { verdict, progress, summary, since } = judge(waiting(), NOW);
    expect([verdict, since]).toEqual(['waiting', NOW - 900]);
    expect(progress).toEqual({ value: 312, of: 500, unit: 'samples' });
    expect(summary).toEqual({ id: 'waiting-for-samples', params: { unused: 312, threshold: 500, operator: '>' } });
  });

  it('is waiting without progress where the log lines do not reach back', () => {
    const { progress, summary } = judge(waiting({ logs: [EVALUATED, samples(312)] }), NOW);
    expect(progress).toBeUndefined();
    expect(summary.id).toBe('waiting-for-trigger');
  });

  it('is unknown where a needed worker is not seen while a part of kube-state-metrics is away', () => {
    const failed = { ...conditionAt('/Failed', 900), isIncomplete: true };
    expect(verdictOf(job({ ...failed, workers: [workerLine({ type: 'cloud' })] }, service))).toBe('unknown');
    expect(verdictOf(job({ ...failed, workers: [] }, 'FederatedLearningJob'))).toBe('unknown');
    const both = [workerLine({ type: 'cloud' }), workerLine({ type: 'edge', pod: 'dog-edge' })];
    expect(verdictOf(job({ ...failed, workers: both }, service))).toBe('healthy');
  });

  it('is working in Eval/Waiting, which a lifelong learning job leaves within seconds', () =>
    expect(verdictOf(job(conditionAt('Eval/Waiting', 5)))).toBe('working'));

  it('is waiting in Eval/Waiting of an incremental learning job, which has a trigger there', () =>
    expect(verdictOf(job({ ...conditionAt('Eval/Waiting', 5), workers: [] }, 'IncrementalLearningJob'))).toBe(
      'waiting'
    ));

  it('is stuck because of the worst finding, with its sentence', () => {
    const facts = job({ ...conditionAt('Train/Starting', 900), ...crashing });
    expect(verdictOf(facts)).toBe('stuck');
    expect(summaryOf(facts)).toEqual({ id: 'crash-loop', params: expect.objectContaining({ pod: 'dog-train-abcde' }) });
  });

  it('is failed rather than stuck', () =>
    expect(judge(job({ ...conditionAt('Train/Waiting', 900), ...crashing, ...failing }), NOW)).toMatchObject({
      verdict: 'failed',
      summary: { id: 'failing-loop' },
    }));

  it('is not failed while a worker of the stage runs again', () => {
    const { verdict, findings } = judge(job({ ...conditionAt('Train/Running', 60), ...failing }), NOW);
    expect(verdict).toBe('working');
    expect(findings.map(({ rule }) => rule)).toEqual(['failing-loop']);
  });

  it('is not failed while the global manager has yet to see that a worker succeeded', () => {
    const at = (ended: number) => {
      const workers = [workerLine({ phase: 'Succeeded', ended: NOW - ended })];
      return verdictOf(job({ ...conditionAt('Train/Running', 60), ...failing, workers }));
    };
    expect([at(1), at(90)]).toEqual(['working', 'failed']);
  });

  it('does not follow a finding that is younger than the patience of its rule', () => {
    const age = (seconds: number) =>
      verdictOf(
        job({ ...conditionAt('Eval/Waiting', seconds), completedWithoutData: { Train: true }, hasTrainedModel: false })
      );
    const unscheduled = (seconds: number) =>
      verdictOf(
        job({
          ...conditionAt('Train/Starting', seconds),
          workers: [workerLine({ phase: 'Pending', created: NOW - seconds, isUnschedulable: true })],
        })
      );
    expect([age(61), unscheduled(299), unscheduled(301)]).toEqual(['stuck', 'working', 'stuck']);
  });

  it('does not follow a warning of a rule that usually finds errors', () =>
    expect(
      verdictOf(
        job({
          ...conditionAt('Train/Starting', 590),
          workers: [workerLine({ phase: 'Pending', created: NOW - 1900 })],
        })
      )
    ).toBe('working'));

  it('of a service follows its condition', () => {
    const at = (state: string, change: Partial<Facts> = {}) =>
      verdictOf(job({ ...conditionAt(state, 900), ...change }, service));
    expect([at('/Pending'), at('/Running'), at('/Failed')]).toEqual(['waiting', 'healthy', 'failed']);
  });

  it('of a service that is only called Failed began at no known time', () => {
    const workers = [workerLine({ phase: 'Running', type: 'fe' })];
    const { verdict, since } = judge(job({ ...conditionAt('/Failed', 900), workers }, 'FeatureExtractionService'), NOW);
    expect([verdict, since]).toEqual(['healthy', undefined]);
  });

  it('of a dataset without findings is healthy', () =>
    expect(verdictOf(job({ condition: undefined, workers: undefined }, 'Dataset'))).toBe('healthy'));

  it('is unknown for an object that does not exist, whatever else is known', () =>
    expect(judge(job({ exists: false, ...failing }), NOW)).toMatchObject({
      verdict: 'unknown',
      summary: { id: 'not-found', params: {} },
    }));

  it('is unknown without any fact, and names the missing ones with their sources', () => {
    const { verdict, basis, missing, summary } = judge({ object: job().object }, NOW);
    expect([verdict, basis, summary.id]).toEqual(['unknown', 'partial', 'no-condition']);
    expect(missing).toContainEqual({ fact: 'condition', reason: 'kube-state-metrics' });
    expect(missing).toContainEqual({ fact: 'logs', reason: 'logs' });
  });
});

it('is based on part of the facts while a node is offline, and still has a verdict', () => {
  const nodes = [{ node: 'edge0', roles: [], leaseAge: 700, worstLeaseAge: 700 }];
  expect(judge(job({ nodes }), NOW)).toMatchObject({ verdict: 'working', basis: 'partial', missing: [] });
});
