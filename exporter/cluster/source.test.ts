/** The watch of a cluster when things go wrong, against a small API server of our own over HTTP. */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { waitFor } from '../../tools/engines/wait';
import { SOURCE_STALE_AFTER_SECONDS } from '../../src/sedna/diagnosis/thresholds';
import { SelfMetrics } from '../selfMetrics';
import { findClusterAccess } from './access';
import { connect } from './api';
import { FakeApiServer, type FakeObject } from './fakeApiServer';
import { job, roundOfJob } from './jobs.fixture';
import { ClusterSource } from './source';
import { WATCH_TIMES, type WatchTimes } from './watcher';

const RESOURCES = [
  'lifelonglearningjobs',
  'incrementallearningjobs',
  'models',
  'jointinferenceservices',
  'featureextractionservices',
];
const JOBS = 'lifelonglearningjobs';
const FAST: Partial<WatchTimes> = { retryMs: 20, maxRetryMs: 100, notInstalledMs: 50 };

const model = (name: string, value: string, uid = `uid-of-${name}`): FakeObject => ({
  metadata: { namespace: 'default', name, uid },
  status: { metrics: [{ key: 'accuracy', value }] },
});

async function start(context: TestContext, api: FakeApiServer, times: Partial<WatchTimes> = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-cluster-'));
  const kubeconfig = path.join(folder, 'kubeconfig.yaml');
  api.writeKubeconfig(kubeconfig);
  const metrics = new SelfMetrics();
  const lines: string[] = [];
  const source = new ClusterSource({
    api: await connect({ kubeconfig: [kubeconfig] }),
    metrics,
    log: (line) => lines.push(line),
    times: { ...FAST, ...times },
  });
  context.after(async () => {
    await source.close();
    await api.close();
  });
  const page = async () => {
    const series = [...source.collect()].join('');
    return `${await metrics.text()}\n${series}`;
  };
  return {
    source,
    lines,
    page,
    has: (line: string) => waitFor(line, async () => `\n${await page()}`.includes(`\n${line}\n`)),
    hasNot: (text: string) => waitFor(`no ${text}`, async () => !(await page()).includes(text)),
    errors: async (cause: string) =>
      Number(new RegExp(`errors_total\\{source="cluster",cause="${cause}"\\} (\\d+)`).exec(await page())?.[1]),
    logged: (text: string) => lines.filter((line) => line.includes(text)).length,
  };
}

const accuracy = (name: string, value: string) =>
  `sedna_model_metric{namespace="default",name="${name}",kind="Model",key="accuracy"} ${value}`;

test('objects that are there, come, change and go', async (context) => {
  const began = Date.now() / 1000;
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('a', '0.5'));
  const { source, has, hasNot, page } = await start(context, api);
  await has(accuracy('a', '0.5'));
  await waitFor('all kinds', () => source.hasData);
  await waitFor('the watch', () => api.watching('models') === 1);
  api.put('models', model('b', '0.6'));
  api.put('models', model('a', '0.7'));
  await has(accuracy('b', '0.6'));
  await has(accuracy('a', '0.7'));
  assert.match(await page(), /^sedna_exporter_objects\{resource="models"\} 2$/m);
  api.delete('models', model('a', '0.7'));
  await hasNot('name="a"');
  const text = await page();
  assert.match(text, /^sedna_exporter_objects\{resource="models"\} 1$/m);
  assert.match(text, /^sedna_exporter_objects\{resource="incrementallearningjobs"\} 0$/m);
  const [, duration] = /read_duration_seconds\{source="cluster"\} (\S+)/.exec(text) ?? [];
  assert.ok(Number(duration) > 0, duration);
  const [, seconds] = /last_success_timestamp_seconds\{source="cluster"\} (\S+)/.exec(text) ?? [];
  assert.ok(Number(seconds) >= began && Number(seconds) <= Date.now() / 1000, seconds);
  assert.doesNotMatch(text, /errors_total\{source="cluster",cause="\w+"\} [1-9]/);
});

test('lists come in pages', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  Array.from({ length: 25 }, (_, index) => api.put('models', model(`m${index}`, '1')));
  const { has } = await start(context, api, { pageSize: 10 });
  await has('sedna_exporter_objects{resource="models"} 25');
  assert.equal(api.requests.filter((request) => request === 'list models limit=10').length, 3);
});

test('pages become smaller when objects are large, and larger when they are small', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  Array.from({ length: 300 }, (_, index) => api.put('models', model(`m${index}`, '1')));
  Array.from({ length: 120 }, (_, index) => api.put(JOBS, job(`j${index}`, roundOfJob(1))));
  const { has } = await start(context, api, { pageBytes: 100_000 });
  await has('sedna_exporter_objects{resource="models"} 300');
  await has(`sedna_exporter_objects{resource="${JOBS}"} 120`);
  const limits = (resource: string) =>
    api.requests.flatMap((request) => new RegExp(`list ${resource} limit=(\\d+)`).exec(request)?.[1] ?? []).map(Number);
  assert.ok(limits('models')[1] === 400, String(limits('models')));
  assert.ok(limits(JOBS)[1] < 40, String(limits(JOBS)));
});

test('410 Gone: everything is listed anew, and what went in between is gone', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('old', '1'));
  api.put('models', model('kept', '1'));
  const { has, hasNot, errors } = await start(context, api);
  await has(accuracy('old', '1'));
  await waitFor('the watch', () => api.watching('models') === 1);
  api.deleteInSilence('models', model('old', '1'));
  api.compact();
  api.endWatches('models', 'end');
  await hasNot('name="old"');
  await has(accuracy('kept', '1'));
  assert.ok((await errors('expired')) >= 1);
});

test('a connection that is cut goes on where it was, without a new list', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('a', '1'));
  const { has, logged, errors } = await start(context, api);
  await has(accuracy('a', '1'));
  await waitFor('the watch', () => api.watching('models') === 1);
  api.endWatches('models', 'cut');
  api.put('models', model('a', '2'));
  await has(accuracy('a', '2'));
  await has('sedna_exporter_resource_up{resource="models"} 1');
  assert.equal(api.requests.filter((request) => request.startsWith('list models')).length, 1);
  assert.equal(await errors('unreachable'), 1);
  assert.equal(logged('models: readable again'), 1);
});

test('a bookmark moves the version from which a watch goes on', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  const { has } = await start(context, api);
  await has('sedna_exporter_objects{resource="models"} 0');
  await waitFor('the watch', () => api.watching('models') === 1);
  api.put(JOBS, job('j', []));
  api.bookmark('models');
  api.endWatches('models', 'end');
  await waitFor('the next watch', () => api.requests.includes('watch models from 3'));
});

test('a cluster in which nothing happens is heard of long before its data counts as old', () => {
  const longest = Math.max(WATCH_TIMES.watchSeconds, WATCH_TIMES.notInstalledMs / 1_000);
  assert.ok(longest <= SOURCE_STALE_AFTER_SECONDS / 2, `silent for ${longest} s`);
});

test('a watch that ended without an event is heard of when the next one begins', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  const { has, page } = await start(context, api);
  await has('sedna_exporter_resource_up{resource="models"} 1');
  await waitFor('the watches', () => RESOURCES.every((resource) => api.watching(resource) === 1));
  const heard = async () => Number(/last_success_timestamp_seconds\{source="cluster"\} (\S+)/.exec(await page())?.[1]);
  const before = await heard();
  RESOURCES.forEach((resource) => api.endWatches(resource, 'end'));
  await waitFor('the source to be heard of anew', async () => (await heard()) > before);
});

for (const [what, text] of [
  ['a line that is no JSON', '{"type":"ADDED","object":\n'],
  ['an event without an object', '{"type":"ADDED"}\n'],
  ['a type that is not known', '{"type":"MOVED","object":{"metadata":{"resourceVersion":"9"}}}\n'],
] as const) {
  test(`${what}: counted, and everything is listed anew`, async (context) => {
    const api = await FakeApiServer.start(RESOURCES);
    api.put('models', model('a', '1'));
    const { has, hasNot, errors } = await start(context, api);
    await has(accuracy('a', '1'));
    await waitFor('the watch', () => api.watching('models') === 1);
    api.deleteInSilence('models', model('a', '1'));
    api.send('models', text);
    await hasNot('name="a"');
    assert.equal(await errors('malformed_event'), 1);
  });
}

test('a kind that is not installed is looked for again, is logged once and is no error', async (context) => {
  const api = await FakeApiServer.start(RESOURCES.filter((resource) => resource !== 'models'));
  const { source, has, hasNot, page, logged, errors } = await start(context, api);
  await waitFor('all kinds', () => source.hasData);
  assert.doesNotMatch(await page(), /resource="models"/);
  await waitFor('a second look', () => api.requests.filter((request) => request === '404 models').length > 2);
  assert.equal(logged('there is no models'), 1);
  assert.equal(await errors('other'), 0);
  api.install('models');
  api.put('models', model('a', '1'));
  await has(accuracy('a', '1'));
  await waitFor('the watch', () => api.watching('models') === 1);
  await has('sedna_exporter_resource_up{resource="models"} 1');
  api.answerWith('models', 404);
  api.endWatches('models', 'end');
  await hasNot('"models"');
  await hasNot('name="a"');
});

test('a kind that is forbidden: visible, logged once, and the others go on', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.answerWith(JOBS, 403);
  api.put('models', model('a', '1'));
  const { source, has, logged, errors } = await start(context, api);
  await has(accuracy('a', '1'));
  await has(`sedna_exporter_resource_up{resource="${JOBS}"} 0`);
  await waitFor('more tries', async () => (await errors('forbidden')) > 2);
  assert.equal(logged('forbidden'), 1);
  await waitFor('all kinds', () => source.hasData);
  api.answerWith(JOBS);
  await has(`sedna_exporter_resource_up{resource="${JOBS}"} 1`);
});

test('a cluster that is away keeps its last values and their time', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('a', '1'));
  const { source, has, page, errors } = await start(context, api);
  await has(accuracy('a', '1'));
  await waitFor('all watches', () => RESOURCES.every((resource) => api.watching(resource) === 1));
  RESOURCES.forEach((resource) => api.answerWith(resource, 500));
  RESOURCES.forEach((resource) => api.endWatches(resource, 'cut'));
  await waitFor('failures', async () => (await errors('server_error')) > RESOURCES.length);
  await has('sedna_exporter_resource_up{resource="models"} 0');
  const time = async () => /last_success_timestamp_seconds\{source="cluster"\} (\S+)/.exec(await page())?.[1];
  const first = await time();
  await waitFor('more failures', async () => (await errors('server_error')) > 3 * RESOURCES.length);
  assert.equal(await time(), first);
  assert.ok((await page()).includes(accuracy('a', '1')));
  assert.ok(source.hasData);
});

test('oddities count when they are new, not at every list', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  api.put('models', model('a', 'n/a'));
  const { has, errors, page, logged } = await start(context, api);
  await has('sedna_exporter_objects{resource="models"} 1');
  assert.equal(await errors('not_a_number'), 1);
  assert.equal(logged('default/a status.metrics accuracy: not_a_number'), 1);
  await waitFor('the watch', () => api.watching('models') === 1);
  api.compact();
  api.endWatches('models', 'end');
  await waitFor('a second list', () => api.requests.filter((request) => request.startsWith('list models')).length > 1);
  api.put('models', model('a', '93%'));
  api.put('models', model('b', '0.5'));
  await has(accuracy('b', '0.5'));
  assert.equal(await errors('not_a_number'), 1);
  assert.doesNotMatch(await page(), /name="a"/);
});

test('counters do not fall when conditions are overwritten, and begin again with a new job of that name', async (context) => {
  const api = await FakeApiServer.start(RESOURCES);
  const round = roundOfJob(1);
  api.put(JOBS, job('j', round));
  const { has, errors } = await start(context, api);
  const counter = (value: number) =>
    `sedna_job_condition_transitions_total{namespace="default",name="j",kind="LifelongLearningJob",stage="Deploy",condition="Completed"} ${value}`;
  await has(counter(1));
  await waitFor('the watch', () => api.watching(JOBS) === 1);
  api.put(JOBS, job('j', round.slice(0, 12)));
  await waitFor('the loss', async () => (await errors('conditions_lost')) === 1);
  await has(counter(1));
  api.put(JOBS, job('j', round.slice(0, 12), 'another'));
  await has(counter(0));
  assert.equal(await errors('recreated'), 1);
  api.delete(JOBS, job('j', round, 'another'));
  api.put(JOBS, job('j', round, 'a-third'));
  await has(counter(1));
  assert.equal(await errors('recreated'), 2);
});

test('a kubeconfig that cannot be read, and where access comes from', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-cluster-'));
  const file = path.join(folder, 'kubeconfig.yaml');
  await assert.rejects(connect({ kubeconfig: [file] }), /KUBECONFIG: .*kubeconfig\.yaml cannot be read: ENOENT/);
  writeFileSync(file, 'users: [{name: a, user: {token: secret}}]\n\tbad');
  await assert.rejects(connect({ kubeconfig: [file] }), (error: Error) => !error.message.includes('secret'));
  writeFileSync(file, 'clusters: []\nusers: []\ncontexts: []\n');
  await assert.rejects(connect({ kubeconfig: [file] }), /names no current cluster .*; set current-context/);
  assert.deepEqual(findClusterAccess({ KUBECONFIG: '/a:/b' }), { kubeconfig: ['/a', '/b'] });
  assert.equal(findClusterAccess({}, file), undefined);
  assert.equal(findClusterAccess({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, file), 'service-account');
  assert.equal(findClusterAccess({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, `${file}.none`), undefined);
});
