import { panelData, createSample, toTableFrames, type Sample } from '../../test/mockGrafana';
import { componentRows, countByCondition, jobRows, nodeRows } from './rows';

const NOW = 1_700_000_000;
const answer = (answers: Record<string, Sample[]>) => panelData({ series: toTableFrames(answers) });
const fresh = (labels: Record<string, string>) => createSample(labels, NOW - 10);
const id = (namespace: string, name: string) => ({ namespace, name });
const condition = (namespace: string, name: string, stage: string, type: string) =>
  createSample({ namespace, name, stage, condition: type });

describe('jobRows', () => {
  it('puts failing jobs first, then stuck ones, then those that changed last', () => {
    const jobs = [id('a', 'old'), id('a', 'new'), id('a', 'stuck'), id('a', 'failed'), id('a', 'mute')];
    const rows = jobRows(
      answer({
        jobs: jobs.map(fresh),
        condition: [
          condition('a', 'old', 'Train', 'Running'),
          condition('a', 'new', 'Deploy', 'Completed'),
          condition('a', 'stuck', 'Eval', 'Starting'),
          condition('a', 'failed', 'Train', 'Failed'),
        ],
        since: [
          createSample(jobs[0], NOW - 5000),
          createSample(jobs[1], NOW - 10),
          createSample(jobs[2], NOW - 3600),
          createSample(jobs[3], NOW - 86400),
        ],
      }),
      NOW
    );
    expect(rows.map(({ name, attention }) => [name, attention.level])).toEqual([
      ['failed', 'failing'],
      ['stuck', 'stuck'],
      ['new', 'none'],
      ['old', 'none'],
      ['mute', 'none'],
    ]);
  });

  it('keeps jobs with the same name in two namespaces apart', () => {
    const rows = jobRows(
      answer({
        jobs: [fresh(id('a', 'dog')), fresh(id('b', 'dog'))],
        condition: [condition('a', 'dog', 'Train', 'Waiting'), condition('b', 'dog', 'Eval', 'Failed')],
        since: [createSample(id('a', 'dog'), NOW - 90), createSample(id('b', 'dog'), NOW - 30)],
        trouble: [
          createSample({ ...id('b', 'dog'), kind: 'LifelongLearningJob' }, 4),
          createSample({ ...id('a', 'dog'), kind: 'LifelongLearningJob', reason: 'ImagePullBackOff' }),
          createSample({ ...id('a', 'dog'), kind: 'LifelongLearningJob', rule: 'pod-pending', held: 'true' }),
          createSample({ ...id('b', 'dog'), kind: 'LifelongLearningJob', rule: 'stage-failed', held: 'true' }),
          createSample({}),
          createSample({ ...id('a', 'dog'), kind: 'ReidJob' }, 7),
        ],
      }),
      NOW
    );
    expect(rows).toEqual([
      {
        ...id('b', 'dog'),
        stage: 'Eval',
        condition: 'Failed',
        since: NOW - 30,
        failedWorkers: 4,
        findings: [{ rule: 'stage-failed', isHeld: true }],
        attention: { level: 'failing', rule: 'stage-failed' },
      },
      {
        ...id('a', 'dog'),
        stage: 'Train',
        condition: 'Waiting',
        since: NOW - 90,
        failedWorkers: 0,
        waitingReason: 'ImagePullBackOff',
        findings: [{ rule: 'pod-pending', isHeld: true }],
        attention: { level: 'stuck', rule: 'pod-pending' },
      },
    ]);
  });

  it('does not call a job stuck while the node of its workers or its dataset is offline', () => {
    const names = ['by-workers', 'by-dataset', 'stuck'];
    const rows = jobRows(
      answer({
        jobs: names.map((name) => createSample({ ...id('a', name), dataset: `${name}-data` })),
        condition: names.map((name) => condition('a', name, 'Train', 'Ready')),
        since: names.map((name) => createSample(id('a', name), NOW - 601)),
        silent: [
          createSample({ ...id('a', 'by-workers'), kind: 'LifelongLearningJob', node: 'edge-1' }, 61),
          createSample({ ...id('a', 'by-dataset-data'), kind: 'Dataset', node: 'edge-1' }, 61),
          createSample({ ...id('b', 'stuck'), kind: 'LifelongLearningJob', node: 'edge-1' }, 61),
        ],
      }),
      NOW
    );
    expect(rows.map(({ name, attention }) => [name, attention.level])).toEqual([
      ['stuck', 'stuck'],
      ['by-workers', 'none'],
      ['by-dataset', 'none'],
    ]);
  });

  it('shows a new job without a condition as healthy', () => {
    const [row] = jobRows(answer({ jobs: [createSample(id('a', 'dog'))], condition: [], since: [] }), NOW);
    expect(row).toMatchObject({ stage: '', condition: '', since: undefined, attention: { level: 'none' } });
  });

  it('leaves out deleted jobs whose last condition is still in Prometheus', () =>
    expect(jobRows(answer({ jobs: [], condition: [condition('a', 'dog', 'Train', 'Failed')] }), NOW)).toEqual([]));

  it('returns no rows without data', () => expect(jobRows(undefined, NOW)).toEqual([]));

  it('counts jobs by stage and condition', () => {
    const jobs = [id('a', 'x'), id('b', 'x'), id('a', 'y')];
    const rows = jobRows(
      answer({
        jobs: jobs.map((job) => createSample(job)),
        condition: [
          condition('a', 'x', 'Train', 'Running'),
          condition('b', 'x', 'Train', 'Running'),
          condition('a', 'y', 'Eval', 'Failed'),
        ],
      }),
      NOW
    );
    const counts = countByCondition(rows);
    expect(counts.get('Train')?.get('Running')).toBe(2);
    expect(counts.get('Eval')?.get('Failed')).toBe(1);
    expect(counts.get('Deploy')).toBeUndefined();
  });
});

describe('nodeRows', () => {
  it('puts nodes that are offline or never sent a heartbeat first', () => {
    const rows = nodeRows(
      answer({
        nodes: [
          createSample({ node: 'cloud', role: 'master' }),
          createSample({ node: 'cloud', role: 'control-plane' }),
          createSample({ node: 'edge-1', role: 'edge' }),
          createSample({ node: 'edge-0', role: 'agent' }),
          createSample({ lease: 'cloud' }, 3),
          createSample({ lease: 'edge-1' }, 900),
          createSample({ lease: 'edge-9' }, 40),
        ],
      })
    );
    expect(rows).toEqual([
      { node: 'edge-0', roles: ['agent'], age: undefined, offline: true },
      { node: 'edge-1', roles: ['edge'], age: 900, offline: true },
      { node: 'cloud', roles: ['control-plane', 'master'], age: 3, offline: false },
      { node: 'edge-9', roles: [], age: 40, offline: false },
    ]);
  });

  it('calls a node offline later than Kubernetes does, which is after 50 s', () => {
    const isOffline = (age: number) => nodeRows(answer({ nodes: [createSample({ lease: 'n' }, age)] }))[0].offline;
    expect([isOffline(0), isOffline(50), isOffline(60), isOffline(61)]).toEqual([false, false, false, true]);
  });
});

describe('componentRows', () => {
  it('returns components by name', () =>
    expect(
      componentRows(
        answer({
          components: [
            createSample({ pod: 'lc-1', phase: 'Pending' }),
            createSample({ pod: 'gm-0', phase: 'Running' }),
          ],
        })
      )
    ).toEqual([
      { pod: 'gm-0', phase: 'Running' },
      { pod: 'lc-1', phase: 'Pending' },
    ]));
});
