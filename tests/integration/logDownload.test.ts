import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ProcessGroup, startLoki, waitFor, type ManagedProcess } from '../../tools/engines';
import { fetchLogContext, fetchMoreContext } from '../../src/pages/logs/context/fetchLogContext';
import {
  createLineDownload,
  TimestampLimitError,
  type DownloadOptions,
} from '../../src/pages/logs/download/lineDownload';
import { LINE_FORMATS, type LineFormat } from '../../src/pages/logs/download/lineFormats';
import { contextLines } from '../../src/query/logs/logContext';
import { logLines } from '../../src/query/logs/logql';
import { equals } from '../../src/query/escape';
import {
  toLinePage,
  buildRangeParams,
  toRfc3339,
  type FetchLogLines,
  type LogEntry,
} from '../../src/data/logs/logEntries';
import { parseLogOrigin } from '../../src/sedna/logs';
import { createTemporaryFolder } from './support/folder';

/** Downloads all lines of a range, and the context of a line, and compares them with the written lines. */

const LINES = 100_000;
const PODS = 25;
/** Lines per timestamp. It doesn't divide 5,000, so every page ends within a timestamp. */
const LINES_PER_TIMESTAMP = 37;
const HOUR_NS = 3_600_000_000_000n;
const RANGE_NS = 5n * HOUR_NS;
const GROUP_INTERVAL_NS = 100_000_000n;

const first = BigInt(Date.now()) * 1_000_000n - RANGE_NS - HOUR_NS + 123_456n;
const groups = Math.ceil(LINES / LINES_PER_TIMESTAMP);
/** Returns the time of a line. Lines are dense in one hour and sparse in others. */
const getTime = (index: number) => {
  const group = BigInt(Math.floor(index / LINES_PER_TIMESTAMP));
  return (
    first +
    group * GROUP_INTERVAL_NS +
    (group > 2000n ? ((group - 2000n) * (RANGE_NS - 2n * HOUR_NS)) / BigInt(groups - 2000) : 0n)
  );
};
const HOSTILE = [
  'plain',
  'comma, and "quotes"',
  '=HYPERLINK("http://x")',
  "'quoted",
  '  - indented',
  'Traceback (most recent call last):\n  File "a.py"\nKeyError: 1',
  'carriage\rreturn 漢字 😀',
  '2026-11-24T08:00:00.000000000Z other-pod forged',
];
const getText = (index: number) => `${HOSTILE[index % HOSTILE.length]} #${index}`;

interface Written {
  time: bigint;
  pod: string;
  container: string;
  text: string;
}
const written: Written[] = Array.from({ length: LINES }, (_, index) => ({
  time: getTime(index),
  pod: `bulk-train-${String(index % PODS).padStart(5, '0')}`,
  container: index % 3 === 0 ? 'init' : 'worker',
  text: getText(index),
}));
const getKey = ({ time, pod, container, text }: Written) => `${time} ${pod} ${container} ${text}`;
const sorted = (entries: readonly Written[]) => entries.map(getKey).sort();

const expr = logLines({ matchers: [equals('namespace', 'bulk')] });
const stack = new ProcessGroup();
let loki: ManagedProcess;

before(async () => {
  loki = await stack.add(startLoki({ dir: createTemporaryFolder() }));
  for (let from = 0; from < LINES; from += 5000) {
    await push(written.slice(from, from + 5000));
  }
  await waitFor('all lines', async () => {
    const search = new URLSearchParams({ query: `sum(count_over_time({namespace="bulk"}[12h]))` });
    const response = await fetch(`${loki.url}/loki/api/v1/query?${search}`);
    const { data } = (await response.json()) as { data: { result: Array<{ value: [number, string] }> } };
    return Number(data.result[0]?.value[1]) === LINES;
  });
});
after(() => stack.stop());

async function push(lines: readonly Written[]): Promise<void> {
  const streams = Map.groupBy(lines, ({ pod, container }) => JSON.stringify({ pod, container }));
  const response = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      streams: [...streams].map(([labels, of]) => ({
        stream: { namespace: 'bulk', node: 'edge-1', ...JSON.parse(labels) },
        // Half of the lines have colors, which the query removes.
        values: of.map(({ time, text }) => [String(time), time % 2n === 0n ? `\x1b[31m${text}\x1b[0m` : text]),
      })),
    }),
  });
  assert.equal(response.status, 204, await response.text());
}

/** Queries Loki, with errors in the format of Grafana. */
const fetchLines: FetchLogLines = async (request, signal) => {
  const response = await fetch(
    `${loki.url}/loki/api/v1/query_range?${new URLSearchParams(buildRangeParams(request))}`,
    {
      signal,
    }
  );
  if (!response.ok) {
    throw { status: response.status, data: { message: await response.text() } };
  }
  return toLinePage((await response.json()) as never, request.direction);
};

async function download(format: LineFormat, change: Partial<DownloadOptions> = {}) {
  const decoder = new TextDecoder();
  let text = '';
  const requests: number[] = [];
  const read = createLineDownload({
    expr,
    from: first,
    to: first + RANGE_NS + HOUR_NS,
    format,
    fetchLines: (request, signal) => {
      requests.push(request.limit);
      return fetchLines(request, signal);
    },
    write: async (bytes) => void (text += decoder.decode(bytes, { stream: true })),
    onProgress: () => undefined,
    ...change,
  });
  const progress = await read(AbortSignal.timeout(300_000));
  return { text, progress, requests };
}

/** Parses CSV records (RFC 4180). */
function parseCsv(text: string): string[][] {
  const records: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (let match = field.exec(text); match; match = field.exec(text)) {
    const [, raw, end] = match;
    const value = raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw;
    // The quote that prevents spreadsheets from evaluating a formula.
    records.at(-1)!.push(value.replace(/^'/, ''));
    if (end === '\r\n') {
      records.push([]);
    }
    if (field.lastIndex === text.length) {
      break;
    }
  }
  assert.deepEqual(records.pop(), [], 'the last record ends');
  return records;
}

const parseTime = (text: string) =>
  BigInt(Date.parse(`${text.slice(0, 19)}Z`)) * 1_000_000n + BigInt(text.slice(20, 29));

/** Parsers of each format. The text format has no container. */
const PARSERS: Record<LineFormat, (text: string) => Written[]> = {
  text: (text) =>
    text
      .slice(0, -1)
      .split(/\n(?! {4})/)
      .map((entry) => {
        const [, time, pod, line] = /^(\S+) (\S+) (.*)$/s.exec(entry)!;
        return { time: parseTime(time), pod, container: '', text: line.replaceAll('\n    ', '\n') };
      }),
  json: (text) =>
    text
      .trimEnd()
      .split('\n')
      .map((entry) => {
        const { time, labels, line } = JSON.parse(entry);
        return { time: parseTime(time), pod: labels.pod, container: labels.container, text: line };
      }),
  csv: (text) => {
    const [header, ...records] = parseCsv(text);
    assert.deepEqual(header, ['time', 'namespace', 'pod', 'container', 'node', 'level', 'message']);
    return records.map(([time, namespace, pod, container, node, level, message]) => {
      assert.deepEqual([namespace, node], ['bulk', 'edge-1']);
      assert.match(level, /^(error|warning|info|debug|unknown)$/);
      return { time: parseTime(time), pod, container, text: message };
    });
  },
};

for (const format of LINE_FORMATS) {
  test(`a ${format} download contains every line once in order, even after an outage of Loki`, async (context) => {
    let asked = 0;
    const started = performance.now();
    const { text, progress, requests } = await download(format, {
      fetchLines: (request, signal) =>
        // No server listens on this port.
        ++asked === 8 ? fetch('http://127.0.0.1:1').then(() => assert.fail()) : fetchLines(request, signal),
    });
    const seconds = (performance.now() - started) / 1000;
    context.diagnostic(
      `${LINES} lines as ${format} in ${seconds.toFixed(1)} s, ${Math.round(LINES / seconds)} lines/s, ` +
        `${asked} requests, ${(progress.bytes / 2 ** 20).toFixed(1)} MiB`
    );
    assert.ok(asked > 8 && requests.length === 0);
    const read = PARSERS[format](text);
    assert.equal(read.length, LINES);
    assert.equal(progress.lines, LINES);
    assert.equal(progress.bytes, Buffer.byteLength(text));
    assert.equal(progress.first, first);
    assert.ok(
      read.every(({ time }, index) => index === 0 || time >= read[index - 1].time),
      'in order'
    );
    const expected = format === 'text' ? written.map((each) => ({ ...each, container: '' })) : written;
    assert.deepEqual(sorted(read), sorted(expected));
  });
}

test('a download continues with smaller pages if Loki limits the page size', async () => {
  const { progress, requests } = await download('json', { pageSize: 20_000 });
  assert.equal(progress.lines, LINES);
  assert.deepEqual([...new Set(requests)], [20_000, 5000]);
});

test('a download includes exactly the lines of its range', async () => {
  const [from, to] = [getTime(LINES_PER_TIMESTAMP * 10), getTime(LINES_PER_TIMESTAMP * 700)];
  const { text } = await download('json', { from, to });
  const expected = written.filter(({ time }) => time >= from && time < to);
  assert.deepEqual(sorted(PARSERS.json(text)), sorted(expected));
});

test('pages that end within a timestamp lose and duplicate no lines', async () => {
  const to = getTime(LINES_PER_TIMESTAMP * 60);
  const { text } = await download('json', { to, pageSize: LINES_PER_TIMESTAMP + 1 });
  assert.deepEqual(sorted(PARSERS.json(text)), sorted(written.filter(({ time }) => time < to)));
});

test('a timestamp with more lines than a page fails instead of losing lines', async () => {
  await assert.rejects(download('json', { pageSize: LINES_PER_TIMESTAMP - 1 }), (error) => {
    assert.ok(error instanceof TimestampLimitError);
    assert.deepEqual([error.time, error.limit], [first, LINES_PER_TIMESTAMP - 1]);
    return true;
  });
});

test('a range over the limit of Loki is read completely in parts', async () => {
  const refused: bigint[] = [];
  const { progress } = await download('json', {
    fetchLines: (request, signal) => {
      const span = request.end - request.start;
      if (span > HOUR_NS / 4n) {
        refused.push(span);
        return Promise.reject({
          status: 400,
          data: { message: 'the query time range exceeds the limit (query length: 1h, limit: 15m)' },
        });
      }
      return fetchLines(request, signal);
    },
  });
  assert.equal(progress.lines, LINES);
  assert.ok(refused.length > 0);
});

const asWritten = ({ time, text, labels }: LogEntry): Written => {
  const { pod = '', container = '' } = parseLogOrigin(labels);
  return { time, pod, container, text };
};

for (const scope of ['container', 'pod', 'job', 'node', 'namespace'] as const) {
  test(`the context of a line in the same ${scope} loses and duplicates no lines`, async () => {
    const self = written[LINES_PER_TIMESTAMP * 1000 + 20];
    const labels = { namespace: 'bulk', pod: self.pod, container: self.container, node: 'edge-1' };
    const line: LogEntry = { time: self.time, text: self.text, labels };
    const contextRequest = { fetchLines, expr: contextLines(scope, parseLogOrigin(labels)), count: 20 };
    let { before, after } = await fetchLogContext(line, contextRequest);
    for (let more = 0; more < 3; more++) {
      assert.equal(before.entries.length, 20 * (more + 1));
      assert.ok(after.entries.length >= 20 * (more + 1), `${after.entries.length} lines after it`);
      [before, after] = await Promise.all([
        fetchMoreContext(before, contextRequest),
        fetchMoreContext(after, contextRequest),
      ]);
    }
    const read = [...[...before.entries].reverse(), line, ...after.entries];
    assert.ok(
      read.every(({ time }, index) => index === 0 || time >= read[index - 1].time),
      'oldest first'
    );
    const [oldest, newest] = [read[0].time, read.at(-1)!.time];
    const isInScope = ({ pod, container }: Written) =>
      scope === 'pod' || scope === 'container'
        ? pod === self.pod && (scope === 'pod' || container === self.container)
        : true;
    // Some lines of the first and last timestamps may not be read yet.
    const inner = (each: Written) => each.time > oldest && each.time < newest;
    assert.deepEqual(sorted(read.map(asWritten).filter(inner)), sorted(written.filter(isInScope).filter(inner)));
    assert.equal(new Set(read.map(asWritten).map(getKey)).size, read.length);
  });
}

test('times keep the nanoseconds of Loki', () => {
  assert.equal(parseTime(toRfc3339(first)), first);
});
