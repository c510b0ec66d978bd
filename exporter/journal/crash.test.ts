/** An exporter that is killed after entries are written, and before that is saved: the next one writes them again. */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { job, roundSteps, type Step } from '../cluster/extract/jobs.fixture';
import { parseAll, TestJournal, type TestObject } from './testUtils';

const toVersions = (histories: ReadonlyArray<readonly Step[]>): TestObject[] =>
  histories.map((history, index) => {
    const object = job('demo', history);
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(index + 1) } };
  });

const steps = roundSteps(1).slice(0, 5);
const withoutData: Step[] = [...steps.slice(0, 4), ['Train', 'Completed', 301]];

/** A report that is overwritten, comes back, is overwritten again, and conditions that are lost and appended again. */
const VERSIONS = toVersions([
  steps.slice(0, 4),
  steps,
  withoutData,
  steps,
  withoutData,
  steps.slice(0, 3),
  steps.slice(0, 4),
  steps.slice(0, 3),
  steps.slice(0, 4),
]);

async function run(
  objects: readonly TestObject[],
  lines: string[],
  file: string,
  kill?: { at: number; missed: number }
) {
  let journal = new TestJournal({ file, lines });
  await journal.list([objects[0].kind], []);
  for (let index = 0; index < objects.length; index++) {
    if (index === kill?.at) {
      journal.killBeforeSave();
      await journal.apply('MODIFIED', objects[index]);
      index = Math.min(index + kill.missed, objects.length - 1);
      journal = new TestJournal({ file, lines });
      await journal.list([objects[0].kind], [objects[index]]);
    } else {
      await journal.apply('MODIFIED', objects[index]);
    }
  }
}

const createFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'sedna-ops-crash-')), 'progress');

describe('a journal that is killed between write and save', () => {
  it('has every replaced and lost condition once', async () => {
    const uninterrupted: string[] = [];
    await run(VERSIONS, uninterrupted, createFile());
    const expected = parseAll(uninterrupted).entries;
    assert.equal(expected.filter(({ what }) => what === 'condition-replaced').length, 3);
    assert.equal(expected.filter(({ what }) => what === 'conditions-lost').length, 2);
    assert.equal(new Set(expected.map(({ id }) => id)).size, expected.length);
    for (const at of VERSIONS.keys()) {
      const lines: string[] = [];
      await run(VERSIONS, lines, createFile(), { at, missed: 0 });
      const { entries, repeats } = parseAll(lines);
      assert.ok(repeats > 0, `nothing was written twice when it was killed at version ${at + 1}`);
      assert.deepEqual(
        entries.map(({ id, what }) => `${what} ${id}`),
        expected.map(({ id, what }) => `${what} ${id}`),
        `killed at version ${at + 1}`
      );
    }
  });

  it('has a replaced condition once also when the object has changed before the next start', async () => {
    const objects = toVersions([steps, withoutData, [...withoutData, ['Eval', 'Waiting', 302]]]);
    const lines: string[] = [];
    await run(objects, lines, createFile(), { at: 1, missed: 1 });
    const { entries } = parseAll(lines);
    assert.equal(entries.filter(({ what }) => what === 'condition-replaced').length, 1);
    assert.equal(entries.filter(({ what }) => what === 'condition').length, 6);
  });

  it('has a change of the status once, and again when it happens again', async () => {
    const objects = ['Pending', 'Running', 'Pending', 'Running'].map((phase, index) => ({
      kind: 'FederatedLearningJob',
      metadata: { namespace: 'default', name: 'demo', uid: 'u', resourceVersion: String(index + 1) },
      spec: {},
      status: { phase },
    }));
    const lines: string[] = [];
    await run(objects, lines, createFile(), { at: 1, missed: 0 });
    const phases = parseAll(lines).entries.flatMap((entry) =>
      entry.what === 'status' ? entry.fields.filter(({ path: field }) => field === 'status.phase') : []
    );
    assert.deepEqual(
      phases.map(({ after }) => after),
      ['Pending', 'Running', 'Pending', 'Running']
    );
  });
});
