import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { PROJECT_ROOT } from '../projectRoot';
import { getSnapshotKey } from './snapshotKey';

const createTree = () => {
  const root = mkdtempSync(path.join(tmpdir(), 'sedna-ops-key-'));
  const write = (file: string, content: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  };
  write('simulator/engine/world.ts', 'world');
  write('collection/rules.yaml', 'rules');
  const getKey = () => getSnapshotKey(root, ['simulator', 'collection']);
  return { root, write, getKey };
};

describe('getSnapshotKey', () => {
  it('is the same for the same sources, wherever they are', () => {
    assert.equal(createTree().getKey(), createTree().getKey());
    assert.match(createTree().getKey(), /^[0-9a-f]{12}$/);
    assert.equal(getSnapshotKey(PROJECT_ROOT), getSnapshotKey(PROJECT_ROOT));
  });

  it('changes when a file changes, is added, or is renamed', () => {
    const { root, write, getKey } = createTree();
    const keys = [getKey()];
    write('simulator/engine/world.ts', 'worlds');
    keys.push(getKey());
    write('simulator/engine/nodes.ts', '');
    keys.push(getKey());
    renameSync(path.join(root, 'collection', 'rules.yaml'), path.join(root, 'collection', 'rule.yaml'));
    keys.push(getKey());
    assert.equal(new Set(keys).size, keys.length, keys.join(' '));
  });

  it('stays when tests, documentation, build output, or other folders change', () => {
    const { write, getKey } = createTree();
    const key = getKey();
    write('simulator/engine/world.test.ts', 'test');
    write('collection/README.md', 'text');
    write('collection/node_modules/module.js', 'module');
    write('collection/dist/collection.js', 'built');
    write('src/module.tsx', 'app');
    assert.equal(getKey(), key);
  });
});
