import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Progress, type ProgressChange } from './progress';

const createFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'sedna-ops-progress-')), 'progress');

function open(file: string | undefined, minGrowthBytes?: number) {
  const errors: string[] = [];
  return { progress: new Progress({ file, onError: (message) => errors.push(message), minGrowthBytes }), errors };
}

const change = (key: string, version: number, list?: number[], from?: number): ProgressChange => ({
  key,
  get: () => ({ state: { version }, ...(list && { list }) }),
  from,
});

describe('progress', () => {
  it('is as it was saved after a restart', () => {
    const file = createFile();
    const first = open(file).progress;
    assert.equal(first.savedAtMs, undefined);
    first.save([change('a', 1, [1, 2]), change('b', 1)]);
    first.save([change('a', 2, [1, 2, 3], 2)]);
    first.save([change('a', 3, [1, 9], 1), { key: 'b' }, change('c', 1)]);
    const { saved, savedAtMs } = open(file).progress;
    assert.deepEqual(
      [...saved],
      [
        ['a', { state: { version: 3 }, list: [1, 9] }],
        ['c', { state: { version: 1 }, list: [] }],
      ]
    );
    assert.ok(Math.abs(savedAtMs! - Date.now()) < 60_000);
    // The second start has rewritten the file.
    assert.deepEqual([...open(file).progress.saved], [...saved]);
  });

  it('appends only the part of a list that differs', () => {
    const file = createFile();
    const { progress } = open(file);
    const list = Array.from({ length: 5_000 }, (_, index) => index);
    progress.save([change('a', 1, list)]);
    const before = statSync(file).size;
    progress.save([change('a', 2, [...list, 5_000], 5_000)]);
    assert.ok(statSync(file).size - before < 100);
  });

  it('loses only the last line when a crash cuts the file', () => {
    const file = createFile();
    open(file).progress.save([change('a', 1)]);
    appendFileSync(file, '{"k":"b","s":{"ver');
    const { progress, errors } = open(file);
    assert.deepEqual([...progress.saved.keys()], ['a']);
    assert.deepEqual(errors, []);
    progress.save([change('c', 1)]);
    assert.deepEqual([...open(file).progress.saved.keys()], ['a', 'c']);
  });

  it('starts anew with a file of another version or of something else', () => {
    for (const content of ['{"v":2}\n{"k":"a","s":{}}\n', 'text', '']) {
      const file = createFile();
      writeFileSync(file, content);
      const { progress, errors } = open(file);
      assert.equal(progress.saved.size, 0);
      assert.equal(progress.savedAtMs, undefined);
      assert.match(errors[0], /version/);
    }
  });

  it('stays small while the same keys change', () => {
    const file = createFile();
    const { progress } = open(file, 1_000);
    for (let version = 0; version < 1_000; version++) {
      progress.save([change('a', version)]);
    }
    assert.ok(statSync(file).size < 2_000, String(statSync(file).size));
    assert.deepEqual(open(file).progress.saved.get('a')?.state, { version: 999 });
  });

  it('makes up for saves that failed', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-progress-'));
    const file = path.join(folder, 'progress');
    // A folder in the place of the file fails every write, also for root.
    mkdirSync(file);
    const { progress, errors } = open(file);
    progress.save([change('a', 1)]);
    progress.save([change('b', 1)]);
    assert.ok(errors.length >= 2);
    rmdirSync(file);
    progress.touch();
    assert.deepEqual([...open(file).progress.saved.keys()], ['a', 'b']);
  });

  it('keeps nothing without a file', () => {
    const { progress, errors } = open(undefined);
    progress.save([change('a', 1)]);
    progress.touch();
    assert.deepEqual(errors, []);
    assert.equal(progress.saved.size, 0);
  });

  it('can only be read by its owner', () => {
    const file = createFile();
    open(file);
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.match(readFileSync(file, 'utf8'), /^\{"v":1\}\n$/);
  });
});
