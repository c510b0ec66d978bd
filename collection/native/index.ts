/**
 * The engines of Sedna Ops as processes of this machine, on loopback, with the same configuration files that Compose
 * and the chart use. For tests and for a look where there is no container engine.
 */
export { startApiServer, type ApiServer, type ApiServerOptions, type ApiUser } from './apiServer';
export { binaryFolder, cacheFolder, findBinary, type EngineBinary } from './binaries';
export { startCollector, startSidecar, type CollectorOptions, type SidecarOptions } from './collector';
export { startEtcd, type EtcdOptions } from './etcd';
export { startExporter, type ExporterOptions } from './exporter';
export { startKubeStateMetrics, type KubeStateMetricsOptions } from './kubeStateMetrics';
export { applyObjects, checkObjects, deleteObject, loadKubeconfig, readObjects } from './kubernetes';
export { startLoki, type LokiOptions } from './loki';
export { freePort, isFree, type Engine } from './process';
export { startPrometheus, type PrometheusOptions } from './prometheus';
export { serviceAccountToken } from './serviceAccount';
export { Stack } from './stack';
export { getText, waitFor, type WaitOptions } from './wait';
export { findChartTool, hasChartTool, type ChartTool } from './binaries';
