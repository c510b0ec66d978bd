/** Failure handling of the cluster source against a fake API server over HTTP. */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { waitFor } from '../../tools/engines/wait';
import { SOURCE_STALE_AFTER_SECONDS } from '../../src/sedna/diagnosis/thresholds';
import { SelfMetrics } from '../http/selfMetrics';
import { findClusterCredentials } from './credentials';
import { createApiClient } from './apiClient';
import { FakeApiServer, type FakeObject } from './fakeApiServer';
import { job, roundSteps } from './extract/jobs.fixture';
import { ClusterSource } from './source';
import { DEFAULT_WATCH_SETTINGS, type WatchSettings } from './watcher';

const RESOURCES = [
  'lifelonglearningjobs',
  'incrementallearningjobs',
  'models',
  'jointinferenceservices',
  'featureextractionservices',
];
const JOBS = 'lifelonglearningjobs';
const FAST_SETTINGS: Partial<WatchSettings> = { retryMs: 20, maxRetryMs: 100, notInstalledRetryMs: 50 };

const model = (name: string, value: string, uid = `uid-of-${name}`): FakeObject => ({
  metadata: { namespace: 'default', name, uid },
  status: { metrics: [{ key: 'accuracy', value }] },
});

async function start(context: TestContext, api: FakeApiServer, settings: Partial<WatchSettings> = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-cluster-'));
  const kubeconfig = path.join(folder, 'kubeconfig.yaml');
  api.writeKubeconfig(kubeconfig);
  const metrics = new SelfMetrics();
  const lines: string[] = [];
  const source = new ClusterSource({
    api: await createApiClient({ kubeconfig: [kubeconfig] }),
    metrics,
    log: (line) => lines.push(line),
    settings: { ...FAST_SETTINGS, ...settings },
  });
  context.after(async () => {
    await source.close();
    await api.close();
  });
  const fetchMetrics = async () => {
    const series = [...source.collect()].join('');
    return `${await metrics.text()}\n${series}`;
  };
  return {
    source,
    lines,
    page: fetchMetrics,
    waitForLine: (line: string) => waitFor(line, async () => `\n${await fetchMetrics()}`.includes(`\n${line}\n`)),
    waitUntilAbsent: (text: string) => waitFor(`no ${text}`, async () => !(await fetchMetrics()).includes(text)),
    errors: async (cause: string) =>
      Number(new RegExp(`errors_total\\{source="cluster",cause="${cause}"\\} (\\d+)`).exec(await fetchMetrics())?.[1]),
    countLogged: (text: string) => lines.filter((line) => line.includes(text)).length,
  };
}

const accuracyLine = (name: string, value: string) =>
  `sedna_model_metric{namespace="default",name="${name}",kind="Model",key="accuracy"} ${value}`;

test('objects are exported from the first list, updated by events, and removed when deleted', async (context) => {
  const startSeconds = Date.now() / 1000;
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('a', '0.5'));
  const { source, waitForLine, waitUntilAbsent, page: fetchMetrics } = await start(context, api);
  await waitForLine(accuracyLine('a', '0.5'));
  await waitFor('all kinds', () => source.hasData);
  await waitFor('the watch', () => api.countWatches('models') === 1);
  api.put('models', model('b', '0.6'));
  api.put('models', model('a', '0.7'));
  await waitForLine(accuracyLine('b', '0.6'));
  await waitForLine(accuracyLine('a', '0.7'));
  assert.match(await fetchMetrics(), /^sedna_exporter_objects\{resource="models"\} 2$/m);
  api.delete('models', model('a', '0.7'));
  await waitUntilAbsent('name="a"');
  const text = await fetchMetrics();
  assert.match(text, /^sedna_exporter_objects\{resource="models"\} 1$/m);
  assert.match(text, /^sedna_exporter_objects\{resource="incrementallearningjobs"\} 0$/m);
  const [, duration] = /read_duration_seconds\{source="cluster"\} (\S+)/.exec(text) ?? [];
  assert.ok(Number(duration) > 0, duration);
  const [, seconds] = /last_success_timestamp_seconds\{source="cluster"\} (\S+)/.exec(text) ?? [];
  assert.ok(Number(seconds) >= startSeconds && Number(seconds) <= Date.now() / 1000, seconds);
  assert.doesNotMatch(text, /errors_total\{source="cluster",cause="\w+"\} [1-9]/);
});

test('lists are paginated', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  Array.from({ length: 25 }, (_, index) => api.put('models', model(`m${index}`, '1')));
  const { waitForLine } = await start(context, api, { pageSize: 10 });
  await waitForLine('sedna_exporter_objects{resource="models"} 25');
  assert.equal(api.requests.filter((request) => request === 'list models limit=10').length, 3);
});

test('pages shrink for large objects and grow for small ones', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  Array.from({ length: 300 }, (_, index) => api.put('models', model(`m${index}`, '1')));
  Array.from({ length: 120 }, (_, index) => api.put(JOBS, job(`j${index}`, roundSteps(1))));
  const { waitForLine } = await start(context, api, { pageBytes: 100_000 });
  await waitForLine('sedna_exporter_objects{resource="models"} 300');
  await waitForLine(`sedna_exporter_objects{resource="${JOBS}"} 120`);
  const limits = (resource: string) =>
    api.requests.flatMap((request) => new RegExp(`list ${resource} limit=(\\d+)`).exec(request)?.[1] ?? []).map(Number);
  assert.ok(limits('models')[1] === 400, String(limits('models')));
  assert.ok(limits(JOBS)[1] < 40, String(limits(JOBS)));
});

test('after 410 Gone, everything is listed again and objects deleted in between disappear', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('old', '1'));
  api.put('models', model('kept', '1'));
  const { waitForLine, waitUntilAbsent, errors } = await start(context, api);
  await waitForLine(accuracyLine('old', '1'));
  await waitFor('the watch', () => api.countWatches('models') === 1);
  api.deleteWithoutEvent('models', model('old', '1'));
  api.compact();
  api.endWatches('models', 'end');
  await waitUntilAbsent('name="old"');
  await waitForLine(accuracyLine('kept', '1'));
  assert.ok((await errors('expired')) >= 1);
});

test('a cut connection resumes from the last version without a new list', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('a', '1'));
  const { waitForLine, countLogged, errors } = await start(context, api);
  await waitForLine(accuracyLine('a', '1'));
  await waitFor('the watch', () => api.countWatches('models') === 1);
  api.endWatches('models', 'cut');
  api.put('models', model('a', '2'));
  await waitForLine(accuracyLine('a', '2'));
  await waitForLine('sedna_exporter_resource_up{resource="models"} 1');
  assert.equal(api.requests.filter((request) => request.startsWith('list models')).length, 1);
  assert.equal(await errors('unreachable'), 1);
  assert.equal(countLogged('models: readable again'), 1);
});

test('a bookmark advances the version from which a watch resumes', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  const { waitForLine } = await start(context, api);
  await waitForLine('sedna_exporter_objects{resource="models"} 0');
  await waitFor('the watch', () => api.countWatches('models') === 1);
  api.put(JOBS, job('j', []));
  api.bookmark('models');
  api.endWatches('models', 'end');
  await waitFor('the next watch', () => api.requests.includes('watch models from 3'));
});

test('an idle cluster is contacted often enough that its data never counts as stale', () => {
  const longest = Math.max(DEFAULT_WATCH_SETTINGS.watchSeconds, DEFAULT_WATCH_SETTINGS.notInstalledRetryMs / 1_000);
  assert.ok(longest <= SOURCE_STALE_AFTER_SECONDS / 2, `silent for ${longest} s`);
});

test('reopening a watch that ended without events counts as a success', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  const { waitForLine, page: fetchMetrics } = await start(context, api);
  await waitForLine('sedna_exporter_resource_up{resource="models"} 1');
  await waitFor('the watches', () => RESOURCES.every((resource) => api.countWatches(resource) === 1));
  const getLastSuccess = async () =>
    Number(/last_success_timestamp_seconds\{source="cluster"\} (\S+)/.exec(await fetchMetrics())?.[1]);
  const before = await getLastSuccess();
  RESOURCES.forEach((resource) => api.endWatches(resource, 'end'));
  await waitFor('a newer success', async () => (await getLastSuccess()) > before);
});

for (const [what, text] of [
  ['a line that is not JSON', '{"type":"ADDED","object":\n'],
  ['an event without an object', '{"type":"ADDED"}\n'],
  ['an unknown event type', '{"type":"MOVED","object":{"metadata":{"resourceVersion":"9"}}}\n'],
] as const) {
  test(`${what} is counted and causes a new list`, async (context) => {
    const api = await FakeApiServer.start(RESOURCES);
    api.put('models', model('a', '1'));
    const { waitForLine, waitUntilAbsent, errors } = await start(context, api);
    await waitForLine(accuracyLine('a', '1'));
    await waitFor('the watch', () => api.countWatches('models') === 1);
    api.deleteWithoutEvent('models', model('a', '1'));
    api.send('models', text);
    await waitUntilAbsent('name="a"');
    assert.equal(await errors('malformed_event'), 1);
  });
}

test('a kind that is not installed is logged once, retried, and not counted as an error', async (context) => {
  const api = await FakeApiServer.start(RESOURCES.filter((resource) => resource !== 'models'));
  const { source, waitForLine, waitUntilAbsent, page: fetchMetrics, countLogged, errors } = await start(context, api);
  await waitFor('all kinds', () => source.hasData);
  assert.doesNotMatch(await fetchMetrics(), /resource="models"/);
  await waitFor('a second look', () => api.requests.filter((request) => request === '404 models').length > 2);
  assert.equal(countLogged("models isn't installed"), 1);
  assert.equal(await errors('other'), 0);
  api.install('models');
  api.put('models', model('a', '1'));
  await waitForLine(accuracyLine('a', '1'));
  await waitFor('the watch', () => api.countWatches('models') === 1);
  await waitForLine('sedna_exporter_resource_up{resource="models"} 1');
  api.respondWith('models', 404);
  api.endWatches('models', 'end');
  await waitUntilAbsent('"models"');
  await waitUntilAbsent('name="a"');
});

test('a forbidden kind is reported and logged once while other kinds continue', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.respondWith(JOBS, 403);
  api.put('models', model('a', '1'));
  const { source, waitForLine, countLogged, errors } = await start(context, api);
  await waitForLine(accuracyLine('a', '1'));
  await waitForLine(`sedna_exporter_resource_up{resource="${JOBS}"} 0`);
  await waitFor('more tries', async () => (await errors('forbidden')) > 2);
  assert.equal(countLogged('forbidden'), 1);
  await waitFor('all kinds', () => source.hasData);
  api.respondWith(JOBS);
  await waitForLine(`sedna_exporter_resource_up{resource="${JOBS}"} 1`);
});

test('an unreachable cluster keeps its last values and their timestamp', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('a', '1'));
  const { source, waitForLine, page: fetchMetrics, errors } = await start(context, api);
  await waitForLine(accuracyLine('a', '1'));
  await waitFor('all watches', () => RESOURCES.every((resource) => api.countWatches(resource) === 1));
  RESOURCES.forEach((resource) => api.respondWith(resource, 500));
  RESOURCES.forEach((resource) => api.endWatches(resource, 'cut'));
  await waitFor('failures', async () => (await errors('server_error')) > RESOURCES.length);
  await waitForLine('sedna_exporter_resource_up{resource="models"} 0');
  const time = async () => /last_success_timestamp_seconds\{source="cluster"\} (\S+)/.exec(await fetchMetrics())?.[1];
  const first = await time();
  await waitFor('more failures', async () => (await errors('server_error')) > 3 * RESOURCES.length);
  assert.equal(await time(), first);
  assert.ok((await fetchMetrics()).includes(accuracyLine('a', '1')));
  assert.ok(source.hasData);
});

test('issues are counted when they are new and not on every list', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('a', 'n/a'));
  const { waitForLine, errors, page: fetchMetrics, countLogged } = await start(context, api);
  await waitForLine('sedna_exporter_objects{resource="models"} 1');
  assert.equal(await errors('not_a_number'), 1);
  assert.equal(countLogged('default/a status.metrics accuracy: not_a_number'), 1);
  await waitFor('the watch', () => api.countWatches('models') === 1);
  api.compact();
  api.endWatches('models', 'end');
  await waitFor('a second list', () => api.requests.filter((request) => request.startsWith('list models')).length > 1);
  api.put('models', model('a', '93%'));
  api.put('models', model('b', '0.5'));
  await waitForLine(accuracyLine('b', '0.5'));
  assert.equal(await errors('not_a_number'), 1);
  assert.doesNotMatch(await fetchMetrics(), /name="a"/);
});

test('counters survive overwritten conditions and restart with a recreated job', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  const round = roundSteps(1);
  api.put(JOBS, job('j', round));
  const { waitForLine, errors } = await start(context, api);
  const counter = (value: number) =>
    `sedna_job_condition_transitions_total{namespace="default",name="j",kind="LifelongLearningJob",stage="Deploy",condition="Completed"} ${value}`;
  await waitForLine(counter(1));
  await waitFor('the watch', () => api.countWatches(JOBS) === 1);
  api.put(JOBS, job('j', round.slice(0, 12)));
  await waitFor('the loss', async () => (await errors('conditions_lost')) === 1);
  await waitForLine(counter(1));
  api.put(JOBS, job('j', round.slice(0, 12), 'another'));
  await waitForLine(counter(0));
  assert.equal(await errors('recreated'), 1);
  api.delete(JOBS, job('j', round, 'another'));
  api.put(JOBS, job('j', round, 'a-third'));
  await waitForLine(counter(1));
  assert.equal(await errors('recreated'), 2);
});

test('credentials come from KUBECONFIG or the service account, and kubeconfig errors name the file without its content', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-cluster-'));
  const file = path.join(folder, 'kubeconfig.yaml');
  await assert.rejects(
    createApiClient({ kubeconfig: [file] }),
    /KUBECONFIG: .*kubeconfig\.yaml cannot be read: ENOENT/
  );
  writeFileSync(file, 'users: [{name: a, user: {token: secret}}]\n\tbad');
  await assert.rejects(createApiClient({ kubeconfig: [file] }), (error: Error) => !error.message.includes('secret'));
  writeFileSync(file, 'clusters: []\nusers: []\ncontexts: []\n');
  await assert.rejects(createApiClient({ kubeconfig: [file] }), /has no current cluster .*; set current-context/);
  assert.deepEqual(findClusterCredentials({ KUBECONFIG: '/a:/b' }), { kubeconfig: ['/a', '/b'] });
  assert.equal(findClusterCredentials({}, file), undefined);
  assert.equal(findClusterCredentials({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, file), 'service-account');
  assert.equal(findClusterCredentials({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, `${file}.none`), undefined);
});
