import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(__dirname, '..', '..');
const SYMBOLIC_LINK = '120000';

const { status, stdout } = spawnSync('git', ['ls-files', '--stage'], { cwd: ROOT, encoding: 'utf8' });
const skip = status === 0 ? false : 'not a Git checkout';

describe('files in Git', () => {
  it('differ from each other, so that nothing is committed twice', { skip }, () => {
    const pathsByContent = new Map<string, string[]>();
    // Each line is "<mode> <hash> <stage>\t<path>".
    for (const [mode, hash, path] of stdout.split('\n').map((line) => line.split(/ |\t/).toSpliced(2, 1))) {
      if (hash && mode !== SYMBOLIC_LINK) {
        pathsByContent.set(hash, [...(pathsByContent.get(hash) ?? []), path]);
      }
    }
    assert.ok(pathsByContent.size > 0);
    assert.deepEqual(
      [...pathsByContent.values()].filter((paths) => paths.length > 1),
      [],
      'Keep one of the files and replace the others with relative symbolic links'
    );
  });
});
