import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findBinary } from './binaries';
import { startEngine, type Engine } from './process';

export interface CollectorOptions {
  /** Folder for its log, and for its state unless told. */
  dir: string;
  /** Folder that is laid out as /var/log/pods: <namespace>_<pod>_<uid>/<container>/<restart>.log */
  logRoot: string;
  /** The node whose files these are. */
  node: string;
  /** Address of Loki. */
  lokiUrl: string;
  /** Folder of read positions and of what is not sent yet. */
  stateDir?: string;
}

/** Starts the log collector of one node with the committed configuration. */
export async function startCollector(options: CollectorOptions): Promise<Engine> {
  const { dir, logRoot, node, lokiUrl, stateDir = path.join(dir, `otelcol-${node}`) } = options;
  mkdirSync(stateDir, { recursive: true });
  const url = `${lokiUrl}/otlp`;
  return startEngine({
    name: `otelcol-${node}`,
    binary: findBinary('otelcol'),
    args: [
      `--config=file:${path.join(__dirname, '..', 'otel-collector', 'config.yaml')}`,
      '--feature-gates=stanza.synchronousLogEmitter',
    ],
    env: { LOG_ROOT: logRoot, NODE_NAME: node, LOKI_OTLP_ENDPOINT: url, STATE_DIR: stateDir },
    dir,
    url,
    ready: ({ logFile }) => readFileSync(logFile, 'utf8').includes('Everything is ready'),
  });
}
