import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fetchText, ProcessGroup, startLoki, type ManagedProcess } from '../../tools/engines';
import { buildRangeParams, toLinePage, type LokiStreams } from '../../src/data/logs/logEntries';
import { createTemporaryFolder } from './support/folder';

/** Searches lines as long as those of the global manager in a real Loki with the shipped configuration. */

const COUNT = 500;
const LENGTH = 35_000;
const PUSHED_AT_ONCE = 50;

const stack = new ProcessGroup();
let loki: ManagedProcess;
const start = BigInt(Date.now() - 60_000) * 1_000_000n;

before(async () => {
  loki = await stack.add(startLoki({ dir: createTemporaryFolder() }));
  for (let from = 0; from < COUNT; from += PUSHED_AT_ONCE) {
    const values = Array.from({ length: PUSHED_AT_ONCE }, (_, index) => [
      String(start + BigInt(from + index)),
      `${from + index} `.padEnd(LENGTH, 'x'),
    ]);
    const response = await fetch(`${loki.url}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ streams: [{ stream: { namespace: 'sedna', pod: 'gm-a', container: 'gm' }, values }] }),
    });
    assert.equal(response.status, 204);
  }
});
after(() => stack.stop());

test('a page of long lines is one response', async () => {
  const params = buildRangeParams({
    expr: '{namespace="sedna"}',
    start,
    end: start + BigInt(COUNT),
    limit: COUNT,
    direction: 'backward',
  });
  const response = await fetchText(`${loki.url}/loki/api/v1/query_range?${new URLSearchParams(params)}`);
  const { entries } = toLinePage(JSON.parse(response) as LokiStreams, 'backward');
  assert.equal(entries.length, COUNT);
  assert.ok(entries.every(({ text }) => text.length === LENGTH));
});
