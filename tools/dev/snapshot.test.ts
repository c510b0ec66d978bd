import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { createDraftFolder, findSnapshot, removeOldSnapshots } from './snapshot';

const DAY_MS = 24 * 3_600_000;
const NOW = Date.parse('2026-02-01T00:00:00Z');

function createParent() {
  const parent = mkdtempSync(path.join(tmpdir(), 'sedna-ops-snapshots-'));
  const add = (key: string, record?: string) => {
    mkdirSync(path.join(parent, key));
    if (record !== undefined) {
      writeFileSync(path.join(parent, key, 'snapshot.json'), record);
    }
  };
  const addFrozen = (key: string, days: number) =>
    add(key, JSON.stringify({ frozenAt: new Date(NOW - days * DAY_MS).toISOString() }));
  return { parent, add, addFrozen };
}

describe('findSnapshot', () => {
  it('finds the snapshot with the key', () => {
    const { parent, addFrozen } = createParent();
    addFrozen('a', 1);
    addFrozen('b', 2);
    const frozenAt = new Date(NOW - 2 * DAY_MS);
    assert.deepEqual(findSnapshot(parent, 'b', NOW), { folder: path.join(parent, 'b'), frozenAt });
    assert.equal(findSnapshot(parent, 'c', NOW), undefined);
  });

  it('finds nothing where no snapshot was ever created', () => {
    assert.equal(findSnapshot('/nowhere', 'a', NOW), undefined);
  });

  for (const record of [undefined, '', '{"frozenAt":', '{}', '{"frozenAt":"yesterday"}', 'null']) {
    it(`ignores a snapshot whose record is ${record === undefined ? 'missing' : `"${record}"`}`, () => {
      const { parent, add } = createParent();
      add('a', record);
      assert.equal(findSnapshot(parent, 'a', NOW), undefined);
    });
  }

  it('ignores a snapshot that Loki would soon delete', () => {
    const { parent, addFrozen } = createParent();
    addFrozen('a', 21);
    assert.equal(findSnapshot(parent, 'a', NOW), undefined);
  });
});

describe('removeOldSnapshots', () => {
  it('keeps the three newest, and removes ones without a record first', () => {
    const { parent, add, addFrozen } = createParent();
    addFrozen('oldest', 4);
    addFrozen('old', 3);
    add('unfinished');
    addFrozen('new', 2);
    addFrozen('newest', 1);
    removeOldSnapshots(parent);
    assert.deepEqual(readdirSync(parent).sort(), ['new', 'newest', 'old']);
    assert.ok(existsSync(path.join(parent, 'newest', 'snapshot.json')));
  });
});

describe('createDraftFolder', () => {
  it('leaves the draft of a running process alone, and removes the draft of one that ended', () => {
    const { parent, add } = createParent();
    const running = String(process.ppid);
    const { pid: ended } = spawnSync(process.execPath, ['-e', '']);
    add(running);
    add(String(ended), 'half');
    const folder = createDraftFolder(parent);
    assert.deepEqual(readdirSync(parent).sort(), [running, String(process.pid)].sort());
    assert.deepEqual(readdirSync(folder), []);
  });
});
