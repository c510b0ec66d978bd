import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fetchText, ProcessGroup, startLoki, waitFor, type ManagedProcess } from '../../tools/engines';
import {
  buildPatternParams,
  toPatterns,
  type LokiPatterns,
  type LogPattern,
} from '../../src/pages/logs/patterns/logPatterns';
import { logLines, buildStreamSelector } from '../../src/query/logs/logql';
import { buildPatternRegex } from '../../src/query/logs/logPatterns';
import { equals, quote } from '../../src/query/escape';
import { createTemporaryFolder } from './support/folder';
import { queryLoki } from './support/queries';

/** Checks that the patterns of a real Loki find exactly the lines that they were detected in. */

const ESC = '\x1b';
const COUNT = 50;
const LINE_KINDS: Record<string, (index: number) => string> = {
  color: (index) =>
    `${ESC}[32m[2026-11-23 18:45:${10 + (index % 50)},055] seen_task_learning.py(253) [INFO]${ESC}[0m - MTL Train start ${index} : Autumn_${index}.0`,
  'color up to the end': (index) =>
    `${ESC}[33m[2026-11-23 18:45:${10 + (index % 50)},055] client.py(259) [WARNING] - Try to upload file Winter_${index}.0${ESC}[0m`,
  klog: (index) =>
    `I1123 08:41:26.${100_000 + index}       1 context.go:184] write key lifelonglearningjob/default/job to node edge-${index} successfully`,
  traceback: (index) =>
    `Traceback (most recent call last):\n  File "eval.py", line ${index}, in main\nKeyError: ${index}`,
  special: (index) => `said "quoted" $x ${index} (a+b) [c] | \\d`,
};
const matchers = [equals('namespace', 'patterns')];
const stack = new ProcessGroup();
let loki: ManagedProcess;
let patterns: LogPattern[];

async function fetchPatterns(): Promise<LogPattern[]> {
  const now = Date.now();
  const search = new URLSearchParams(buildPatternParams(buildStreamSelector(matchers), now - 600_000, now + 60_000));
  return toPatterns(JSON.parse(await fetchText(`${loki.url}/loki/api/v1/patterns?${search}`)) as LokiPatterns);
}

before(async () => {
  loki = await stack.add(startLoki({ dir: createTemporaryFolder() }));
  const start = BigInt(Date.now() - 60_000) * 1_000_000n;
  const lines = Object.values(LINE_KINDS).flatMap((createLine) =>
    Array.from({ length: COUNT }, (_, index) => createLine(index))
  );
  const values = lines.map((line, index) => [String(start + BigInt(index) * 1_000_000n), line]);
  const response = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      streams: [{ stream: { namespace: 'patterns', pod: 'a-train-x7k2p', container: 'c', node: 'n' }, values }],
    }),
  });
  assert.equal(response.status, 204);
  await waitFor('the patterns of all lines', async () => {
    patterns = await fetchPatterns();
    return patterns.reduce((sum, { count }) => sum + count, 0) >= lines.length;
  });
});
after(() => stack.stop());

for (const [name, createLine] of Object.entries(LINE_KINDS)) {
  test(`lines of ${name} that differ in numbers share a pattern, which finds only them`, async () => {
    const plain = createLine(0).replaceAll(new RegExp(`${ESC}\\[[0-9;]*m`, 'g'), '');
    const own = patterns.filter(
      ({ text }) => text.includes('<_>') && new RegExp(buildPatternRegex(text).replace('(?s-i:', '(?s:')).test(plain)
    );
    assert.equal(own.length, 1, JSON.stringify(patterns, null, 1));
    const keyword = { text: buildPatternRegex(own[0].text), isPattern: true };
    const found = async (query: string) => (await queryLoki(loki.url, query)).flatMap(({ lines }) => lines).sort();
    const included = await found(logLines({ matchers, keywords: [keyword] }));
    assert.equal(included.length, own[0].count);
    // The pattern filter of Loki.
    const byLoki = `${buildStreamSelector(matchers)} | decolorize | __error__="" |> ${quote(own[0].text)}`;
    assert.deepEqual(included, await found(byLoki));
    const excluded = await found(logLines({ matchers, keywords: [{ ...keyword, exclude: true }] }));
    assert.equal(included.length + excluded.length, COUNT * Object.keys(LINE_KINDS).length);
  });
}
