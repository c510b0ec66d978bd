import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { getFreePort, startProcess, type ManagedProcess } from './managedProcess';
import { fetchText } from './wait';

export interface ExporterOptions {
  /** Folder for its bundle and its log. */
  dir: string;
  /** Path of the knowledge base's SQLite file. It may be created later. */
  knowledgeBase?: string;
  /** Kubeconfig file of the cluster to watch. By default it watches none. */
  kubeconfig?: string;
  /** File that gets the journal, with the layout of /var/log/pods. By default, its log has the journal. */
  journalFile?: string;
  /** File that keeps how far the journal got, none by default. */
  journalProgress?: string;
  /** Loopback port, a free one by default. */
  port?: number;
}

/** Half of `max_chunk_age` in collection/loki/loki.yaml. */
const LOKI_MAX_LINE_AGE_SECONDS = '172800';

/** Path of the exporter's log below the log folder of a node, as a kubelet would name it. */
export const EXPORTER_LOG_FILE = 'sedna_sedna-ops-exporter-0_00000000-0000-0000-0000-000000000000/exporter/0.log';

/** Options of Node that keep its memory low, as in exporter/Dockerfile. */
export const EXPORTER_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=100'];

/** Builds the same bundle that is shipped, and starts it. */
export async function startExporter({
  dir,
  knowledgeBase,
  kubeconfig,
  journalFile,
  journalProgress,
  port,
}: ExporterOptions): Promise<ManagedProcess> {
  const bundle = path.join(dir, 'exporter.js');
  execFileSync(process.execPath, [path.join(__dirname, '..', '..', 'exporter', 'build.mjs'), bundle]);
  const address = `127.0.0.1:${port ?? (await getFreePort())}`;
  const url = `http://${address}`;
  return startProcess({
    name: 'exporter',
    binary: process.execPath,
    args: [...EXPORTER_FLAGS, bundle],
    // An empty value counts as unset, and overrides a variable of this process.
    env: {
      SEDNA_EXPORTER_ADDRESS: address,
      SEDNA_KNOWLEDGE_BASE: knowledgeBase ?? '',
      KUBECONFIG: kubeconfig ?? '',
      SEDNA_JOURNAL_FILE: journalFile ?? '',
      SEDNA_JOURNAL_PROGRESS: journalProgress ?? '',
      SEDNA_JOURNAL_MAX_LINE_AGE_SECONDS: LOKI_MAX_LINE_AGE_SECONDS,
    },
    dir,
    url,
    ready: async () => (await fetchText(`${url}/healthz`)).includes('ok'),
  });
}
