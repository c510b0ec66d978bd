import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findBinary } from './binaries';
import { getFreePort, startProcess, type ManagedProcess } from './managedProcess';
import { fetchText } from './wait';
import { COLLECTION_FOLDER } from '../projectRoot';

export interface PrometheusOptions {
  /** Folder for its configuration and log, and for its data by default. */
  dir: string;
  /** URLs of its scrape targets. A job without a URL has no target. */
  kubeStateMetricsUrl?: string;
  exporterUrl?: string;
  /** Folder of its data, which may already contain blocks. */
  dataDir?: string;
  /** Loopback port, a free one by default. */
  port?: number;
  /** Seconds for which a sample counts as current where no newer one or stale marker follows, 300 by default. */
  lookbackSeconds?: number;
}

/** Starts Prometheus with the committed configuration and rules. Only the targets differ. */
export async function startPrometheus(options: PrometheusOptions): Promise<ManagedProcess> {
  const {
    dir,
    kubeStateMetricsUrl,
    exporterUrl,
    lookbackSeconds,
    dataDir = path.join(dir, 'prometheus-data'),
  } = options;
  const config = path.join(dir, 'prometheus');
  const source = path.join(COLLECTION_FOLDER, 'prometheus');
  mkdirSync(path.join(config, 'targets'), { recursive: true });
  cpSync(path.join(source, 'prometheus.yml'), path.join(config, 'prometheus.yml'));
  cpSync(path.join(source, 'rules'), path.join(config, 'rules'), { recursive: true });
  writeTargets(config, 'kube-state-metrics', kubeStateMetricsUrl);
  writeTargets(config, 'sedna-exporter', exporterUrl);

  const address = `127.0.0.1:${options.port ?? (await getFreePort())}`;
  const url = `http://${address}`;
  return startProcess({
    name: 'prometheus',
    binary: findBinary('prometheus'),
    args: [
      `--config.file=${path.join(config, 'prometheus.yml')}`,
      `--storage.tsdb.path=${dataDir}`,
      '--storage.tsdb.retention.time=30d',
      // Loki sends the results of its rules.
      '--web.enable-remote-write-receiver',
      `--web.listen-address=${address}`,
      ...(lookbackSeconds === undefined ? [] : [`--query.lookback-delta=${lookbackSeconds}s`]),
    ],
    dir,
    url,
    ready: async () => (await fetchText(`${url}/-/ready`)).includes('Ready'),
  });
}

function writeTargets(config: string, name: string, url: string | undefined): void {
  const groups = url ? [{ targets: [new URL(url).host] }] : [];
  writeFileSync(path.join(config, 'targets', `${name}.json`), `${JSON.stringify(groups)}\n`);
}
