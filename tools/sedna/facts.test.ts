import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SednaCheckout } from './checkout';
import { SEDNA_FACTS, type SednaFact } from './facts';
import { formatReleases } from './releaseTable';

const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-facts-'));
const git = (...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { stdio: 'pipe' });

function commit(files: Readonly<Record<string, string>>, tag: string): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', tag);
  git('tag', tag);
}

const fact = (name: string, text: SednaFact['text'], file: string): SednaFact => ({
  area: 'diagnosis',
  name,
  text,
  in: [file],
});
const FACTS = [
  fact('started', 'manager %s is started', 'cmd'),
  fact('renamed', ['old (%d)', 'new [%d]'], 'pkg'),
  fact('gone', 'will not be deploy', 'lib'),
  fact('gone.part', 'because', 'lib'),
];

describe('the facts that a checkout has', () => {
  before(() => {
    git('init', '--quiet');
    commit(
      { 'cmd/a.go': 'manager %s is started', 'pkg/b.go': 'old (%d)', 'lib/c.py': 'will not be deploy because' },
      'v0.9.0'
    );
    commit({ 'pkg/b.go': 'new [%d]', 'lib/c.py': 'dropped' }, 'v0.10.0');
  });
  after(() => rmSync(folder, { recursive: true }));
  const names = (ref: string) => new SednaCheckout(folder).findMissing(ref, FACTS).map(({ name }) => name);

  it('are those whose text, in one of its forms, is in their files at that commit', () => {
    assert.deepEqual(names('v0.9.0'), []);
    assert.deepEqual(names('HEAD'), ['gone', 'gone.part']);
    assert.throws(() => names('v0.11.0'), /git grep in v0.11.0/);
  });

  it('are listed by release, newest first', () => {
    const checkout = new SednaCheckout(folder);
    const releases = checkout.getReleases().map((name) => ({ name, missing: checkout.findMissing(name, FACTS) }));
    const text = formatReleases(FACTS, releases);
    assert.match(text, /^\| part of Sedna Ops \| v0\.10\.0 \| v0\.9\.0 \|$/m);
    assert.match(text, /^\| Log lines in the diagnosis \| 2 of 4 \| yes \|$/m);
    assert.match(text, /### v0\.10\.0\n\n- Log lines in the diagnosis: `gone`\n/);
  });

  it('have unique names within their area', () => {
    const keys = SEDNA_FACTS.map(({ area, name }) => `${area} ${name}`);
    assert.equal(new Set(keys).size, keys.length);
  });
});
