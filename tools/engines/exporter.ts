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
  /** Loopback port, a free one by default. */
  port?: number;
}

/** Builds the same bundle that is shipped, and starts it. */
export async function startExporter({
  dir,
  knowledgeBase,
  kubeconfig,
  port,
}: ExporterOptions): Promise<ManagedProcess> {
  const bundle = path.join(dir, 'exporter.js');
  execFileSync(process.execPath, [path.join(__dirname, '..', '..', 'exporter', 'build.mjs'), bundle]);
  const address = `127.0.0.1:${port ?? (await getFreePort())}`;
  const url = `http://${address}`;
  return startProcess({
    name: 'exporter',
    binary: process.execPath,
    args: [bundle],
    // An empty value counts as unset, and overrides a variable of this process.
    env: {
      SEDNA_EXPORTER_ADDRESS: address,
      SEDNA_KNOWLEDGE_BASE: knowledgeBase ?? '',
      KUBECONFIG: kubeconfig ?? '',
    },
    dir,
    url,
    ready: async () => (await fetchText(`${url}/healthz`)).includes('ok'),
  });
}
