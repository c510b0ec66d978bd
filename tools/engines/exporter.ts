import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { getFreePort, startProcess, type ManagedProcess } from './managedProcess';
import { fetchText } from './wait';

export interface ExporterOptions {
  /** Folder for its bundle and its log. */
  dir: string;
  /** Path of the knowledge base's SQLite file; need not be there yet. */
  knowledgeBase?: string;
  /** Kubeconfig file for the cluster that it watches; none unless told. */
  kubeconfig?: string;
  /** Loopback port; a free one unless told. */
  port?: number;
}

/** Bundles the exporter as it is shipped and starts it. */
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
    // Empty is not set, also where the environment of this process has one.
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
