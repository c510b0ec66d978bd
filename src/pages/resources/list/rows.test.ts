import fc from 'fast-check';
import { panelData, createSample, toTableFrames, type Sample } from '../../../test/mockGrafana';
import { parseSearch, quoteSearch } from '../../../sedna/search';
import { allStaleSince, filterRows, isSortColumn, resourceRows, sortRows, type ResourceRow } from './rows';

const NOW = 1_700_000_000;
const object = (kind: string, namespace: string, name: string) => ({ kind, namespace, name });
const job = (namespace: string, name: string) => object('LifelongLearningJob', namespace, name);

function rows(answers: Record<string, Sample[]>): ResourceRow[] {
  const timeRange = { to: { valueOf: () => NOW * 1000 } } as never;
  return resourceRows(panelData({ series: toTableFrames(answers), timeRange }));
}
const fresh = (labels: Record<string, string>) => createSample(labels, NOW - 10);
const keys = (all: readonly ResourceRow[]) => all.map(({ key }) => key);

describe('resourceRows', () => {
  it('joins by kind, namespace, and name and sorts by namespace, name, and kind', () => {
    const all = rows({
      objects: [
        fresh(job('b', 'dog')),
        fresh(object('Dataset', 'a', 'dog')),
        fresh(job('a', 'dog-10')),
        fresh(job('a', 'dog-9')),
        fresh(job('a', 'dog')),
      ],
      states: [
        createSample({ ...job('a', 'dog'), stage: 'Train', condition: 'Running' }, NOW - 60),
        createSample({ ...job('b', 'dog'), stage: 'Eval', condition: 'Completed' }, NOW - 30),
        createSample(object('Dataset', 'a', 'dog'), NOW - 3600),
      ],
      details: [createSample({ ...object('Dataset', 'a', 'dog'), field: 'samples' }, 320)],
    });
    expect(keys(all)).toEqual([
      'Dataset/a/dog',
      'LifelongLearningJob/a/dog',
      'LifelongLearningJob/a/dog-9',
      'LifelongLearningJob/a/dog-10',
      'LifelongLearningJob/b/dog',
    ]);
    expect(all[0]).toMatchObject({ condition: '', since: NOW - 3600, numbers: { samples: 320 } });
    expect(all[1]).toMatchObject({ stage: 'Train', condition: 'Running', since: NOW - 60, numbers: {} });
    expect(all[2]).toMatchObject({ stage: '', condition: '', since: undefined, attention: { level: 'none' } });
    expect(all[4]).toMatchObject({ stage: 'Eval', condition: 'Completed', since: NOW - 30 });
  });

  it('returns one row for an object that two clusters or two kube-state-metrics report', () =>
    expect(rows({ objects: ['east', 'west'].map((cluster) => fresh({ ...job('a', 'dog'), cluster })) })).toHaveLength(
      1
    ));

  it('tells a number of zero from a missing number and has the phase', () => {
    const fl = object('FederatedLearningJob', 'a', 'yolo');
    const [row] = rows({
      objects: [fresh(fl)],
      details: [
        createSample({ ...fl, field: 'phase', phase: 'Running' }),
        createSample({ ...fl, field: 'active_workers' }, 3),
        createSample({ ...fl, field: 'failed_workers' }, 0),
      ],
    });
    expect(row).toMatchObject({ phase: 'Running', numbers: { active_workers: 3, failed_workers: 0 } });
    expect(row.numbers.succeeded_workers).toBeUndefined();
  });

  it('judges attention by the recorded findings of the same kind', () => {
    const all = rows({
      objects: [job('a', '1'), job('a', '2'), job('a', '3'), object('ReidJob', 'a', '1')].map(fresh),
      states: [
        createSample({ ...job('a', '1'), stage: 'Train', condition: 'Failed' }, NOW - 100),
        createSample({ ...job('a', '2'), stage: 'Eval', condition: 'Ready' }, NOW - 800),
        createSample({ ...job('a', '3'), stage: 'Train', condition: 'Running' }, NOW - 86400),
        createSample({ ...object('ReidJob', 'a', '1'), condition: 'Starting' }, NOW - 86400),
      ],
      trouble: [
        createSample({ ...job('a', '1'), rule: 'stage-failed', held: 'true' }),
        createSample({ ...job('a', '2'), rule: 'no-progress', held: 'true' }),
        createSample({ ...job('a', '3'), rule: 'pod-pending', held: 'true' }),
        createSample({ ...job('a', '3'), reason: 'ImagePullBackOff' }),
        createSample(object('Model', 'a', '1'), 9),
        createSample({}),
      ],
    });
    expect(all.map(({ key, attention }) => [key, attention.level, attention.rule])).toEqual([
      ['LifelongLearningJob/a/1', 'failing', 'stage-failed'],
      ['ReidJob/a/1', 'none', undefined],
      ['LifelongLearningJob/a/2', 'stuck', 'no-progress'],
      ['LifelongLearningJob/a/3', 'stuck', 'pod-pending'],
    ]);
  });

  it('judges attention by conditions where no findings are recorded, and not while a node of the object is offline', () => {
    const il = object('IncrementalLearningJob', 'a', 'il');
    const ji = object('JointInferenceService', 'a', 'ji');
    const ready = (labels: Record<string, string>) =>
      createSample({ ...labels, stage: 'Train', condition: 'Ready' }, NOW - 601);
    const all = rows({
      objects: [fresh(il), fresh(ji), fresh({ ...job('a', '1'), dataset: 'steps' }), fresh(job('a', '2'))],
      states: [
        createSample({ ...il, stage: 'Deploy', condition: 'Waiting' }, NOW - 601),
        createSample({ ...ji, condition: 'Running' }, NOW - 601),
        ready(job('a', '1')),
        ready(job('a', '2')),
      ],
      silent: [
        createSample({ ...object('Dataset', 'a', 'steps'), node: 'edge-1' }, 61),
        createSample({ ...job('a', '2'), node: 'edge-1' }, 61),
      ],
    });
    expect(all.map(({ name, attention }) => [name, attention.level])).toEqual([
      ['1', 'none'],
      ['2', 'none'],
      ['il', 'none'],
      ['ji', 'none'],
    ]);
  });

  it('judges outdated samples by nothing that depends on the newest ones', () => {
    const stale = (age: number) => {
      const [row] = rows({
        objects: [createSample(job('a', '1'), NOW - age)],
        trouble: [createSample({ ...job('a', '1'), rule: 'pod-gone', held: 'true' }), createSample({})],
      });
      return row.attention.level;
    };
    expect([stale(10), stale(151)]).toEqual(['stuck', 'none']);
  });

  it('marks rows of offline nodes and rows with stale samples', () => {
    const all = rows({
      objects: [fresh(job('a', '1')), createSample(job('a', '2'), NOW - 200), fresh(job('a', '3'))],
      silent: [createSample({ ...job('a', '1'), node: 'edge-1' }, 7200)],
    });
    expect(all.map(({ staleness }) => staleness)).toEqual([
      { state: 'offline', node: 'edge-1', since: NOW - 7200 },
      { state: 'stale', since: NOW - 200 },
      { state: 'fresh' },
    ]);
    expect(allStaleSince(all)).toBeUndefined();
    expect(allStaleSince([all[1]])).toBe(NOW - 200);
    expect(allStaleSince([])).toBeUndefined();
  });

  it('leaves out kinds that Sedna does not have', () =>
    expect(rows({ objects: [fresh(object('__proto__', 'a', 'x'))] })).toEqual([]));
  it('returns no rows without data', () => expect(resourceRows(undefined)).toEqual([]));
});

describe('filterRows', () => {
  const all = rows({
    objects: [job('a', 'dog-robot'), job('a', 'dog'), job('b', 'cat'), object('Model', 'b', 'dog')].map(fresh),
  });
  const found = (text: string, namespace = '', starred: string[] = []) =>
    keys(filterRows(all, { namespace, search: parseSearch(text), starred: new Set(starred) }));

  it('filters by the exact namespace and by the search', () => {
    expect(found('', 'b')).toEqual(['LifelongLearningJob/b/cat', 'Model/b/dog']);
    expect(found('', 'B')).toEqual([]);
    expect(found('dog', 'b')).toEqual(['Model/b/dog']);
    expect(found('kind:model')).toEqual(['Model/b/dog']);
    expect(found('is:starred', '', ['Model/b/dog', 'Model/b/gone'])).toEqual(['Model/b/dog']);
  });

  it('puts rows whose name is exactly the search text first', () =>
    expect(found('dog')).toEqual(['LifelongLearningJob/a/dog', 'Model/b/dog', 'LifelongLearningJob/a/dog-robot']));

  it('finds an object by its quoted name, whatever characters it has', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }), { maxLength: 8 }),
        (names) => {
          const named = rows({ objects: names.map((name) => fresh(job('a', name))) });
          for (const name of names) {
            const [first, ...others] = filterRows(named, {
              namespace: 'a',
              search: parseSearch(quoteSearch(name)),
              starred: new Set(),
            });
            expect(first.name).toBe(name);
            for (const other of others) {
              expect(other.name.toLowerCase().includes(name.toLowerCase()) || other.name.includes(name)).toBe(true);
            }
          }
        }
      ),
      { numRuns: 50 }
    ));
});

describe('sortRows', () => {
  const all = rows({
    objects: [job('a', 'x'), job('a', 'y'), job('a', 'z')].map(fresh),
    states: [
      createSample({ ...job('a', 'y'), stage: 'Train', condition: 'Running' }, NOW - 9),
      createSample({ ...job('a', 'z'), stage: 'Train', condition: 'Failed' }, NOW - 1000),
    ],
  });
  const names = (...sort: Array<Parameters<typeof sortRows>[1]>) =>
    sortRows(all, sort[0])
      .map(({ name }) => name)
      .join('');

  it('sorts by number and puts rows without one last in both directions', () => {
    expect(names({ by: 'since', descending: false })).toBe('zyx');
    expect(names({ by: 'since', descending: true })).toBe('yzx');
  });

  it('puts failing rows first when sorted by status', () =>
    expect(names({ by: 'status', descending: false })[0]).toBe('z'));
  it('sorts text in reverse and keeps the order without a sort', () => {
    expect(names({ by: 'name', descending: true })).toBe('zyx');
    expect(names()).toBe('xyz');
  });

  it('accepts only names of columns', () =>
    expect(['since', 'constructor', '__proto__', ''].map(isSortColumn)).toEqual([true, false, false, false]));
});
