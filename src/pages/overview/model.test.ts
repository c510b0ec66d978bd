import { panelData, createSample, toTableFrames, type Sample } from '../../test/mockGrafana';
import { componentRows, countByCondition, jobRows, nodeRows } from './model';

const NOW = 1_700_000_000;
const answer = (answers: Record<string, Sample[]>) => panelData({ series: toTableFrames(answers) });
const id = (namespace: string, name: string) => ({ namespace, name });
const condition = (namespace: string, name: string, stage: string, type: string) =>
  createSample({ namespace, name, stage, condition: type });

describe('jobs', () => {
  it('stand in the order of who needs a person, then of the last change', () => {
    const jobs = [id('a', 'old'), id('a', 'new'), id('a', 'stuck'), id('a', 'failed'), id('a', 'mute')];
    const rows = jobRows(
      answer({
        jobs: jobs.map((job) => createSample(job)),
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

  it('of one name in two namespaces stay apart', () => {
    const rows = jobRows(
      answer({
        jobs: [createSample(id('a', 'dog')), createSample(id('b', 'dog'))],
        condition: [condition('a', 'dog', 'Train', 'Waiting'), condition('b', 'dog', 'Eval', 'Failed')],
        since: [createSample(id('a', 'dog'), NOW - 90), createSample(id('b', 'dog'), NOW - 30)],
        trouble: [
          createSample({ ...id('b', 'dog'), kind: 'LifelongLearningJob' }, 4),
          createSample({ ...id('a', 'dog'), kind: 'LifelongLearningJob', reason: 'ImagePullBackOff' }),
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
        attention: { level: 'failing', reason: 'failed' },
      },
      {
        ...id('a', 'dog'),
        stage: 'Train',
        condition: 'Waiting',
        since: NOW - 90,
        failedWorkers: 0,
        waitingReason: 'ImagePullBackOff',
        attention: { level: 'stuck', reason: 'container-waiting' },
      },
    ]);
  });

  it('of which a silent node tells, by their workers or their dataset, are not called stuck', () => {
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

  it('that were just made have no condition and need nobody', () => {
    const [row] = jobRows(answer({ jobs: [createSample(id('a', 'dog'))], condition: [], since: [] }), NOW);
    expect(row).toMatchObject({ stage: '', condition: '', since: undefined, attention: { level: 'none' } });
  });

  it('that are gone are not shown, also while their last condition still is in Prometheus', () =>
    expect(jobRows(answer({ jobs: [], condition: [condition('a', 'dog', 'Train', 'Failed')] }), NOW)).toEqual([]));

  it('are none while there is no answer', () => expect(jobRows(undefined, NOW)).toEqual([]));

  it('are counted by stage and condition', () => {
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

describe('nodes', () => {
  it('that are silent or were never heard of come first', () => {
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
      { node: 'edge-0', roles: ['agent'], age: undefined, stale: true },
      { node: 'edge-1', roles: ['edge'], age: 900, stale: true },
      { node: 'cloud', roles: ['control-plane', 'master'], age: 3, stale: false },
      { node: 'edge-9', roles: [], age: 40, stale: false },
    ]);
  });

  it('are silent later than Kubernetes gives them up, which is after 50 s', () => {
    const stale = (age: number) => nodeRows(answer({ nodes: [createSample({ lease: 'n' }, age)] }))[0].stale;
    expect([stale(0), stale(50), stale(60), stale(61)]).toEqual([false, false, false, true]);
  });
});

it('lists the components by name', () =>
  expect(
    componentRows(
      answer({
        components: [createSample({ pod: 'lc-1', phase: 'Pending' }), createSample({ pod: 'gm-0', phase: 'Running' })],
      })
    )
  ).toEqual([
    { pod: 'gm-0', phase: 'Running' },
    { pod: 'lc-1', phase: 'Pending' },
  ]));
