/**
 * Service `sedna` in docker-compose.yaml: simulates the history, waits until Prometheus serves it, and continues live. One
 * process does all, because the API driver keeps the state of written objects.
 */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fetchText, waitFor } from '../../tools/engines/wait';
import { hasScraped, hasDiscoveredCustomResources, createScrapeTarget } from '../drivers/backfill/readiness';
import { ApiDriver, KnowledgeBaseFile, LogFiles } from '../drivers';
import { ApiClient } from '../drivers/apiClient';
import { MARKER, runHistory } from '../drivers/backfill/history';
import { runLive } from '../drivers/live';
import { waitForLines, writeLogRuleHistory } from '../drivers/backfill/logRules';
import { createWorld } from '../engine/world';
import { parsePositive, getRequired, log, type Environment } from './settings';

/** Enough to create blocks and start Prometheus on a slow machine. */
const PROMETHEUS_TIMEOUT_MS = 15 * 60_000;

/** Files in the history folder. `range` is written last, and marks the others as complete. */
const FILES = { metrics: 'metrics.txt', logRules: 'log-rules.txt', range: 'range' };

/** @throws if an earlier process used this cluster, because times would go back */
async function assertNewCluster(kubeconfig: string): Promise<void> {
  const client = new ApiClient(kubeconfig);
  try {
    const lease = `/apis/coordination.k8s.io/v1/namespaces/${MARKER.namespace}/leases/${MARKER.name}`;
    if ((await client.send('GET', lease)).status === 200) {
      throw new Error(
        'This cluster already contains a simulation. To start a new one, run "docker compose down" and "docker compose up".'
      );
    }
  } finally {
    client.close();
  }
}

/** Runs the simulation until the signal aborts. */
export async function runSimulation(env: Environment, signal: AbortSignal): Promise<void> {
  const kubeconfig = getRequired(env, 'KUBECONFIG');
  const kubeStateMetricsUrl = getRequired(env, 'SEDNA_KUBE_STATE_METRICS_URL');
  const telemetryUrl = getRequired(env, 'SEDNA_KUBE_STATE_METRICS_TELEMETRY_URL');
  const exporterUrl = getRequired(env, 'SEDNA_EXPORTER_URL');
  const prometheusUrl = getRequired(env, 'SEDNA_PROMETHEUS_URL');
  const lokiUrl = getRequired(env, 'SEDNA_LOKI_URL');
  const logRules = getRequired(env, 'SEDNA_LOKI_RULES');
  const history = getRequired(env, 'SEDNA_HISTORY');
  const historyHours = parsePositive(env, 'SEDNA_HISTORY_HOURS', 2);
  const seed = parsePositive(env, 'SEDNA_SEED', 1);
  const file = (name: keyof typeof FILES) => path.join(history, FILES[name]);
  await assertNewCluster(kubeconfig);
  rmSync(file('range'), { force: true });

  const drivers = {
    api: new ApiDriver(kubeconfig),
    logs: new LogFiles(getRequired(env, 'SEDNA_LOG_ROOT')),
    knowledgeBase: new KnowledgeBaseFile(getRequired(env, 'SEDNA_KNOWLEDGE_BASE')),
  };
  try {
    await waitFor('kube-state-metrics', () => hasDiscoveredCustomResources(telemetryUrl), { timeoutMs: 120_000 });
    await waitFor('the exporter', () => fetchText(`${exporterUrl}/healthz`), { timeoutMs: 60_000 });

    const to = new Date(Math.floor(Date.now() / 1000) * 1000);
    const from = new Date(to.getTime() - historyHours * 3_600_000);
    const world = createWorld({ seed, start: from });
    log(`Simulating ${historyHours} hours of history`);
    const stats = await runHistory({
      world,
      drivers,
      from,
      to,
      // The same instances as in collection/prometheus/targets, so that live series continue those of the history.
      targets: [
        createScrapeTarget('kube-state-metrics', kubeStateMetricsUrl),
        createScrapeTarget('sedna-exporter', exporterUrl),
      ],
      outputFile: file('metrics'),
      onStep: (step, steps) => step % 60 === 0 && log(`  Step ${step} of ${steps}`),
    });
    log('Waiting for Loki to receive all log lines');
    await waitForLines(lokiUrl, stats.logBytes, from, to);
    await writeLogRuleHistory({ lokiUrl, rulesFile: logRules, from, to: new Date(), outputFile: file('logRules') });
    writeFileSync(file('range'), `FROM=${from.getTime() / 1000}\nTO=${to.getTime() / 1000}\n`);
    log(
      `${stats.effects} changes, ${stats.logLines} log lines, ${stats.series} series in ${stats.seconds.toFixed(0)} s. Waiting for Prometheus`
    );
    // Prometheus writes stale markers only for series that it scraped, so the simulation waits for the first scrape.
    await waitFor('the first scrape of all targets', () => signal.aborted || hasScraped(prometheusUrl), {
      timeoutMs: PROMETHEUS_TIMEOUT_MS,
      intervalMs: 500,
    });
    // Prometheus has blocks of it, and the text has hundreds of megabytes.
    rmSync(file('metrics'), { force: true });
    rmSync(file('logRules'), { force: true });
    log('Continuing live');
    await runLive({ world, drivers, signal, onError: (error) => log(`A tick was lost: ${error}`) });
  } finally {
    drivers.api.close();
    drivers.knowledgeBase.close();
  }
}
