import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { waitFor } from '../../tools/engines/wait';
import { FakeApiServer } from '../cluster/fakeApiServer';
import { parseConfig } from '../config';
import { startService } from './service';

const WORKER = path.join(__dirname, '..', 'main.ts');
const kbFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'sedna-ops-exporter-')), 'kb.sqlite3');

function execute(file: string, sql: string): void {
  const connection = new DatabaseSync(file);
  connection.exec(sql);
  connection.close();
}

async function start(context: TestContext, knowledgeBase?: string) {
  const lines: string[] = [];
  const service = await startService({ host: '127.0.0.1', port: 0, knowledgeBase }, WORKER, (line) => lines.push(line));
  context.after(() => service.close());
  const get = async (route: string) => {
    const response = await fetch(`${service.url}${route}`);
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
  };
  const series = async (name: string) => {
    const { body } = await get('/metrics');
    return body.split('\n').find((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  };
  return { service, get, series, lines };
}

test('a knowledge base that appears, breaks, and recovers updates its up metric and keeps the last values', async (context) => {
  const file = kbFile();
  const { get, series, lines } = await start(context, file);
  assert.equal((await get('/healthz')).status, 200);
  assert.equal((await get('/readyz')).status, 503);
  assert.equal(await series('sedna_knowledge_base_up'), 'sedna_knowledge_base_up 0');
  assert.equal(await series('sedna_knowledge_base_known_tasks'), undefined);

  execute(file, "CREATE TABLE ll_tasks (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO ll_tasks (name) VALUES ('a')");
  await waitFor('the tasks', async () => (await series('sedna_knowledge_base_known_tasks'))?.endsWith(' 1'));
  assert.equal(await series('sedna_knowledge_base_up'), 'sedna_knowledge_base_up 1');
  assert.equal((await get('/readyz')).status, 200);

  rmSync(file);
  writeFileSync(file, 'something else');
  await waitFor('the failure', async () => (await series('sedna_knowledge_base_up')) === 'sedna_knowledge_base_up 0');
  assert.equal(await series('sedna_knowledge_base_known_tasks'), 'sedna_knowledge_base_known_tasks 1');
  assert.match((await get('/metrics')).body, /errors_total\{source="knowledge_base",cause="not_a_database"\} [1-9]/);
  assert.equal(
    lines.filter((line) => line.includes('not_a_database')).length,
    1,
    'a persistent failure is logged once'
  );

  rmSync(file);
  execute(file, 'CREATE TABLE ll_tasks (id INTEGER PRIMARY KEY)');
  await waitFor('the new file', async () => (await series('sedna_knowledge_base_known_tasks'))?.endsWith(' 0'));
  assert.ok(lines.includes('knowledge base: readable again'));
});

test('a skipped row is counted and logged once, however often it is read', async (context) => {
  const file = kbFile();
  execute(
    file,
    `CREATE TABLE metric (id int primary key, name text, label text, note text, last_time timestamp);
     CREATE TABLE metric_value (id int primary key, metric_id int, label_value text, value float, last_time timestamp);
     INSERT INTO metric VALUES (1, 'm', 'a,b', '', 0);
     INSERT INTO metric_value VALUES (5, 1, 'one', 1, 0);`
  );
  const { get, series, lines } = await start(context, file);
  const counter = /errors_total\{source="knowledge_base",cause="label_count"\} (\d+)/;
  await waitFor('the row to be counted', async () => counter.exec((await get('/metrics')).body)?.[1] === '1');
  execute(file, "INSERT INTO metric_value VALUES (6, 1, 'x,y', 2, 0)");
  await waitFor('a later read', async () => (await series('sedna_custom_m'))?.endsWith(' 2'));
  assert.equal(counter.exec((await get('/metrics')).body)?.[1], '1');
  assert.deepEqual(
    lines.filter((line) => line.includes('metric_value id 5')),
    ['knowledge base: skipped metric_value id 5 (label_count): 1 label values for 2 labels']
  );
});

test('/metrics serves the Prometheus text format, and unknown routes and methods are rejected', async (context) => {
  const { service, get } = await start(context, kbFile());
  assert.equal((await get('/metrics')).type, 'text/plain; version=0.0.4; charset=utf-8');
  assert.equal((await get('/toString')).status, 404);
  const head = await fetch(`${service.url}/metrics`, { method: 'HEAD' });
  assert.deepEqual([head.status, await head.text()], [200, '']);
  assert.equal((await fetch(`${service.url}/metrics`, { method: 'POST', body: 'x' })).status, 405);
});

test('without a source, the exporter runs, is not ready, and exports no knowledge base metrics', async (context) => {
  const { get, lines } = await start(context);
  assert.equal((await get('/healthz')).status, 200);
  const { status, body } = await get('/readyz');
  assert.equal(status, 503);
  assert.match(body, /^no source is configured: set SEDNA_KNOWLEDGE_BASE or KUBECONFIG/);
  assert.ok(lines.includes(body.trim()), 'logged at startup');
  assert.doesNotMatch((await get('/metrics')).body, /sedna_knowledge_base/);
});

test('/readyz succeeds with the first source that has data and shows the state of each', async (context) => {
  const api = await FakeApiServer.start(['models']);
  const folder = mkdtempSync(path.join(tmpdir(), 'sedna-ops-exporter-'));
  const kubeconfig = path.join(folder, 'kubeconfig.yaml');
  api.writeKubeconfig(kubeconfig);
  api.put('models', {
    metadata: { namespace: 'default', name: 'a', uid: 'u' },
    status: { metrics: [{ key: 'accuracy', value: '0.95' }] },
  });
  const config = { host: '127.0.0.1', port: 0, knowledgeBase: kbFile(), cluster: { kubeconfig: [kubeconfig] } };
  const service = await startService(config, WORKER, () => undefined);
  context.after(async () => {
    await service.close();
    await api.close();
  });
  const get = async (route: string) => (await fetch(`${service.url}${route}`)).text();
  await waitFor('readiness', async () => {
    return (await get('/readyz')) === 'knowledge base: no data yet\ncluster: ok\n';
  });
  const page = await get('/metrics');
  assert.match(page, /^sedna_model_metric\{namespace="default",name="a",kind="Model",key="accuracy"\} 0\.95$/m);
  assert.match(page, /^sedna_knowledge_base_up 0$/m);
});

test('starting on an address in use fails', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  await assert.rejects(
    startService({ host: '127.0.0.1', port }, WORKER, () => undefined),
    /EADDRINUSE/
  );
  other.close();
});

test('the configuration is parsed from environment variables', () => {
  const journal = { progressFile: undefined, file: undefined, maxLineAgeSeconds: 1_800, bytesPerSecond: 500_000 };
  const nothing = { knowledgeBase: undefined, cluster: undefined, journal };
  assert.deepEqual(parseConfig({}), { host: '127.0.0.1', port: 9808, ...nothing });
  assert.deepEqual(parseConfig({ SEDNA_EXPORTER_ADDRESS: '[::1]:80', SEDNA_KNOWLEDGE_BASE: '/db/kb.sqlite3' }), {
    host: '::1',
    port: 80,
    knowledgeBase: '/db/kb.sqlite3',
    cluster: undefined,
    journal,
  });
  assert.equal(parseConfig({ SEDNA_JOURNAL: 'off' }).journal, undefined);
  assert.deepEqual(
    parseConfig({
      SEDNA_JOURNAL_PROGRESS: '/p',
      SEDNA_JOURNAL_FILE: '/f',
      SEDNA_JOURNAL_MAX_LINE_AGE_SECONDS: '60',
      SEDNA_JOURNAL_BYTES_PER_SECOND: '1000',
      SEDNA_CLUSTER: 'plant-1',
    }).journal,
    { progressFile: '/p', file: '/f', maxLineAgeSeconds: 60, bytesPerSecond: 1_000, cluster: 'plant-1' }
  );
  assert.throws(() => parseConfig({ SEDNA_JOURNAL: 'yes' }), /SEDNA_JOURNAL must be on or off, not "yes"/);
  assert.throws(
    () => parseConfig({ SEDNA_JOURNAL_BYTES_PER_SECOND: '0' }),
    /SEDNA_JOURNAL_BYTES_PER_SECOND must be a positive number, not "0"/
  );
  assert.deepEqual(parseConfig({ KUBECONFIG: '/a:/b' }).cluster, { kubeconfig: ['/a', '/b'] });
  assert.equal(parseConfig({ SEDNA_EXPORTER_ADDRESS: ':9000' }).host, '0.0.0.0');
  assert.equal(parseConfig({ SEDNA_CUSTOM_METRIC_NAMES: 'upstream' }).customMetricNaming, 'upstream');
  assert.throws(
    () => parseConfig({ SEDNA_CUSTOM_METRIC_NAMES: 'own' }),
    /SEDNA_CUSTOM_METRIC_NAMES must be prefixed or upstream, not "own"/
  );
  for (const address of ['9808', 'host:', 'host:99999', '::1:80', 'a b']) {
    assert.throws(() => parseConfig({ SEDNA_EXPORTER_ADDRESS: address }), /SEDNA_EXPORTER_ADDRESS must be host:port/);
  }
});
