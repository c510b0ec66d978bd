import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KindName } from '../../../src/sedna/kinds';
import { NO_RECORDING, readRecordedVersions } from '../../../src/sedna/recording.fixture';
import { renderFamilies } from '../objectSeries';
import { ObjectStore } from '../objectStore';
import { job, model, roundSteps, type Step } from './jobs.fixture';

/** Puts versions of jobs into a store and returns the counted losses, by labels, without zeros. */
function countLosses(kind: KindName, versions: readonly object[]) {
  const lost: string[] = [];
  const objects = new ObjectStore(kind, (cause, where) => cause === 'conditions_lost' && lost.push(where));
  versions.forEach((object) => objects.put(object));
  const text = [...renderFamilies(objects.snapshot())].join('');
  const lines = [
    ...text.matchAll(/^sedna_job_conditions_lost_total\{.*name="([^"]+)".*stage="(\w+)",data="(\w+)"\} (\d+)$/gm),
  ];
  const counts = lines.filter(([, , , , count]) => count !== '0').map(([, name, ...rest]) => [name, ...rest].join(' '));
  return { lost, counts, series: lines.length };
}

const report = { output: { models: [model('/output/train/1/index.pkl')] } };
const versionsOf = (...histories: Step[][]) => histories.map((steps) => job('j', steps));

test('an entry that another one replaces is lost', () => {
  const running = roundSteps(1).slice(0, 4);
  const { counts, lost } = countLosses(
    'LifelongLearningJob',
    versionsOf(
      running,
      [...running, ['Train', 'Completed', 300, report]],
      [...running, ['Train', 'Completed', 301]],
      [...running, ['Train', 'Completed', 301], ['Eval', 'Waiting', 301]]
    )
  );
  assert.deepEqual(counts, ['j Train true 1']);
  assert.deepEqual(lost, ['default/j']);
});

test('what is appended to a long history is no loss', () => {
  const rounds = Array.from({ length: 40 }, (_, index) => roundSteps(index + 1, index * 600)).flat();
  const histories = Array.from({ length: rounds.length }, (_, index) => rounds.slice(0, index + 1));
  assert.deepEqual(countLosses('LifelongLearningJob', versionsOf(...histories)).counts, []);
  assert.deepEqual(countLosses('LifelongLearningJob', versionsOf(rounds.slice(0, 13), rounds)).counts, []);
  const [ready, ...rest] = rounds.slice(-12);
  const cut = [...rounds.slice(0, -12), ...rest];
  assert.equal(ready[1], 'Ready');
  assert.deepEqual(countLosses('LifelongLearningJob', versionsOf(rounds, cut)).counts, ['j Train true 1']);
});

test('a job that was made anew has lost nothing', () => {
  const { counts, series } = countLosses('LifelongLearningJob', [
    job('j', roundSteps(1)),
    job('j', roundSteps(1).slice(0, 2), 'another'),
  ]);
  assert.deepEqual(counts, []);
  assert.equal(series, 6);
});

test('each recorded loss is counted', { skip: NO_RECORDING }, () => {
  const lost = (['LifelongLearningJob', 'IncrementalLearningJob'] as const).flatMap((kind) => {
    // A job that was made anew counts on, so that its first losses stay.
    const versions = readRecordedVersions(kind).map(({ object: { metadata, ...rest } }) => ({
      ...rest,
      metadata: { ...metadata, name: metadata.uid },
    }));
    return countLosses(kind, versions).counts.map((line) => line.split(' '));
  });
  const sum = (of: typeof lost) => of.reduce((total, [, , , count]) => total + Number(count), 0);
  // 29 entries were replaced by another of their stage and type, and once the list became shorter by one.
  assert.equal(sum(lost), 30);
  // Eight reports of workers, and the entry that was lost when the list became shorter.
  assert.equal(sum(lost.filter(([, , data]) => data === 'true')), 9);
});
