import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findBinary } from './binaries';
import { startProcess, type ManagedProcess } from './managedProcess';
import { COLLECTION_FOLDER } from '../projectRoot';

export interface CollectorOptions {
  /** Folder for its log, and for its state by default. */
  dir: string;
  /** Folder with the layout of /var/log/pods: <namespace>_<pod>_<uid>/<container>/<restart>.log */
  logRoot: string;
  /** Node that the log files belong to. */
  node: string;
  /** URL of Loki. */
  lokiUrl: string;
  /** Folder for read positions and unsent entries. */
  stateDir?: string;
}

export interface SidecarOptions {
  /** Folder for its log and its state. */
  dir: string;
  /** Glob of the files that it reads. */
  logFiles: string;
  namespace: string;
  pod: string;
  container: string;
  node: string;
  /** URL of Loki. */
  lokiUrl: string;
}

/** Starts the log collector of a node with the committed configuration. */
export async function startCollector(options: CollectorOptions): Promise<ManagedProcess> {
  const { dir, logRoot, node, lokiUrl, stateDir = path.join(dir, `otelcol-${node}`) } = options;
  return start(`otelcol-${node}`, 'config.yaml', dir, lokiUrl, stateDir, { LOG_ROOT: logRoot, NODE_NAME: node });
}

/** Starts the sidecar collector of a pod with the committed configuration. */
export async function startSidecar(options: SidecarOptions): Promise<ManagedProcess> {
  const { dir, logFiles, namespace, pod, container, node, lokiUrl } = options;
  const name = `otelcol-${pod}`;
  return start(name, 'sidecar.yaml', dir, lokiUrl, path.join(dir, name), {
    LOG_FILES: logFiles,
    POD_NAMESPACE: namespace,
    POD_NAME: pod,
    CONTAINER_NAME: container,
    NODE_NAME: node,
  });
}

function start(
  name: string,
  config: string,
  dir: string,
  lokiUrl: string,
  stateDir: string,
  env: Record<string, string>
): Promise<ManagedProcess> {
  mkdirSync(stateDir, { recursive: true });
  const url = `${lokiUrl}/otlp`;
  return startProcess({
    name,
    binary: findBinary('otelcol'),
    args: [
      `--config=file:${path.join(COLLECTION_FOLDER, 'otel-collector', config)}`,
      '--feature-gates=stanza.synchronousLogEmitter',
    ],
    env: { ...env, LOKI_OTLP_ENDPOINT: url, STATE_DIR: stateDir },
    dir,
    url,
    ready: ({ logFile }) => readFileSync(logFile, 'utf8').includes('Everything is ready'),
  });
}
