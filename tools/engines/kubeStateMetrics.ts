import path from 'node:path';
import { findBinary } from './binaries';
import { getFreePort, startProcess, type ManagedProcess } from './managedProcess';
import { fetchText } from './wait';
import { COLLECTION_FOLDER } from '../projectRoot';

export interface KubeStateMetricsOptions {
  /** Folder for its log. */
  dir: string;
  /** Kubeconfig file of a user with the role in rbac.yaml. */
  kubeconfig: string;
  /** Loopback port of /metrics, a free one by default. */
  port?: number;
  /** Exports only Sedna's objects, as next to another kube-state-metrics. */
  customResourcesOnly?: boolean;
}

export interface KubeStateMetrics extends ManagedProcess {
  /** URL of the metrics about itself. */
  telemetryUrl: string;
}

/** Starts kube-state-metrics with the committed configuration. */
export async function startKubeStateMetrics({
  dir,
  kubeconfig,
  port,
  customResourcesOnly = false,
}: KubeStateMetricsOptions): Promise<KubeStateMetrics> {
  const config = path.join(COLLECTION_FOLDER, 'kube-state-metrics');
  const metricsPort = port ?? (await getFreePort());
  const url = `http://127.0.0.1:${metricsPort}`;
  const telemetryPort = await getFreePort();
  const engine = await startProcess({
    name: 'kube-state-metrics',
    binary: findBinary('kube-state-metrics'),
    args: [
      `--kubeconfig=${kubeconfig}`,
      `--config=${path.join(config, customResourcesOnly ? 'config-custom-resources-only.yaml' : 'config.yaml')}`,
      `--custom-resource-state-config-file=${path.join(config, 'custom-resource-state.yaml')}`,
      '--host=127.0.0.1',
      `--port=${metricsPort}`,
      '--telemetry-host=127.0.0.1',
      `--telemetry-port=${telemetryPort}`,
    ],
    dir,
    url,
    ready: async () => (await fetchText(`${url}/healthz`)) === 'OK',
  });
  return { ...engine, telemetryUrl: `http://127.0.0.1:${telemetryPort}` };
}
