/** Runs a simulated Sedna with real servers on loopback, without Grafana. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  EXPORTER_LOG_FILE,
  findBinary,
  getFreePort,
  startApiServer,
  startCollector,
  startEtcd,
  startExporter,
  startKubeStateMetrics,
  startLoki,
  startPrometheus,
  ProcessGroup,
  waitFor,
  type ManagedProcess,
} from '../../tools/engines';
import { hasScraped, hasDiscoveredCustomResources, createScrapeTarget } from '../drivers/backfill/readiness';
import { ApiDriver, KnowledgeBaseFile, LogFiles } from '../drivers';
import { runHistory } from '../drivers/backfill/history';
import { grantAccess, type KubernetesAccess } from '../../tools/engines/kubernetes/grantAccess';
import { waitForLines, writeLogRuleHistory } from '../drivers/backfill/logRules';
import { runLive, type LiveOptions } from '../drivers/live';
import { NODES } from '../engine/nodes';
import { createWorld, NAMESPACES, type Scenario } from '../engine/world';
import { backfill, backfillRules, splitRules } from '../drivers/backfill/backfill';
import { COLLECTION_FOLDER } from '../../tools/projectRoot';

export interface DemoOptions {
  /** Folder for all data. Its content is deleted first. */
  dir: string;
  /** Seed of the simulation, 1 by default. */
  seed?: number;
  /** Hours of history at the start, 2 by default. */
  historyHours?: number;
  /** Objects in the cluster, all scenarios by default. */
  scenario?: Scenario;
  /** Nodes without a log collector. */
  nodesWithoutCollector?: readonly string[];
  /** Ports of the servers, free ones by default. */
  prometheusPort?: number;
  lokiPort?: number;
  /** Called with a line of progress for each step. */
  log?: (line: string) => void;
}

/** A running demo. */
export interface Demo {
  prometheus: ManagedProcess;
  loki: ManagedProcess;
  apiServer: ManagedProcess;
  kubeStateMetrics: ManagedProcess;
  exporter: ManagedProcess;
  /** Kubeconfig file of an administrator. */
  kubeconfig: string;
  /** Connection of the app to the API server. */
  kubernetes: KubernetesAccess;
  /** Root of the container log files: `<root>/<node>/pods/...`. */
  logRoot: string;
  /** Path of the SQLite file of the knowledge base. */
  knowledgeBase: string;
  /** Data folder of Prometheus. */
  prometheusData: string;
  /** End of the history and start of the live simulation. */
  liveSince: Date;
  /** Restarts Prometheus or Loki at the same URL. */
  restart(server: 'prometheus' | 'loki'): Promise<void>;
  /** Stops the simulation, but not the servers. */
  freeze(): Promise<void>;
  /** Adds a process that stops with the demo. */
  add<T extends ManagedProcess>(starting: Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Passes over the recording rules, one per level of rules that depend on others. */
const RULE_PASSES = 5;
const RULES = path.join(COLLECTION_FOLDER, 'prometheus', 'rules', 'sedna.yaml');
const LOG_RULES = path.join(COLLECTION_FOLDER, 'loki', 'rules', 'sedna.yaml');

/**
 * Starts all servers, backfills the history, and continues live.
 * @throws if a server doesn't start, with the last lines of its log; stops all others before that
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const {
    dir,
    seed = 1,
    historyHours = 2,
    scenario,
    nodesWithoutCollector = [],
    lokiPort,
    log = () => undefined,
  } = options;
  // Loki starts first, and retries to send the results of its rules until Prometheus is ready.
  const { prometheusPort = await getFreePort() } = options;
  const prometheusUrl = `http://127.0.0.1:${prometheusPort}`;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const processes = new ProcessGroup();
  const inDir = (name: string) => path.join(dir, name);

  log('Starting etcd, the Kubernetes API server, and Loki');
  const etcd = await processes.add(startEtcd({ dir: inDir('etcd') }));
  const [apiServer, firstLoki] = await Promise.all([
    processes.add(startApiServer({ dir: inDir('api-server'), etcdUrl: etcd.url })),
    processes.add(startLoki({ dir: inDir('loki'), port: lokiPort, prometheusUrl })),
  ]);
  const kubeconfig = apiServer.kubeconfigs.admin;
  const drivers = {
    api: new ApiDriver(kubeconfig),
    logs: new LogFiles(inDir('logs')),
    knowledgeBase: new KnowledgeBaseFile(inDir('kb.sqlite3')),
  };
  await drivers.api.prepare(NAMESPACES);
  const kubernetes = await grantAccess(apiServer);

  log('Starting kube-state-metrics, the exporter, and a log collector for each node');
  const [kubeStateMetrics, exporter] = await Promise.all([
    processes.add(
      startKubeStateMetrics({
        dir: inDir('kube-state-metrics'),
        kubeconfig: apiServer.kubeconfigs['kube-state-metrics'],
      })
    ),
    processes.add(
      startExporter({
        dir: inDir('exporter'),
        knowledgeBase: inDir('kb.sqlite3'),
        kubeconfig: apiServer.kubeconfigs.exporter,
        journalFile: path.join(drivers.logs.root, NODES[0].name, 'pods', EXPORTER_LOG_FILE),
        journalProgress: inDir('journal-progress'),
      })
    ),
  ]);
  await Promise.all(
    NODES.filter(({ name }) => !nodesWithoutCollector.includes(name)).map(({ name: node }) => {
      const logRoot = path.join(drivers.logs.root, node, 'pods');
      mkdirSync(logRoot, { recursive: true });
      return processes.add(startCollector({ dir: inDir('collector'), logRoot, node, lokiUrl: firstLoki.url }));
    })
  );

  await waitFor('kube-state-metrics to discover the custom resources', () =>
    hasDiscoveredCustomResources(kubeStateMetrics.telemetryUrl)
  );

  const to = new Date(Math.floor(Date.now() / 1000) * 1000);
  const from = new Date(to.getTime() - historyHours * 3_600_000);
  log(`Simulating ${historyHours} hours of history`);
  const world = createWorld({ seed, start: from, scenario });
  const dataDir = inDir('prometheus-data');
  const openMetricsFile = inDir('history.txt');
  const scrape = [
    createScrapeTarget('kube-state-metrics', kubeStateMetrics.url),
    createScrapeTarget('sedna-exporter', exporter.url),
  ];
  const stats = await runHistory({
    world,
    drivers,
    from,
    to,
    targets: scrape,
    nodesWithoutCollector,
    outputFile: openMetricsFile,
  });
  log(
    `  ${stats.effects} changes, ${stats.logLines} log lines, ${stats.series} series in ${stats.seconds.toFixed(0)} s`
  );
  log('Backfilling Prometheus with the history, the Loki rules, and the recording rules');
  await backfillHistory({
    dir,
    openMetricsFile,
    dataDir,
    from,
    to,
    lokiUrl: firstLoki.url,
    logBytes: stats.logBytes,
  });

  const startServer = {
    prometheus: (port?: number) =>
      startPrometheus({
        dir: inDir('prometheus'),
        dataDir,
        kubeStateMetricsUrl: kubeStateMetrics.url,
        exporterUrl: exporter.url,
        port,
      }),
    loki: (port?: number) => startLoki({ dir: inDir('loki'), port, prometheusUrl }),
  };
  const prometheus = await processes.add(startServer.prometheus(prometheusPort));
  // Prometheus writes stale markers only for series that it scraped, so the simulation waits for the first scrape.
  await waitFor('the first scrape of all targets', () => hasScraped(prometheus.url));
  // The newest process of the group stops first, so the simulation stops before the servers that it writes to.
  const live = await processes.add(
    startLive({ world, drivers, url: apiServer.url, onError: (error) => log(`  A tick was lost: ${error}`) })
  );

  const demo: Demo = {
    prometheus,
    loki: firstLoki,
    apiServer,
    kubeStateMetrics,
    exporter,
    kubeconfig,
    kubernetes,
    logRoot: drivers.logs.root,
    knowledgeBase: inDir('kb.sqlite3'),
    prometheusData: dataDir,
    liveSince: to,
    freeze: () => live.stop(),
    async restart(server) {
      await demo[server].stop();
      demo[server] = await processes.add(startServer[server](Number(new URL(demo[server].url).port)));
    },
    add: (starting) => processes.add(starting),
    stop: () => processes.stop(),
  };
  return demo;
}

interface BackfillHistoryOptions {
  dir: string;
  openMetricsFile: string;
  dataDir: string;
  from: Date;
  to: Date;
  lokiUrl: string;
  /** Bytes of log lines that Loki must have. */
  logBytes: number;
}

/** Creates blocks of the scraped history, the results of the Loki rules, and the results of the recording rules. */
async function backfillHistory(options: BackfillHistoryOptions): Promise<void> {
  const { dir, openMetricsFile, dataDir, from, to, lokiUrl, logBytes } = options;
  const promtool = findBinary('promtool');
  await backfill({ promtool, openMetricsFile, dataDir });
  await waitForLines(lokiUrl, logBytes, from, to);
  const logRuleFile = path.join(dir, 'log-rules.txt');
  // Up to now, because a rule covers the minute before the last one. The simulation is paused since the end of the history.
  await writeLogRuleHistory({ lokiUrl, rulesFile: LOG_RULES, from, to: new Date(), outputFile: logRuleFile });
  await backfill({ promtool, openMetricsFile: logRuleFile, dataDir });
  const { recorded, findings } = splitRules(RULES, dir);
  const passes = [...Array.from({ length: RULE_PASSES }, () => recorded), findings];
  for (const [pass, rulesFile] of passes.entries()) {
    const reader = await startPrometheus({ dir: path.join(dir, `rules-${pass}`), dataDir });
    try {
      await backfillRules({ promtool, prometheusUrl: reader.url, rulesFile, from, to, dataDir });
    } finally {
      await reader.stop();
    }
  }
}

/** Starts the live simulation as a process of a group. */
async function startLive({ url, ...options }: Omit<LiveOptions, 'signal'> & { url: string }): Promise<ManagedProcess> {
  const live = new AbortController();
  const running = runLive({ ...options, signal: live.signal });
  const stop = () => {
    live.abort();
    return running;
  };
  return { name: 'simulation', url, pid: process.pid, logFile: '', stop };
}
