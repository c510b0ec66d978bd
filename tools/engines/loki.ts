import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findBinary } from './binaries';
import { getFreePort, startProcess, type ManagedProcess } from './managedProcess';
import { fetchText } from './wait';
import { COLLECTION_FOLDER } from '../projectRoot';

export interface LokiOptions {
  /** Folder for its log, and for its data by default. */
  dir: string;
  dataDir?: string;
  /** Loopback port of its HTTP API, a free one by default. */
  port?: number;
  /** Prometheus that receives the results of the rules. Without it no rule is evaluated. */
  prometheusUrl?: string;
  /** Rule file, the committed one by default. */
  rulesFile?: string;
  /** Whether it takes and keeps lines of any age. */
  acceptsOldLines?: boolean;
}

const RULES = path.join(COLLECTION_FOLDER, 'loki', 'rules', 'sedna.yaml');

/** Tenant of a Loki without authentication. */
const TENANT = 'fake';

/** Starts Loki with the committed configuration. */
export async function startLoki(options: LokiOptions): Promise<ManagedProcess> {
  const {
    dir,
    dataDir = path.join(dir, 'loki-data'),
    port,
    prometheusUrl,
    rulesFile = RULES,
    acceptsOldLines,
  } = options;
  const rules = path.join(dataDir, 'rules');
  rmSync(rules, { recursive: true, force: true });
  mkdirSync(path.join(rules, TENANT), { recursive: true });
  if (prometheusUrl !== undefined) {
    cpSync(rulesFile, path.join(rules, TENANT, 'sedna.yaml'));
  }
  const httpPort = port ?? (await getFreePort());
  const url = `http://127.0.0.1:${httpPort}`;
  return startProcess({
    name: 'loki',
    binary: findBinary('loki'),
    args: [
      `-config.file=${path.join(COLLECTION_FOLDER, 'loki', 'loki.yaml')}`,
      '-config.expand-env=true',
      ...(acceptsOldLines ? ['-validation.reject-old-samples=false', '-compactor.retention-enabled=false'] : []),
    ],
    env: {
      LOKI_ADDRESS: '127.0.0.1',
      LOKI_HTTP_PORT: String(httpPort),
      LOKI_GRPC_PORT: String(await getFreePort()),
      LOKI_DATA: dataDir,
      LOKI_RULES: rules,
      PROMETHEUS_URL: prometheusUrl ?? url,
    },
    dir,
    url,
    ready: async () => (await fetchText(`${url}/ready`)).trim() === 'ready',
    timeoutMs: 120_000,
  });
}
