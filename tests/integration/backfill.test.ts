import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import {
  findBinary,
  fetchText,
  startApiServer,
  startEtcd,
  startKubeStateMetrics,
  startPrometheus,
  waitFor,
  type ManagedProcess,
} from '../../tools/engines';
import { ApiDriver, KnowledgeBaseFile, LogFiles } from '../../simulator/drivers';
import { runHistory } from '../../simulator/drivers/backfill/history';
import { runLive } from '../../simulator/drivers/live';
import { createWorld, NAMESPACES } from '../../simulator/engine/world';
import { backfill } from '../../simulator/drivers/backfill/backfill';

const MINUTES = 15;

test('15 minutes of history are scraped from real servers, backfilled, and continued live', async (t) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'demo-history-'));
  const engines: ManagedProcess[] = [];
  const start = async (engine: Promise<ManagedProcess>) => {
    engines.push(await engine);
    return engines.at(-1)!;
  };
  t.after(async () => {
    for (const engine of engines.reverse()) {
      await engine.stop();
    }
    rmSync(dir, { recursive: true, force: true });
  });
  const etcd = await start(startEtcd({ dir }));
  const apiServer = await startApiServer({ dir, etcdUrl: etcd.url });
  engines.push(apiServer);
  const api = new ApiDriver(apiServer.kubeconfigs.admin);
  await api.prepare(NAMESPACES);
  const ksm = await start(startKubeStateMetrics({ dir, kubeconfig: apiServer.kubeconfigs['kube-state-metrics'] }));

  const to = new Date(Math.floor(Date.now() / 1000) * 1000);
  const from = new Date(to.getTime() - MINUTES * 60_000);
  const world = createWorld({ seed: 1, start: from });
  const knowledgeBase = new KnowledgeBaseFile(path.join(dir, 'kb.sqlite3'));
  const drivers = { api, logs: new LogFiles(path.join(dir, 'nodes')), knowledgeBase };
  const target = { job: 'kube-state-metrics', instance: new URL(ksm.url).host, url: `${ksm.url}/metrics` };
  const out = path.join(dir, 'history.om');
  const stats = await runHistory({ world, drivers, from, to, targets: [target], outputFile: out });
  assert.equal(stats.steps, 31);
  assert.ok(stats.logLines > 3000);
  assert.match(readFileSync(out, 'utf8').slice(-7), /\n# EOF\n$/);
  assert.ok(statSync(path.join(dir, 'nodes', 'edge-node', 'pods')).isDirectory());

  const dataDir = path.join(dir, 'prometheus-data');
  await backfill({ promtool: findBinary('promtool'), openMetricsFile: out, dataDir });
  const prometheus = await start(startPrometheus({ dir, dataDir }));
  const query = async (text: string, at: Date) => {
    const url = `${prometheus.url}/api/v1/query?query=${encodeURIComponent(text)}&time=${at.getTime() / 1000}`;
    const body = (await (await fetch(url)).json()) as { data: { result: Array<{ value: [number, string] }> } };
    return body.data.result.map(({ value }) => value[1]);
  };
  const inHistory = new Date(to.getTime() - 60_000);
  assert.deepEqual(await query('up{job="kube-state-metrics"}', inHistory), ['1']);
  assert.deepEqual(
    await query(
      'kube_pod_container_status_waiting_reason{reason="ImagePullBackOff",pod=~"stuck-starting-image-.+"}',
      inHistory
    ),
    ['1']
  );
  assert.deepEqual(await query('count(kube_node_role{role="edge"})', inHistory), ['3']);
  assert.deepEqual(await query('max(abs(time() - kube_lease_renew_time{lease="edge0"})) < bool 31', inHistory), ['1']);
  assert.deepEqual(
    await query('count({__name__=~"process_.+|go_.+|kube_state_metrics_.+|.+_created"})', inHistory),
    []
  );

  // Nodes renew their leases every 10 s, so a lease newer than the history is from the live simulation.
  const abort = new AbortController();
  const running = runLive({ world, drivers, signal: abort.signal });
  await waitFor('a lease of the live simulation', async () => {
    const page = await fetchText(`${ksm.url}/metrics`);
    return Number(/^kube_lease_renew_time\{lease="edge0".*\} (\S+)$/m.exec(page)?.[1]) > to.getTime() / 1000;
  });
  abort.abort();
  await running;
  knowledgeBase.close();
  api.close();
});
