import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { fetchText, waitFor } from '../../../tools/engines';

export interface Series {
  labels: Record<string, string>;
  value: number;
}

/** Labels of the scrape, which tests ignore. */
const SCRAPE_LABELS = new Set(['__name__', 'job', 'instance']);

/**
 * Sends an instant query, by default for now.
 * @returns series without the labels for metric name, job, and instance
 */
export async function queryPrometheus(url: string, expression: string, at?: Date): Promise<Series[]> {
  const search = new URLSearchParams({ query: expression, ...(at && { time: String(at.getTime() / 1000) }) });
  const body = JSON.parse(await fetchText(`${url}/api/v1/query?${search}`)) as {
    data: { result: Array<{ metric: Record<string, string>; value: [number, string] }> };
  };
  return body.data.result.map(({ metric, value }) => ({
    labels: Object.fromEntries(Object.entries(metric).filter(([name]) => !SCRAPE_LABELS.has(name))),
    value: Number(value[1]),
  }));
}

const formatSeries = ({ labels, value }: Series) =>
  `${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))} ${value}`;

/** Asserts that an expression returns exactly the given series. @throws if no series are given */
export async function assertQueryResult(url: string, expression: string, expected: readonly Series[]): Promise<void> {
  assert.ok(expected.length > 0, `no series are expected for ${expression}`);
  const actual = await queryPrometheus(url, expression);
  assert.deepEqual(actual.map(formatSeries).sort(), expected.map(formatSeries).sort(), expression);
}

export interface LogStream {
  labels: Record<string, string>;
  lines: string[];
}

/** Queries the last 50 hours. @returns lines, oldest first; labels include structured metadata */
export async function queryLoki(url: string, query: string): Promise<LogStream[]> {
  const start = Math.floor(Date.now() / 1000) - 50 * 3600;
  const search = new URLSearchParams({ query, start: String(start), direction: 'forward', limit: '5000' });
  const body = JSON.parse(await fetchText(`${url}/loki/api/v1/query_range?${search}`)) as {
    data: { result: Array<{ stream: Record<string, string>; values: Array<[string, string]> }> };
  };
  return body.data.result.map(({ stream, values }) => ({ labels: stream, lines: values.map(([, line]) => line) }));
}

/** Returns the label sets of streams, without structured metadata. */
export async function fetchLokiStreams(url: string, matcher: string): Promise<Array<Record<string, string>>> {
  const start = Math.floor(Date.now() / 1000) - 50 * 3600;
  const search = new URLSearchParams({ 'match[]': matcher, start: String(start) });
  return (JSON.parse(await fetchText(`${url}/loki/api/v1/series?${search}`)) as { data: Array<Record<string, string>> })
    .data;
}

/** Enough for two scrapes of 15 s and a rule evaluation on a slow machine. */
const ARRIVAL_MS = 60_000;

/** Waits for a result and logs the time that it took. */
export async function waitForSeries<T>(
  context: TestContext,
  description: string,
  check: () => Promise<T | undefined | false>
): Promise<T> {
  const start = Date.now();
  const result = await waitFor(description, check, { timeoutMs: ARRIVAL_MS });
  context.diagnostic(`${description} after ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
