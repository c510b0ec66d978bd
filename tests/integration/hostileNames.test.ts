import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { ProcessGroup, startLoki, startPrometheus, type ManagedProcess } from '../../tools/engines';
import { formatExposition, formatLabels } from '../../exporter/http/exposition';
import { logLines, logVolume } from '../../src/query/logs/logql';
import { buildSelector } from '../../src/query/promql';
import { contains, equals, oneOf } from '../../src/query/escape';
import { createTemporaryFolder } from './support/folder';
import { waitForSeries, queryLoki, queryPrometheus } from './support/queries';

/** Names with characters of strings, selectors, and patterns. Each must find only itself. */
const HOSTILE = [
  'plain',
  'pla.n',
  'PLAIN+',
  '"',
  '\\',
  '\\"',
  '`',
  '{}',
  '"} or up{x="',
  '"} |= "',
  'a|b',
  '.*',
  '(?i)x',
  '[0-9]+',
  '$1 ${x} $__all [[y]]',
  'two\nlines',
  'tab\tand\rreturn',
  'null\u0000byte',
  '\ufeffbom',
  'üñï çødé 漢字',
  '😀',
  "it's",
  '# comment',
  '%s %00 &amp; <b>',
];

const stack = new ProcessGroup();
const dir = createTemporaryFolder();
let target: Server;
let prometheus: ManagedProcess;
let loki: ManagedProcess;

before(async () => {
  const samples = HOSTILE.map((name, value) => ({ labels: formatLabels(['namespace', 'name'], ['n', name]), value }));
  target = createServer((_, response) =>
    response
      .setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8')
      .end(formatExposition([{ name: 'sedna_custom_hostile', help: 'two\nlines \\ and a backslash', samples }]))
  );
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const { port } = target.address() as AddressInfo;
  prometheus = await stack.add(startPrometheus({ dir, exporterUrl: `http://127.0.0.1:${port}` }));
  loki = await stack.add(startLoki({ dir }));
});
after(async () => {
  await stack.stop();
  target.close();
});

test('a PromQL selector finds exactly the object with the name', async (context) => {
  await waitForSeries(context, 'the series', async () => {
    const series = await queryPrometheus(prometheus.url, 'sedna_custom_hostile');
    return series.length === HOSTILE.length;
  });
  for (const [index, name] of HOSTILE.entries()) {
    const expected = [{ labels: { namespace: 'n', name }, value: index }];
    const ask = (query: string) => queryPrometheus(prometheus.url, query);
    assert.deepEqual(await ask(buildSelector('sedna_custom_hostile', [equals('name', name)])), expected);
    const either = buildSelector('sedna_custom_hostile', [oneOf('name', [name, 'absent'])]);
    assert.deepEqual(await ask(either), expected, either);
    const found = await ask(buildSelector('sedna_custom_hostile', [contains('name', name)]));
    assert.ok(
      found.some(({ labels }) => labels.name === name),
      `contains ${JSON.stringify(name)}`
    );
  }
});

test('a LogQL query finds exactly the lines with the pod and text', async (context) => {
  await push(HOSTILE.map((name) => ({ pod: name, line: `the text >${name}< ends` })));
  await waitForSeries(context, 'the lines', async () => {
    const streams = await queryLoki(loki.url, '{namespace="hostile"}');
    return streams.length === HOSTILE.length;
  });
  for (const name of HOSTILE) {
    const line = `the text >${name}< ends`;
    const inNamespace = [equals('namespace', 'hostile')];
    const ask = async (query: string) => (await queryLoki(loki.url, query)).flatMap(({ lines }) => lines);
    assert.deepEqual(await ask(logLines({ matchers: [equals('pod', name)] })), [line]);
    assert.deepEqual(await ask(logLines({ matchers: [...inNamespace, oneOf('pod', [name, 'absent'])] })), [line]);
    const keywords = [{ text: `>${name}<`, matchCase: true }];
    assert.deepEqual(await ask(logLines({ matchers: inNamespace, keywords })), [line]);
    const anyCase = [{ text: `>${name}<` }];
    assert.deepEqual(await ask(logLines({ matchers: inNamespace, keywords: anyCase })), [line]);
    const others = await ask(logLines({ matchers: inNamespace, keywords: [{ text: `>${name}<`, exclude: true }] }));
    assert.equal(others.length, HOSTILE.length - 1);
    await ask(logVolume({ matchers: [equals('pod', name)], keywords: anyCase }, '1m'));
  }
});

/** Pushes lines to Loki like the log collector, which can't read all of these names from a path. */
async function push(entries: Array<{ pod: string; line: string }>): Promise<void> {
  const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
  const body = {
    resourceLogs: entries.map(({ pod, line }) => ({
      resource: { attributes: [attribute('namespace', 'hostile'), attribute('pod', pod)] },
      scopeLogs: [{ logRecords: [{ timeUnixNano: `${Date.now()}000000`, body: { stringValue: line } }] }],
    })),
  };
  const response = await fetch(`${loki.url}/otlp/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 204, await response.text());
}
