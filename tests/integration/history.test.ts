import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { waitFor } from '../../tools/engines';
import { startDemo, type Demo } from '../../simulator/demo/nativeDemo';
import { findMetric } from '../../src/sedna/catalog';

/** Compares the backfilled history with live series: graphs would break if names or labels differed. */

const dir = mkdtempSync(path.join(tmpdir(), 'sedna-ops-history-'));
let demo: Demo;

before(async () => {
  demo = await startDemo({ dir, historyHours: 0.25 });
});
after(async () => {
  await demo?.stop();
  rmSync(dir, { recursive: true, force: true });
});

type Labels = Record<string, string>;

async function fetchData<T>(url: string): Promise<T> {
  const response = await fetch(url);
  assert.ok(response.ok, `${url} responded with ${response.status}`);
  return ((await response.json()) as { data: T }).data;
}

/** Returns all series of Sedna and Kubernetes with samples in a time range. */
function fetchSeries(from: Date, to: Date): Promise<Labels[]> {
  const query = new URLSearchParams({ start: from.toISOString(), end: to.toISOString() });
  query.append('match[]', '{__name__=~"kube_.+|sedna[_:].+|up"}');
  return fetchData(`${demo.prometheus.url}/api/v1/series?${query}`);
}

/** Metrics that the history omits: about processes, or with times of the API server. */
const LIVE_ONLY = /^(sedna_exporter_|kube_state_metrics_)|_created$/;

/** Returns the sets of label names by metric. */
function getLabelSets(all: Labels[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { __name__: name, ...labels } of all) {
    if (!LIVE_ONLY.test(name)) {
      found.set(name, (found.get(name) ?? new Set()).add(Object.keys(labels).sort().join(',')));
    }
  }
  return found;
}

const getKey = (labels: Labels) => JSON.stringify(Object.entries(labels).sort());

test('live series have the same names and labels as the backfilled ones', { timeout: 300_000 }, async () => {
  const past = await fetchSeries(new Date(demo.liveSince.getTime() - 600_000), demo.liveSince);
  const liveFrom = new Date(demo.liveSince.getTime() + 1000);
  assert.ok(past.length > 1000, `only ${past.length} series were backfilled`);
  const pastShapes = getLabelSets(past);
  // Loki rules export events, which may not occur again in this test, except for a repeated one.
  const expectedNames = [...pastShapes.keys()].filter(
    (name) => findMetric(name)?.source !== 'loki-rule' || name === 'sedna_log_dataset_read'
  );
  const missing = async () => {
    const liveSets = getLabelSets(await fetchSeries(liveFrom, new Date()));
    return expectedNames.filter((name) => !liveSets.has(name));
  };
  await waitFor('all backfilled metrics to be scraped live', async () => (await missing()).length === 0, {
    timeoutMs: 180_000,
  }).catch(async (error: Error) => {
    throw new Error(`${error.message}; missing: ${(await missing()).join(', ')}`);
  });
  const live = await fetchSeries(liveFrom, new Date());
  const liveShapes = getLabelSets(live);
  for (const [name, expected] of pastShapes) {
    for (const shape of liveShapes.get(name) ?? []) {
      assert.ok(
        expected.has(shape),
        `${name} has the labels ${shape} live, but was backfilled with ${[...expected].join(' or ')}`
      );
    }
  }
  for (const name of [
    'sedna_lifelonglearningjob_info',
    'sedna_dataset_samples',
    'sedna_knowledge_base_known_tasks',
    'sedna_log_dataset_read',
    'up',
  ]) {
    const pastSeries = past
      .filter((labels) => labels.__name__ === name)
      .map(getKey)
      .sort();
    const liveSeries = live
      .filter((labels) => labels.__name__ === name)
      .map(getKey)
      .sort();
    assert.ok(pastSeries.length > 0, `${name} was not backfilled`);
    // Sedna logs a dataset only if its number of samples changes, or if it can't be read.
    const expectedSeries =
      name === 'sedna_log_dataset_read' ? pastSeries.filter((labels) => liveSeries.includes(labels)) : pastSeries;
    assert.ok(liveSeries.length > 0, `${name} has no live series`);
    assert.deepEqual(liveSeries, expectedSeries, `${name} continues with other labels`);
  }
});

test('past and live log lines are in the same streams', { timeout: 120_000 }, async () => {
  const streams = (from: Date, to: Date) => {
    const query = new URLSearchParams({
      'match[]': '{namespace="sedna"}',
      start: String(from.getTime() * 1e6),
      end: String(to.getTime() * 1e6),
    });
    return fetchData<Labels[]>(`${demo.loki.url}/loki/api/v1/series?${query}`);
  };
  const past = await streams(new Date(demo.liveSince.getTime() - 900_000), demo.liveSince);
  const live = await waitFor('a live line of the global manager', async () => {
    const found = await streams(new Date(demo.liveSince.getTime() + 1000), new Date());
    return found.some(({ container }) => container === 'gm') ? found : undefined;
  });
  assert.deepEqual(Object.keys(past[0]).sort(), ['container', 'namespace', 'node', 'pod']);
  const pastStreams = new Set(past.map(getKey));
  for (const stream of live as Labels[]) {
    assert.ok(pastStreams.has(getKey(stream)), `a live line is in a new stream: ${JSON.stringify(stream)}`);
  }
});
