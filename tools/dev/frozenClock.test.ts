import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { createClockScript, setPageClock, writePublicFolder } from './frozenClock';

const FROZEN_AT = new Date('2026-01-02T03:04:05Z');

/** A page that has run the script, with the given code evaluated in it. */
function evaluate(code: string): unknown {
  const page = createContext({});
  runInContext(createClockScript(FROZEN_AT), page);
  return runInContext(code, page);
}

const assertFrozen = (time: unknown) => {
  assert.ok(Number(time) >= FROZEN_AT.getTime() && Number(time) < FROZEN_AT.getTime() + 5_000, String(time));
};

describe('createClockScript', () => {
  it('starts every way to ask for the time at the frozen time', () => {
    assertFrozen(evaluate('Date.now()'));
    assertFrozen(evaluate('new Date().getTime()'));
    assert.match(String(evaluate('Date()')), /^Fri Jan 02 2026/);
  });

  it('lets time pass', () => {
    assert.equal(evaluate('const from = Date.now(); while (Date.now() - from < 20); true'), true);
  });

  it('leaves dates that are given, their methods, and their class alone', () => {
    assert.equal(evaluate('new Date(2020, 0, 1).getFullYear()'), 2020);
    assert.equal(evaluate('new Date(86400000).toISOString()'), '1970-01-02T00:00:00.000Z');
    assert.equal(evaluate('Date.UTC(1970, 0, 2)'), 86400000);
    assert.equal(evaluate("Date.parse('1970-01-02T00:00:00Z')"), 86400000);
    assert.equal(evaluate('new Date() instanceof Date && new Date().constructor === Date'), true);
    assert.equal(evaluate('class Day extends Date {}; new Day() instanceof Day'), true);
    assertFrozen(evaluate('class Now extends Date {}; new Now().getTime()'));
  });
});

describe('setPageClock', () => {
  it('puts the clock in front of all other scripts', () => {
    const page = setPageClock('<html><head lang="en"><script>boot()</script></head></html>', FROZEN_AT);
    assert.ok(page.startsWith('<html><head lang="en">'));
    assert.ok(page.indexOf('RealDate') < page.indexOf('boot()'));
  });

  it('refuses a page without a head', () => {
    assert.throws(() => setPageClock('<html></html>', FROZEN_AT), /has no <head>/);
  });
});

describe('writePublicFolder', () => {
  it('replaces the page alone and leaves the installed Grafana as it is', () => {
    const home = mkdtempSync(path.join(tmpdir(), 'sedna-ops-grafana-'));
    const folder = path.join(home, 'copy');
    mkdirSync(path.join(home, 'public', 'views'), { recursive: true });
    mkdirSync(path.join(home, 'public', 'build'));
    writeFileSync(path.join(home, 'public', 'views', 'index.html'), '<head></head>');
    writeFileSync(path.join(home, 'public', 'views', 'error.html'), 'error');
    writeFileSync(path.join(home, 'public', 'build', 'app.js'), 'app');

    writePublicFolder(home, folder, FROZEN_AT);
    writePublicFolder(home, folder, FROZEN_AT);

    assert.match(readFileSync(path.join(folder, 'views', 'index.html'), 'utf8'), /RealDate/);
    assert.equal(readFileSync(path.join(folder, 'views', 'error.html'), 'utf8'), 'error');
    assert.equal(readFileSync(path.join(folder, 'build', 'app.js'), 'utf8'), 'app');
    assert.equal(readFileSync(path.join(home, 'public', 'views', 'index.html'), 'utf8'), '<head></head>');
    assert.ok(existsSync(path.join(home, 'public', 'build', 'app.js')));
  });
});
