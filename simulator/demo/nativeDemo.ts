/** The simulated Sedna with the real engines around it, all on loopback, without Grafana. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
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
  /** Folder for everything that it writes; emptied first. */
  dir: string;
  /** Same seed, same story. */
  seed?: number;
  /** Hours of history that are there at the start. */
  hours?: number;
  /** What lives in the cluster; the whole cast unless told. */
  cast?: Scenario;
  /** Nodes that have no log collector. */
  unheardNodes?: readonly string[];
  /** Ports of what people look at; free ones unless told. */
  prometheusPort?: number;
  lokiPort?: number;
  /** One line about each step. */
  log?: (line: string) => void;
}

/** What is served while the demo runs. */
export interface Demo {
  prometheus: ManagedProcess;
  loki: ManagedProcess;
  apiServer: ManagedProcess;
  kubeStateMetrics: ManagedProcess;
  exporter: ManagedProcess;
  /** Kubeconfig file of an administrator. */
  kubeconfig: string;
  /** The app's connection to the API server. */
  kubernetes: KubernetesAccess;
  /** Root of the container log files: `<root>/<node>/pods/...`. */
  logRoot: string;
  /** Path of the knowledge base's SQLite file. */
  knowledgeBase: string;
  /** Folder of Prometheus's data. */
  prometheusData: string;
  /** When the history ends and the live part begins. */
  liveSince: Date;
  /** Starts Prometheus or Loki again at the same address, after it was stopped. */
  restart(server: 'prometheus' | 'loki'): Promise<void>;
  /** Lets the world stand still; the engines go on. */
  freeze(): Promise<void>;
  /** Makes another engine a part of what is stopped together. */
  add<T extends ManagedProcess>(starting: Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Rules that read results of rules: one pass for each level. */
const RULE_PASSES = 5;
const RULES = path.join(COLLECTION_FOLDER, 'prometheus', 'rules', 'sedna.yaml');
const LOG_RULES = path.join(COLLECTION_FOLDER, 'loki', 'rules', 'sedna.yaml');

/**
 * Starts everything, plays the history, goes on live.
 * @throws when an engine does not start, with the last lines of its log; what had started is stopped then
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { dir, seed = 1, hours = 2, cast, unheardNodes = [], lokiPort, log = () => undefined } = options;
  // Loki starts first and writes the results of its rules there; it tries until Prometheus is up.
  const { prometheusPort = await getFreePort() } = options;
  const prometheusUrl = `http://127.0.0.1:${prometheusPort}`;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const stack = new ProcessGroup();
  const at = (name: string) => path.join(dir, name);

  log('Starting etcd, the Kubernetes API server and Loki');
  const etcd = await stack.add(startEtcd({ dir: at('etcd') }));
  const [apiServer, firstLoki] = await Promise.all([
    stack.add(startApiServer({ dir: at('api-server'), etcdUrl: etcd.url })),
    stack.add(startLoki({ dir: at('loki'), port: lokiPort, prometheusUrl })),
  ]);
  const kubeconfig = apiServer.kubeconfigs.admin;
  const drivers = {
    api: new ApiDriver(kubeconfig),
    logs: new LogFiles(at('logs')),
    knowledgeBase: new KnowledgeBaseFile(at('kb.sqlite3')),
  };
  await drivers.api.prepare(NAMESPACES);
  const kubernetes = await grantAccess(apiServer);

  log('Starting kube-state-metrics, the exporter and a log collector for each node');
  const [kubeStateMetrics, exporter] = await Promise.all([
    stack.add(
      startKubeStateMetrics({ dir: at('kube-state-metrics'), kubeconfig: apiServer.kubeconfigs['kube-state-metrics'] })
    ),
    stack.add(
      startExporter({
        dir: at('exporter'),
        knowledgeBase: at('kb.sqlite3'),
        kubeconfig: apiServer.kubeconfigs.exporter,
      })
    ),
  ]);
  await Promise.all(
    NODES.filter(({ name }) => !unheardNodes.includes(name)).map(({ name: node }) => {
      const logRoot = path.join(drivers.logs.root, node, 'pods');
      mkdirSync(logRoot, { recursive: true });
      return stack.add(startCollector({ dir: at('collector'), logRoot, node, lokiUrl: firstLoki.url }));
    })
  );

  await waitFor('kube-state-metrics to read custom resources', () =>
    hasDiscoveredCustomResources(kubeStateMetrics.telemetryUrl)
  );

  const to = new Date(Math.floor(Date.now() / 1000) * 1000);
  const from = new Date(to.getTime() - hours * 3_600_000);
  log(`Playing ${hours} hours of history into the real engines`);
  const world = createWorld({ seed, start: from, cast });
  const dataDir = at('prometheus-data');
  const openMetricsFile = at('history.txt');
  const scrape = [
    createScrapeTarget('kube-state-metrics', kubeStateMetrics.url),
    createScrapeTarget('sedna-exporter', exporter.url),
  ];
  const figures = await runHistory({ world, drivers, from, to, scrape, unheardNodes, out: openMetricsFile });
  log(
    `  ${figures.effects} changes, ${figures.logLines} log lines, ${figures.series} series in ${figures.seconds.toFixed(0)} s`
  );
  log('Writing the history back into Prometheus, the rules of Loki and the recording rules included');
  await writeHistoryBack({
    dir,
    openMetricsFile,
    dataDir,
    from,
    to,
    lokiUrl: firstLoki.url,
    logBytes: figures.logBytes,
  });

  const startServer = {
    prometheus: (port?: number) =>
      startPrometheus({
        dir: at('prometheus'),
        dataDir,
        kubeStateMetricsUrl: kubeStateMetrics.url,
        exporterUrl: exporter.url,
        port,
      }),
    loki: (port?: number) => startLoki({ dir: at('loki'), port, prometheusUrl }),
  };
  const prometheus = await stack.add(startServer.prometheus(prometheusPort));
  // Only what the live Prometheus has scraped gets a stale marker when it ends; the world stands still until then.
  await waitFor('the first scrape of all targets', () => hasScraped(prometheus.url));
  // Part of the stack, and its newest, so that it ends before the servers that it writes to.
  const live = await stack.add(
    startLive({ world, drivers, url: apiServer.url, onError: (error) => log(`  a tick was lost: ${error}`) })
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
    knowledgeBase: at('kb.sqlite3'),
    prometheusData: dataDir,
    liveSince: to,
    freeze: () => live.stop(),
    async restart(server) {
      await demo[server].stop();
      demo[server] = await stack.add(startServer[server](Number(new URL(demo[server].url).port)));
    },
    add: (starting) => stack.add(starting),
    stop: () => stack.stop(),
  };
  return demo;
}

interface WriteHistoryBack {
  dir: string;
  openMetricsFile: string;
  dataDir: string;
  from: Date;
  to: Date;
  lokiUrl: string;
  /** What Loki must have of the history's lines. */
  logBytes: number;
}

/**
 * Makes blocks of what was scraped, of what Loki's rules make of the logs, and of what the recording rules make of
 * both.
 */
async function writeHistoryBack(options: WriteHistoryBack): Promise<void> {
  const { dir, openMetricsFile, dataDir, from, to, lokiUrl, logBytes } = options;
  const promtool = findBinary('promtool');
  await backfill({ promtool, openMetricsFile, dataDir });
  await waitForLines(lokiUrl, logBytes, from, to);
  const logRuleFile = path.join(dir, 'log-rules.txt');
  // Until now, for a rule tells of the minute before the last one; the world stands still since the history's end.
  await writeLogRuleHistory({ lokiUrl, rulesFile: LOG_RULES, from, to: new Date(), out: logRuleFile });
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

/** The simulation as a part of a stack: it ends when it is stopped. */
async function startLive({ url, ...options }: Omit<LiveOptions, 'signal'> & { url: string }): Promise<ManagedProcess> {
  const live = new AbortController();
  const running = runLive({ ...options, signal: live.signal });
  const stop = () => {
    live.abort();
    return running;
  };
  return { name: 'simulation', url, pid: process.pid, logFile: '', stop };
}
