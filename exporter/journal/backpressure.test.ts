/** The journal while standard output can't be written: what waits is bounded, and nothing is missing afterwards. */
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { findKind, KIND_NAMES } from '../../src/sedna/kinds';
import { waitFor } from '../../tools/engines/wait';
import { createApiClient } from '../cluster/apiClient';
import { job, roundSteps, type Step } from '../cluster/extract/jobs.fixture';
import { FakeApiServer } from '../cluster/fakeApiServer';
import { ClusterSource } from '../cluster/source';
import { SelfMetrics } from '../http/selfMetrics';
import { JournalSource } from './source';
import { parseAll } from './testUtils';

const RESOURCES = [...KIND_NAMES.map((kind) => findKind(kind)!.plural), 'pods', 'nodes', 'events'];
const JOBS = 'lifelonglearningjobs';
const SETTINGS = { retryMs: 20, maxRetryMs: 100, notInstalledRetryMs: 50 };
const MAX_BACKLOG_LENGTH = 20_000;

async function start(context: TestContext, isBlocked: () => boolean) {
  const api = await FakeApiServer.start(RESOURCES);
  const kubeconfig = path.join(mkdtempSync(path.join(tmpdir(), 'sedna-ops-journal-')), 'kubeconfig.yaml');
  api.writeKubeconfig(kubeconfig);
  const client = await createApiClient({ kubeconfig: [kubeconfig] });
  const metrics = new SelfMetrics();
  const lines: string[] = [];
  const log = () => undefined;
  const journal = new JournalSource({
    config: { bytesPerSecond: 1e9, maxLineAgeSeconds: 1_800 },
    api: client,
    metrics,
    log,
    settings: SETTINGS,
    maxBacklogLength: MAX_BACKLOG_LENGTH,
    write: (bytes) => {
      if (isBlocked()) {
        throw Object.assign(new Error('full'), { code: 'EAGAIN' });
      }
      lines.push(...Buffer.from(bytes).toString().split('\n').filter(Boolean));
      return bytes.length;
    },
  });
  const cluster = new ClusterSource({
    api: client,
    metrics,
    log,
    settings: SETTINGS,
    getJournalTarget: (kind) => journal.getTarget(kind),
  });
  context.after(async () => {
    await cluster.close();
    await journal.close();
    await api.close();
  });
  const read = async (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await metrics.text())?.[1]);
  const renderMetrics = () => [...cluster.collect()].join('');
  return { api, lines, read, renderMetrics };
}

const name = (index: number) => `job-${index}`;
const COUNT = 60;
const MORE: Step[] = [...roundSteps(1), ['Train', 'Waiting', 600]];

const podOf = (uid: string, phase: string) => ({
  metadata: {
    namespace: 'default',
    name: uid,
    uid,
    labels: { 'lifelonglearningjob.sedna.io/name': 'job-0', 'lifelonglearningjob.sedna.io/worker-type': 'train' },
  },
  status: { phase },
});

test('what waits is bounded while nothing can be written, and is complete once it can', async (context) => {
  let isBlocked = true;
  const { api, lines, read, renderMetrics } = await start(context, () => isBlocked);
  await waitFor('the watches', () => api.countWatches(JOBS) === 1 && api.countWatches('events') === 1);
  for (let index = 0; index < COUNT; index++) {
    api.put(JOBS, job(name(index), roundSteps(1)));
  }
  // The metrics have every job, although the journal has none.
  await waitFor('the metrics', () => renderMetrics().includes(`name="${name(COUNT - 1)}"`));
  const entries = await read('sedna_exporter_journal_backlog_entries');
  assert.ok((await read('sedna_exporter_journal_postponed_total')) > 0);
  for (let index = 0; index < COUNT; index++) {
    api.put(JOBS, job(name(index), MORE));
    api.put('pods', podOf(`pod-${index}`, 'Pending'));
    api.put('pods', podOf(`pod-${index}`, 'Running'));
    api.put('events', {
      metadata: { namespace: 'default', name: `event-${index}`, uid: `event-${index}` },
      involvedObject: { kind: 'Pod', namespace: 'default', name: `pod-${index}`, uid: `pod-${index}` },
      reason: 'BackOff',
      count: 1,
    });
  }
  api.delete(JOBS, job(name(0), MORE));
  const deletedMetrics = `sedna_job_round{namespace="default",name="${name(0)}",`;
  await waitFor('the deletion', () => !renderMetrics().includes(deletedMetrics));
  // Each object that waits counts once, whatever happens to it.
  assert.ok((await read('sedna_exporter_journal_backlog_entries')) <= entries + 3 * COUNT);
  assert.deepEqual(lines, []);

  isBlocked = false;
  const get = (what: string) => parseAll(lines).entries.filter((entry) => entry.what === what);
  await waitFor('all', () => get('condition').length === 14 * COUNT && get('event').length === COUNT, {
    timeoutMs: 120_000,
  });
  await waitFor('no backlog', async () => (await read('sedna_exporter_journal_backlog_entries')) === 0);
  assert.deepEqual(
    ['created', 'deleted', 'pod-created', 'pod-started'].map((what) => get(what).length),
    [COUNT, 1, COUNT, COUNT]
  );
  const { entries: all, repeats } = parseAll(lines);
  assert.equal(repeats, 0);
  assert.equal(await read('sedna_exporter_journal_lost_objects_total'), 0);
  for (let index = 0; index < COUNT; index++) {
    const indexes = all.flatMap((entry) =>
      entry.what === 'condition' && entry.name === name(index) ? entry.condition.index : []
    );
    assert.deepEqual(
      indexes,
      MORE.map((_, position) => position)
    );
  }
});

test('an object that came and went while nothing could be written is counted as lost', async (context) => {
  let isBlocked = true;
  const { api, lines, read, renderMetrics } = await start(context, () => isBlocked);
  await waitFor('the watch', () => api.countWatches(JOBS) === 1);
  for (let index = 0; index < COUNT; index++) {
    api.put(JOBS, job(name(index), roundSteps(1)));
    api.delete(JOBS, job(name(index), roundSteps(1)));
  }
  api.put(JOBS, job('last', roundSteps(1)));
  await waitFor('all changes', () => renderMetrics().includes('name="last"'));
  const readLost = () => read('sedna_exporter_journal_lost_objects_total');
  assert.ok((await readLost()) > 0);
  isBlocked = false;
  const countCreated = () =>
    parseAll(lines).entries.filter((entry) => entry.what === 'created' && entry.name !== 'last').length;
  await waitFor('no backlog', async () => (await read('sedna_exporter_journal_backlog_entries')) === 0);
  const created = countCreated();
  assert.equal(created + (await readLost()), COUNT);
  // What was written as created is written as deleted, too.
  await waitFor('deletions', () => parseAll(lines).entries.filter(({ what }) => what === 'deleted').length === created);
});
