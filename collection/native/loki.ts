import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findBinary } from './binaries';
import { freePort, startEngine, type Engine } from './process';
import { getText } from './wait';

export interface LokiOptions {
  /** Folder for its log, and for its data unless told. */
  dir: string;
  dataDir?: string;
  /** Loopback port of its HTTP API; a free one unless told. */
  port?: number;
}

/** Starts Loki with the committed configuration. */
export async function startLoki({ dir, dataDir = path.join(dir, 'loki-data'), port }: LokiOptions): Promise<Engine> {
  mkdirSync(dataDir, { recursive: true });
  const httpPort = port ?? (await freePort());
  const url = `http://127.0.0.1:${httpPort}`;
  return startEngine({
    name: 'loki',
    binary: findBinary('loki'),
    args: [`-config.file=${path.join(__dirname, '..', 'loki', 'loki.yaml')}`, '-config.expand-env=true'],
    env: {
      LOKI_ADDRESS: '127.0.0.1',
      LOKI_HTTP_PORT: String(httpPort),
      LOKI_GRPC_PORT: String(await freePort()),
      LOKI_DATA: dataDir,
    },
    dir,
    url,
    ready: async () => (await getText(`${url}/ready`)).trim() === 'ready',
    timeoutMs: 120_000,
  });
}
