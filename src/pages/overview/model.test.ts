import { panelData, sample, tables, type Sample } from '../../test/grafana';
import { componentRows, countByCondition, jobRows, nodeRows } from './model';

const NOW = 1_700_000_000;
const answer = (answers: Record<string, Sample[]>) => panelData({ series: tables(answers) });
const id = (namespace: string, name: string) => ({ namespace, name });
const condition = (namespace: string, name: string, stage: string, type: string) =>
  sample({ namespace, name, stage, condition: type });

describe('jobs', () => {
  it('stand in the order of who needs a person, then of the last change', () => {
    const jobs = [id('a', 'old'), id('a', 'new'), id('a', 'stuck'), id('a', 'failed'), id('a', 'mute')];
    const rows = jobRows(
      answer({
        jobs: jobs.map((job) => sample(job)),
        condition: [
          condition('a', 'old', 'Train', 'Running'),
          condition('a', 'new', 'Deploy', 'Completed'),
          condition('a', 'stuck', 'Eval', 'Starting'),
          condition('a', 'failed', 'Train', 'Failed'),
        ],
        since: [
          sample(jobs[0], NOW - 5000),
          sample(jobs[1], NOW - 10),
          sample(jobs[2], NOW - 3600),
          sample(jobs[3], NOW - 86400),
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
        jobs: [sample(id('a', 'dog')), sample(id('b', 'dog'))],
        condition: [condition('a', 'dog', 'Train', 'Waiting'), condition('b', 'dog', 'Eval', 'Failed')],
        since: [sample(id('a', 'dog'), NOW - 90), sample(id('b', 'dog'), NOW - 30)],
        trouble: [
          sample({ ...id('b', 'dog'), kind: 'LifelongLearningJob' }, 4),
          sample({ ...id('a', 'dog'), kind: 'LifelongLearningJob', reason: 'ImagePullBackOff' }),
          sample({ ...id('a', 'dog'), kind: 'ReidJob' }, 7),
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
        jobs: names.map((name) => sample({ ...id('a', name), dataset: `${name}-data` })),
        condition: names.map((name) => condition('a', name, 'Train', 'Ready')),
        since: names.map((name) => sample(id('a', name), NOW - 601)),
        silent: [
          sample({ ...id('a', 'by-workers'), kind: 'LifelongLearningJob', node: 'edge-1' }, 61),
          sample({ ...id('a', 'by-dataset-data'), kind: 'Dataset', node: 'edge-1' }, 61),
          sample({ ...id('b', 'stuck'), kind: 'LifelongLearningJob', node: 'edge-1' }, 61),
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
    const [row] = jobRows(answer({ jobs: [sample(id('a', 'dog'))], condition: [], since: [] }), NOW);
    expect(row).toMatchObject({ stage: '', condition: '', since: undefined, attention: { level: 'none' } });
  });

  it('that are gone are not shown, also while their last condition still is in Prometheus', () =>
    expect(jobRows(answer({ jobs: [], condition: [condition('a', 'dog', 'Train', 'Failed')] }), NOW)).toEqual([]));

  it('are none while there is no answer', () => expect(jobRows(undefined, NOW)).toEqual([]));

  it('are counted by stage and condition', () => {
    const jobs = [id('a', 'x'), id('b', 'x'), id('a', 'y')];
    const rows = jobRows(
      answer({
        jobs: jobs.map((job) => sample(job)),
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
          sample({ node: 'cloud', role: 'master' }),
          sample({ node: 'cloud', role: 'control-plane' }),
          sample({ node: 'edge-1', role: 'edge' }),
          sample({ node: 'edge-0', role: 'agent' }),
          sample({ lease: 'cloud' }, 3),
          sample({ lease: 'edge-1' }, 900),
          sample({ lease: 'edge-9' }, 40),
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
    const stale = (age: number) => nodeRows(answer({ nodes: [sample({ lease: 'n' }, age)] }))[0].stale;
    expect([stale(0), stale(50), stale(60), stale(61)]).toEqual([false, false, false, true]);
  });
});

it('lists the components by name', () =>
  expect(
    componentRows(
      answer({ components: [sample({ pod: 'lc-1', phase: 'Pending' }), sample({ pod: 'gm-0', phase: 'Running' })] })
    )
  ).toEqual([
    { pod: 'gm-0', phase: 'Running' },
    { pod: 'lc-1', phase: 'Pending' },
  ]));
