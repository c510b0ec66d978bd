import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { getBinaryFolder } from '../../tools/engines';
import { FILES } from '../../collection/alloy/files';
import { createTemporaryFolder } from './support/folder';

/** Checks the syntax of the Alloy configuration. Alloy itself can't be built from a Go module, but its parser can. */

const MODULE = path.join(__dirname, '..', '..', 'tools', 'engines', 'modules', 'alloysyntax');
const checker = path.join(getBinaryFolder(), 'alloysyntax');
const skip = spawnSync('go', ['version']).status === 0 ? false : 'Go is missing, which builds the parser of Alloy';

before(() => {
  if (skip === false) {
    mkdirSync(getBinaryFolder(), { recursive: true });
    const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-trimpath -buildvcs=false -mod=readonly' };
    execFileSync('go', ['build', '-o', checker, '.'], { cwd: MODULE, env });
  }
});

const check = (file: string) => spawnSync(checker, [file], { encoding: 'utf8' });

for (const { path: file } of FILES) {
  test(`${path.basename(file)} has valid Alloy syntax`, { skip }, () => {
    const { status, stderr } = check(file);
    assert.equal(status, 0, stderr);
  });
}

test('invalid Alloy syntax fails with file, line, and column', { skip }, () => {
  const file = path.join(createTemporaryFolder(), 'wrong.alloy');
  writeFileSync(file, 'loki.write "a" {\n  endpoint {\n');
  const { status, stderr } = check(file);
  assert.equal(status, 1);
  assert.match(stderr, /wrong\.alloy:\d+:\d+/);
});
