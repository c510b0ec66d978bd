/**
 * Starts the servers of Sedna Ops natively on loopback, with the same configuration files as Compose and the chart. Used
 * by tests, and by the demo if there is no container engine.
 */
export { startApiServer, type ApiServer, type ApiServerOptions, type ApiUser } from './kubernetes/apiServer';
export { getBinaryFolder, getCacheFolder, findBinary, findFormerBinary, type EngineBinary } from './binaries';
export { startCollector, startSidecar, type CollectorOptions, type SidecarOptions } from './collector';
export { startEtcd, type EtcdOptions } from './kubernetes/etcd';
export { EXPORTER_LOG_FILE, startExporter, type ExporterOptions } from './exporter';
export { startKubeStateMetrics, type KubeStateMetricsOptions } from './kubeStateMetrics';
export { applyObjects, validateObjects, deleteObject, loadKubeconfig, parseObjects } from './kubernetes/objects';
export { startLoki, type LokiOptions } from './loki';
export { getFreePort, isPortFree, type ManagedProcess } from './managedProcess';
export { startPrometheus, type PrometheusOptions } from './prometheus';
export { createServiceAccountToken } from './kubernetes/serviceAccount';
export { ProcessGroup } from './processGroup';
export { fetchText, waitFor, type WaitOptions } from './wait';
export { findChartTool, hasChartTool, type ChartTool } from './binaries';
