import type { JournalEntry } from '../../sedna/journal';
import { entryOf, journalCondition } from '../../sedna/journal/journal.fixture';
import { toChangeRows } from './changes';
import { toSampleSteps } from './exactSamples';

const T0 = Date.UTC(2026, 10, 30, 5);
const at = (second: number) => T0 + second * 1000;
const RANGE = { from: at(0), to: at(100) };

const pod = { name: 'demo-train-a', uid: 'p', node: 'edge-1', worker: 'train' };

describe('toChangeRows', () => {
  it('lists changes newest first, without conditions and what is outside of the time range', () => {
    const entries = [
      entryOf('created', -5, {}),
      entryOf('condition', 1, { condition: journalCondition(0, 'Train', 'Waiting', 1) }),
      entryOf('changed', 2, { fields: [{ path: 'spec.dataset.name', before: 'a', after: 'b' }] }),
      entryOf('pod-ended', 3, {
        pod,
        phase: 'Failed',
        reason: 'Error',
        containers: [{ container: 'train', exitCode: 137, reason: 'OOMKilled' }],
      }),
      entryOf('deleted', 4, { away: true }),
    ];
    expect(toChangeRows(entries, RANGE).map(({ time, title, details }) => [time, title, ...details])).toEqual([
      [at(4), 'Deleted', 'While the exporter was away, so the time is when it noticed'],
      [
        at(3),
        'Pod demo-train-a failed',
        'Error',
        'Container train ended with exit code 137 · OOMKilled',
        'Worker: train',
        'Node: edge-1',
      ],
      [at(2), 'Spec changed', 'spec.dataset.name: a → b'],
    ]);
  });

  it('shows what changed in a row of the knowledge base', () => {
    const row = (body: object) =>
      entryOf('knowledge-base', 1, { item: 'samples', key: 'Winter', change: 'changed', ...body }) as JournalEntry;
    const [changed, removed] = toChangeRows(
      [
        row({ item: 'task', change: 'removed', before: { attributes: '["Winter"]', attributesHash: 'ab' } }),
        row({ before: { samples: 10, updated: 1 }, after: { samples: 20, updated: 2 } }),
      ],
      RANGE
    );
    expect([changed.title, changed.details]).toEqual(['Samples of task Winter changed', ['samples: 10 → 20']]);
    expect([removed.title, removed.details]).toEqual(['Task Winter removed', ['attributes: ["Winter"]']]);
  });
});

describe('toSampleSteps', () => {
  const samples = (second: number, before: number | undefined, after: number | undefined) =>
    entryOf('samples', second, { before, after });

  it('begins with the number before the time range, and ends with the last one', () =>
    expect(toSampleSteps([samples(-9, 1, 2), samples(10, 2, 5), samples(200, 5, 9)], RANGE)).toEqual([
      [at(0), 2],
      [at(10), 5],
      [at(100), 5],
    ]));

  it('takes the number before the first report from that report', () =>
    expect(toSampleSteps([samples(10, 2, 5)], RANGE)[0]).toEqual([at(0), 2]));

  it('draws a number that did not change in the time range', () =>
    expect(toSampleSteps([samples(-9, 1, 2)], RANGE)).toEqual([
      [at(0), 2],
      [at(100), 2],
    ]));

  it('ends with the deletion of the dataset, and has nothing without a report', () => {
    expect(toSampleSteps([samples(10, undefined, 5), entryOf('deleted', 20, {})], RANGE)).toEqual([
      [at(10), 5],
      [at(20), null],
    ]);
    expect(toSampleSteps([entryOf('created', 1, {})], RANGE)).toEqual([]);
  });
});
