import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { formatCriLines, LogFiles } from './logFiles';

const AT = Date.parse('2026-11-24T03:00:00.123Z');

test('formatCriLines writes a line in CRI format', () => {
  assert.equal(
    formatCriLines(AT, 456789, 'stdout', 'line').toString(),
    '2026-11-24T03:00:00.123456789Z stdout F line\n'
  );
});

test('formatCriLines splits a line over 16 KiB, and marks all parts but the last as partial', () => {
  const parts = formatCriLines(AT, 1, 'stderr', 'x'.repeat(2 * 16384 + 1))
    .toString()
    .split('\n');
  assert.deepEqual(
    parts.map((part) => [part.slice(31, 39), part.length]),
    [
      ['stderr P', 40 + 16384],
      ['stderr P', 40 + 16384],
      ['stderr F', 41],
      ['', 0],
    ]
  );
});

test("formatCriLines doesn't split a line of 16 KiB", () => {
  assert.match(formatCriLines(AT, 1, 'stdout', 'x'.repeat(16384)).toString(), /^\S+ stdout F x{16384}\n$/);
});

test('LogFiles writes the layout of /var/log/pods with one root per node', (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'log-files-'));
  t.after(() => rmSync(root, { recursive: true }));
  const files = new LogFiles(root);
  const source = {
    node: 'edge0',
    namespace: 'default',
    pod: 'a-train-x7k2p',
    uid: 'u-1',
    container: 'train-worker',
    restart: 2,
  };
  const stream = 'stderr' as const;
  files.add({ type: 'log', at: AT, time: AT, ...source, stream, line: 'one' });
  files.flush();
  files.add({ type: 'log', at: AT, time: AT, ...source, stream, line: 'two' });
  files.flush();
  const file = path.join(root, 'edge0/pods/default_a-train-x7k2p_u-1/train-worker/2.log');
  assert.match(readFileSync(file, 'utf8'), /^\S+ stderr F one\n\S+ stderr F two\n$/);
});

test('LogFiles names a file by the uid in the API server, and keeps that of the first line', () => {
  const uids = new Map([['u-1', 's-1']]);
  const files = new LogFiles('/logs', (uid) => uids.get(uid));
  const getFolder = (uid: string) => {
    const source = { node: 'edge0', namespace: 'default', pod: 'p', uid, container: 'c', restart: 0 };
    const file = files.getPath({ type: 'log', at: AT, time: AT, ...source, stream: 'stderr', line: '' });
    return path.basename(path.dirname(path.dirname(file)));
  };
  assert.deepEqual(['u-1', 'u-2'].map(getFolder), ['default_p_s-1', 'default_p_u-2']);
  uids.set('u-2', 's-2');
  assert.equal(getFolder('u-2'), 'default_p_u-2');
});
