/** Starts the servers that a simulated or recorded Sedna is written to, and the collection that reads it. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  EXPORTER_LOG_FILE,
  startApiServer,
  startCollector,
  startEtcd,
  startExporter,
  startKubeStateMetrics,
  startLoki,
  waitFor,
  type ApiServer,
  type ManagedProcess,
  type ProcessGroup,
} from '../../tools/engines';
import type { KubeStateMetrics } from '../../tools/engines/kubeStateMetrics';
import { ApiDriver, KnowledgeBaseFile, LogFiles } from '../drivers';
import { createScrapeTarget, hasDiscoveredCustomResources } from '../drivers/backfill/readiness';
import type { ScrapeTarget } from '../drivers/backfill/history';
import type { Recording } from '../recording/recording';

export interface CollectionOptions {
  /** Folder for all data. Its content is deleted first. */
  dir: string;
  processes: ProcessGroup;
  namespaces: readonly string[];
  /** Nodes with a log collector. */
  nodes: readonly string[];
  /** Names log files by the uids in the API server. Otherwise they keep those of the world. */
  isLive?: boolean;
  /**
   * Whether the objects are recorded: each version is written, and not only the last one of a step, and what this API
   * server refuses is left out, such as an object that a mask made invalid.
   */
  isRecorded?: boolean;
  /** Node whose collector ships the journal of the exporter; by default none does. */
  journalNode?: string;
  /** Options of Loki beside its folder. */
  loki?: Omit<Parameters<typeof startLoki>[0], 'dir'>;
  /** Called with a line of progress for each step. */
  log?: (line: string) => void;
}

export interface Collection {
  apiServer: ApiServer;
  loki: ManagedProcess;
  kubeStateMetrics: KubeStateMetrics;
  exporter: ManagedProcess;
  drivers: { api: ApiDriver; logs: LogFiles; knowledgeBase: KnowledgeBaseFile };
  /** Path of the SQLite file of the knowledge base. */
  knowledgeBase: string;
  targets: readonly ScrapeTarget[];
}

/** Starts everything but Prometheus, and waits until kube-state-metrics knows the kinds of Sedna. */
export async function startCollection(options: CollectionOptions): Promise<Collection> {
  const { dir, processes, namespaces, nodes, isLive, loki: lokiOptions, log = () => undefined } = options;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const inDir = (name: string) => path.join(dir, name);

  log('Starting etcd, the Kubernetes API server, and Loki');
  const etcd = await processes.add(startEtcd({ dir: inDir('etcd') }));
  const [apiServer, loki] = await Promise.all([
    processes.add(startApiServer({ dir: inDir('api-server'), etcdUrl: etcd.url })),
    processes.add(startLoki({ ...lokiOptions, dir: inDir('loki') })),
  ]);
  const knowledgeBase = inDir('kb.sqlite3');
  const api = new ApiDriver(apiServer.kubeconfigs.admin, {
    writesEveryVersion: options.isRecorded,
    ...(options.isRecorded && { onRefused: ({ message }) => log(`  Left out: ${message}`) }),
  });
  const drivers = {
    api,
    logs: new LogFiles(inDir('logs'), isLive ? (uid) => api.getServerUid(uid) : undefined),
    knowledgeBase: new KnowledgeBaseFile(knowledgeBase),
  };
  await drivers.api.prepare(namespaces);

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
        knowledgeBase,
        kubeconfig: apiServer.kubeconfigs.exporter,
        ...(options.journalNode && {
          journalFile: path.join(drivers.logs.root, options.journalNode, 'pods', EXPORTER_LOG_FILE),
          journalProgress: inDir('journal-progress'),
        }),
      })
    ),
  ]);
  await Promise.all(
    nodes.map((node) => {
      const logRoot = path.join(drivers.logs.root, node, 'pods');
      mkdirSync(logRoot, { recursive: true });
      return processes.add(startCollector({ dir: inDir('collector'), logRoot, node, lokiUrl: loki.url }));
    })
  );
  await waitFor('kube-state-metrics to discover the custom resources', () =>
    hasDiscoveredCustomResources(kubeStateMetrics.telemetryUrl)
  );
  const targets = [
    createScrapeTarget('kube-state-metrics', kubeStateMetrics.url),
    createScrapeTarget('sedna-exporter', exporter.url),
  ];
  return { apiServer, loki, kubeStateMetrics, exporter, drivers, knowledgeBase, targets };
}

/** Namespaces and nodes that the servers need before the first object. */
export function getPlaces({ events, lines }: Pick<Recording, 'events' | 'lines'>): {
  namespaces: string[];
  nodes: string[];
} {
  const namespaces = events.flatMap(({ object: { metadata } }) => metadata.namespace ?? []);
  return {
    namespaces: [...new Set(namespaces)].sort(),
    nodes: [...new Set(lines.map(({ node }) => node))].sort(),
  };
}
