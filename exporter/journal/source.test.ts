/** The journal of a running exporter against a fake API server over HTTP. */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { toObjectLives } from '../../src/sedna/journal';
import { findKind, KIND_NAMES } from '../../src/sedna/kinds';
import { waitFor } from '../../tools/engines/wait';
import { createApiClient } from '../cluster/apiClient';
import { job, roundSteps } from '../cluster/extract/jobs.fixture';
import { FakeApiServer } from '../cluster/fakeApiServer';
import { ClusterSource } from '../cluster/source';
import { SelfMetrics } from '../http/selfMetrics';
import { JournalSource } from './source';
import { parseAll } from './testUtils';

const RESOURCES = [...KIND_NAMES.map((kind) => findKind(kind)!.plural), 'pods', 'nodes', 'events'];
const JOBS = 'lifelonglearningjobs';
const SETTINGS = { retryMs: 20, maxRetryMs: 100, notInstalledRetryMs: 50 };

interface Options {
  progressFile?: string;
  bytesPerSecond?: number;
  cluster?: string;
}

async function start(
  context: TestContext,
  api: FakeApiServer,
  { progressFile, bytesPerSecond = 1e9, cluster }: Options = {}
) {
  const kubeconfig = path.join(mkdtempSync(path.join(tmpdir(), 'sedna-ops-journal-')), 'kubeconfig.yaml');
  api.writeKubeconfig(kubeconfig);
  const client = await createApiClient({ kubeconfig: [kubeconfig] });
  const metrics = new SelfMetrics();
  const lines: string[] = [];
  const logged: string[] = [];
  const log = (line: string) => logged.push(line);
  const journal = new JournalSource({
    config: { progressFile, bytesPerSecond, maxLineAgeSeconds: 1_800, ...(cluster && { cluster }) },
    api: client,
    metrics,
    log,
    settings: SETTINGS,
    write: (bytes) => lines.push(...Buffer.from(bytes).toString().split('\n').filter(Boolean)) && bytes.length,
  });
  const objects = new ClusterSource({
    api: client,
    metrics,
    log,
    settings: SETTINGS,
    getJournalTarget: (kind) => journal.getTarget(kind),
  });
  const close = async () => {
    await objects.close();
    await journal.close();
  };
  context.after(close);
  const count = (what: string) => parseAll(lines).entries.filter((entry) => entry.what === what).length;
  return {
    lines,
    logged,
    metrics,
    close,
    count,
    waitForCount: (what: string, n: number) => waitFor(`${n} ${what}`, () => count(what) === n),
  };
}

const podOf = (name: string, uid: string) => ({
  metadata: {
    namespace: 'default',
    name,
    uid,
    labels: { 'lifelonglearningjob.sedna.io/name': 'a', 'lifelonglearningjob.sedna.io/worker-type': 'train' },
  },
  status: { phase: 'Pending' },
});
const eventOf = (uid: string, podName: string, podUid: string, count = 1) => ({
  metadata: { namespace: 'default', name: uid, uid },
  involvedObject: { kind: 'Pod', namespace: 'default', name: podName, uid: podUid },
  reason: 'FailedScheduling',
  count,
});

test('everything that the watches bring is written once, also when all is listed again', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  context.after(() => api.close());
  api.put(JOBS, job('a', roundSteps(1).slice(0, 3)));
  const { waitForCount, count, lines, metrics } = await start(context, api);
  await waitForCount('condition', 3);
  await waitFor(
    'the watch',
    () => api.countWatches(JOBS) === 1 && api.countWatches('pods') === 1 && api.countWatches('events') === 1
  );
  api.put(JOBS, job('a', roundSteps(1)));
  // The event arrives before the pod that it is about.
  api.put('events', eventOf('event-1', 'other-pod', 'pod-1'));
  api.put('events', eventOf('event-2', 'foreign', 'foreign'));
  api.put('pods', podOf('other-pod', 'pod-1'));
  await waitForCount('condition', 13);
  await waitForCount('pod-created', 1);
  await waitForCount('event', 1);
  api.compact();
  RESOURCES.forEach((resource) => api.endWatches(resource, 'end'));
  await waitFor(
    'another list',
    () => api.requests.filter((request) => request.startsWith(`list ${JOBS} limit`)).length > 1
  );
  api.put('events', eventOf('event-1', 'other-pod', 'pod-1', 2));
  api.delete(JOBS, job('a', roundSteps(1)));
  await waitForCount('deleted', 1);
  await waitForCount('event', 2);
  assert.equal(count('condition'), 13);
  assert.equal(parseAll(lines).repeats, 0);
  const text = await metrics.text();
  assert.match(text, /sedna_exporter_journal_entries_total\{what="condition"\} 13/);
  assert.match(text, /sedna_exporter_journal_entries_total\{what="node-offline"\} 0/);
  assert.match(text, /sedna_exporter_journal_backlog_entries 0/);
});

test('a restart with progress writes only what happened meanwhile, and tells what was deleted', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  context.after(() => api.close());
  const progressFile = path.join(mkdtempSync(path.join(tmpdir(), 'sedna-ops-journal-')), 'progress');
  api.put(JOBS, job('a', roundSteps(1).slice(0, 3)));
  api.put(JOBS, job('b', roundSteps(1).slice(0, 3)));
  const first = await start(context, api, { progressFile });
  await first.waitForCount('condition', 6);
  await first.close();
  api.put(JOBS, job('a', roundSteps(1).slice(0, 5)));
  api.deleteWithoutEvent(JOBS, job('b', []));
  api.compact();
  const second = await start(context, api, { progressFile });
  await second.waitForCount('condition', 2);
  await second.waitForCount('deleted', 1);
  const { entries } = parseAll(second.lines);
  assert.deepEqual(entries.map(({ what }) => what).sort(), ['condition', 'condition', 'deleted', 'journal-started']);
  const deleted = entries.find(({ what }) => what === 'deleted');
  assert.ok(deleted?.what === 'deleted' && deleted.away && deleted.name === 'b');
  const started = entries.find(({ what }) => what === 'journal-started');
  assert.ok(started?.what === 'journal-started' && started.awaySince !== undefined);
  assert.equal(parseAll([...first.lines, ...second.lines]).repeats, 0);
});

test('a first start over many objects reads their histories one by one, and misses none', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  context.after(() => api.close());
  const jobs = 120;
  for (let index = 0; index < jobs; index++) {
    api.put(
      JOBS,
      job(`job-${index}`, Array.from({ length: 4 }, (_, round) => roundSteps(round + 1, round * 600)).flat())
    );
  }
  api.compact();
  const { lines, waitForCount, metrics } = await start(context, api, { bytesPerSecond: 1_000_000 });
  await waitFor('a backlog', async () => /backlog_entries [1-9]/.test(await metrics.text()));
  // A change of an object that waits for its turn isn't missed.
  api.put(
    JOBS,
    job(`job-${jobs - 1}`, [
      ...Array.from({ length: 4 }, (_, round) => roundSteps(round + 1, round * 600)).flat(),
      ['Train', 'Waiting', 3_000],
    ])
  );
  await waitForCount('condition', jobs * 52 + 1);
  assert.equal(parseAll(lines).repeats, 0);
  assert.ok(api.requests.some((request) => /^list lifelonglearningjobs default\/job-/.test(request)));
  await waitFor('no backlog', async () => /backlog_entries 0/.test(await metrics.text()));
});

test('events are listed after the pods, so that events about foreign pods push none out', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  context.after(() => api.close());
  for (let index = 0; index < 250; index++) {
    api.put('pods', { metadata: { namespace: 'default', name: `foreign-${index}`, uid: `foreign-${index}` } });
  }
  api.put('pods', podOf('last', 'pod-1'));
  api.put('events', eventOf('event-1', 'last', 'pod-1'));
  for (let index = 0; index < 2_100; index++) {
    api.put('events', eventOf(`foreign-event-${index}`, `foreign-${index}`, `foreign-${index}`));
  }
  const { waitForCount } = await start(context, api);
  await waitForCount('event', 1);
  const isList = (resource: string) => (request: string) => request.startsWith(`list ${resource} `);
  assert.ok(api.requests.findIndex(isList('events')) > api.requests.findLastIndex(isList('pods')));
});

test("an event of a pod that is gone isn't counted to one of two jobs with the same name", async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  context.after(() => api.close());
  const other = { ...job('a', []), kind: 'IncrementalLearningJob' };
  api.put(JOBS, job('a', []));
  api.put(JOBS, job('b', []));
  api.put('incrementallearningjobs', { ...other, metadata: { ...other.metadata, uid: 'other' } });
  const { lines, waitForCount } = await start(context, api);
  await waitForCount('created', 3);
  api.put('events', eventOf('event-1', 'a-train-x7k2p', 'gone-1'));
  api.put('events', eventOf('event-2', 'b-train-x7k2p', 'gone-2'));
  await waitForCount('event', 1);
  assert.equal(parseAll(lines).entries.find(({ what }) => what === 'event')?.name, 'b');
});

test('resources that may not be read cost only their own entries', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  context.after(() => api.close());
  ['pods', 'nodes', 'events'].forEach((resource) => api.respondWith(resource, 403));
  api.put(JOBS, job('a', roundSteps(1)));
  const { waitForCount, logged } = await start(context, api);
  await waitForCount('condition', 13);
  await waitFor('the log', () =>
    ['pods', 'nodes', 'events'].every((resource) =>
      logged.some((line) => line.startsWith(`journal: ${resource}: forbidden`))
    )
  );
  api.respondWith('pods');
  api.put('pods', podOf('p', 'pod-1'));
  await waitForCount('pod-created', 1);
});

test('every entry has the name of the cluster, also those of deleted objects and of events', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  context.after(() => api.close());
  api.put(JOBS, job('a', roundSteps(1)));
  api.put('pods', podOf('p', 'pod-1'));
  api.put('events', eventOf('event-1', 'p', 'pod-1'));
  const { lines, waitForCount } = await start(context, api, { cluster: 'plant-1' });
  await waitForCount('event', 1);
  await waitForCount('condition', 13);
  await waitFor('the watch', () => api.countWatches(JOBS) === 1);
  api.delete(JOBS, job('a', roundSteps(1)));
  await waitForCount('deleted', 1);
  const { entries } = parseAll(lines);
  assert.deepEqual([...new Set(entries.map(({ cluster }) => cluster))], ['plant-1']);
  assert.deepEqual([...new Set(toObjectLives(entries).map(({ ref }) => ref.cluster))], ['plant-1']);
});
