import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { getStoredBytes, writeLogRuleHistory } from './logRules';

const dir = mkdtempSync(path.join(tmpdir(), 'sedna-ops-log-rules-'));
const rulesFile = path.join(dir, 'rules.yaml');
const out = path.join(dir, 'history.txt');
const requests: URLSearchParams[] = [];
let reply: { status: number; body: string };
const server = createServer((request, response) => {
  requests.push(new URL(request.url ?? '', 'http://loki').searchParams);
  response.writeHead(reply.status).end(reply.body);
});
let lokiUrl: string;

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  lokiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  rmSync(dir, { recursive: true, force: true });
});

const rules = (interval: string) =>
  writeFileSync(
    rulesFile,
    `groups: [{ name: g, interval: ${interval}, rules: [{ record: sedna_log_x, expr: 'x [1m]' }] }]`
  );
const write = () =>
  writeLogRuleHistory({ lokiUrl, rulesFile, from: new Date(1_000_000), to: new Date(1_200_000), outputFile: out });

test('writeLogRuleHistory queries each rule at its interval and writes an OpenMetrics family', async () => {
  rules('1m');
  const result = [
    {
      metric: { task: 'a "b"\\\nc' },
      values: [
        [1020, '0.5'],
        [1080, '1'],
      ],
    },
  ];
  reply = { status: 200, body: JSON.stringify({ data: { result } }) };
  assert.deepEqual(await write(), { series: 1, samples: 2 });
  assert.deepEqual(Object.fromEntries(requests.at(-1)!), { query: 'x [1m]', start: '1020', end: '1200', step: '60' });
  assert.equal(
    readFileSync(out, 'utf8'),
    '# TYPE sedna_log_x unknown\n' +
      'sedna_log_x{task="a \\"b\\"\\\\\\nc"} 0.5 1020\n' +
      'sedna_log_x{task="a \\"b\\"\\\\\\nc"} 1 1080\n' +
      '# EOF\n'
  );
});

test('writeLogRuleHistory fails with the rule and the response of Loki', async () => {
  reply = { status: 400, body: 'parse error' };
  await assert.rejects(write(), /400 for x \[1m\]: parse error/);
  rules('1h30m');
  await assert.rejects(write(), /not 1h30m/);
});

test('getStoredBytes counts the bytes that Loki stores', () => {
  assert.equal(getStoredBytes('ü\r'), 2);
  assert.equal(getStoredBytes('a\rb'), 3);
});
