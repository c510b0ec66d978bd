import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { findBinary } from '../../tools/engines';
import { FILES } from '../../collection/alloy/files';
import { createTemporaryFolder } from './support/folder';

/** Checks the syntax of the Alloy configuration. Alloy itself can't be built from a Go module, but its parser can. */

const check = (file: string) => spawnSync(findBinary('alloysyntax'), [file], { encoding: 'utf8' });

for (const { path: file } of FILES) {
  test(`${path.basename(file)} has valid Alloy syntax`, () => {
    const { status, stderr } = check(file);
    assert.equal(status, 0, stderr);
  });
}

test('invalid Alloy syntax fails with file, line, and column', () => {
  const file = path.join(createTemporaryFolder(), 'wrong.alloy');
  writeFileSync(file, 'loki.write "a" {\n  endpoint {\n');
  const { status, stderr } = check(file);
  assert.equal(status, 1);
  assert.match(stderr, /wrong\.alloy:\d+:\d+/);
});
