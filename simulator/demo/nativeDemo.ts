/** Runs a simulated Sedna with real servers on loopback, without Grafana. */
import path from 'node:path';
import {
  getFreePort,
  ProcessGroup,
  startLoki,
  startPrometheus,
  waitFor,
  type ManagedProcess,
} from '../../tools/engines';
import { grantAccess, type KubernetesAccess } from '../../tools/engines/kubernetes/grantAccess';
import { runHistory } from '../drivers/backfill/history';
import { hasScraped } from '../drivers/backfill/readiness';
import { runLive, type LiveOptions } from '../drivers/live';
import { NODES } from '../engine/nodes';
import { createWorld, NAMESPACES, type Scenario, type World } from '../engine/world';
import { createRecordedWorld } from '../recording/player';
import type { Recording } from '../recording/recording';
import { backfillHistory } from './backfillHistory';
import { getPlaces, startCollection, type Collection } from './collection';

export interface DemoOptions {
  /** Folder for all data. Its content is deleted first. */
  dir: string;
  /** Seed of the simulation, 1 by default. */
  seed?: number;
  /** Hours of history at the start, 2 by default. */
  historyHours?: number;
  /** Objects in the cluster, all scenarios by default. */
  scenario?: Scenario;
  /** Repeats a recording from now on, instead of the simulation and its history. */
  recording?: Recording;
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
    recording,
    nodesWithoutCollector = [],
    lokiPort,
    log = () => undefined,
  } = options;
  // Loki starts first, and retries to send the results of its rules until Prometheus is ready.
  const { prometheusPort = await getFreePort() } = options;
  const prometheusUrl = `http://127.0.0.1:${prometheusPort}`;
  const processes = new ProcessGroup();
  const inDir = (name: string) => path.join(dir, name);
  const places = recording ? getPlaces(recording) : { namespaces: NAMESPACES, nodes: NODES.map(({ name }) => name) };
  const nodes = places.nodes.filter((name) => !nodesWithoutCollector.includes(name));
  const loki = { port: lokiPort, prometheusUrl };
  const isLive = recording !== undefined;
  const collection = await startCollection({
    ...places,
    dir,
    processes,
    nodes,
    isLive,
    isRecorded: isLive,
    journalNode: nodes[0],
    loki,
    log,
  });
  const { apiServer, loki: firstLoki, kubeStateMetrics, exporter, drivers } = collection;
  const kubernetes = await grantAccess(apiServer);

  const dataDir = inDir('prometheus-data');
  const liveSince = new Date(Math.floor(Date.now() / 1000) * 1000);
  const history = { dir, dataDir, collection, seed, historyHours, scenario, nodesWithoutCollector, log };
  const simulated = recording ? undefined : await writeHistory(history, liveSince);

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
  const world = simulated ?? createRecordedWorld(recording!, { start: new Date(), keepsNodesOnline: true });
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
    kubeconfig: apiServer.kubeconfigs.admin,
    kubernetes,
    logRoot: drivers.logs.root,
    knowledgeBase: collection.knowledgeBase,
    prometheusData: dataDir,
    liveSince,
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

type WriteHistoryOptions = Pick<DemoOptions, 'dir' | 'scenario'> &
  Required<Pick<DemoOptions, 'seed' | 'historyHours' | 'nodesWithoutCollector' | 'log'>> & {
    dataDir: string;
    collection: Collection;
  };

/** Simulates the history and backfills it. @returns the world at the end of the history */
async function writeHistory(options: WriteHistoryOptions, to: Date): Promise<World> {
  const { dir, dataDir, collection, seed, historyHours, scenario, nodesWithoutCollector, log } = options;
  const from = new Date(to.getTime() - historyHours * 3_600_000);
  log(`Simulating ${historyHours} hours of history`);
  const world = createWorld({ seed, start: from, scenario });
  const openMetricsFile = path.join(dir, 'history.txt');
  const { drivers, targets, loki } = collection;
  const stats = await runHistory({
    world,
    drivers,
    from,
    to,
    targets,
    nodesWithoutCollector,
    outputFile: openMetricsFile,
  });
  log(
    `  ${stats.effects} changes, ${stats.logLines} log lines, ${stats.series} series in ${stats.seconds.toFixed(0)} s`
  );
  log('Backfilling Prometheus with the history, the Loki rules, and the recording rules');
  await backfillHistory({ dir, openMetricsFile, dataDir, from, to, lokiUrl: loki.url, logBytes: stats.logBytes });
  return world;
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
