/**
 * Which alert finds which fault of the simulation, as the label that names it: `name`, else `node`, else `file`; empty
 * for what is about the whole cluster.
 */
export type ExpectedAlert = readonly [alert: string, object: string];

/** In the whole cast after its two hours of history, or soon after. */
export const EXPECTED_IN_SCENARIOS: readonly ExpectedAlert[] = [
  ['SednaJobFailed', 'yolo-v5-broken'],
  ['SednaJobFailed', 'pedestrian-search'],
  ['SednaJobFailingLoop', 'stuck-failing-loop'],
  ['SednaDatasetUnread', 'missing-dataset'],
  ['SednaWorkerPending', 'stuck-starting-image'],
  ['SednaWorkerCrashLoop', 'stuck-running-crash-loop'],
  ['SednaReportLost', 'stuck-report-lost'],
  ['SednaModelNotCopied', 'stuck-deploy-copy'],
  ['SednaJobNoProgress', 'stuck-ready-secret'],
  ['SednaTasksDropped', 'atcii-classifier-demo'],
  ['SednaKnowledgeBaseFilesLost', 'index'],
  // Until 15 minutes after the history.
  ['SednaEdgeNodeOffline', 'edge1'],
];

/** At some time of three hours of `allTroubles`, where nobody collects the logs of edge1. */
export const EXPECTED_IN_FAULTS: readonly ExpectedAlert[] = [
  ['SednaStageFailed', 'fails-once'],
  ['SednaTriggerNotMet', 'waits-for-a-day'],
  ['SednaTriggerNever', 'trigger-never'],
  ['SednaDatasetMissing', 'dataset-missing'],
  ['SednaDatasetFormat', 'dataset-format'],
  ['SednaWorkerGone', 'pod-gone'],
  ['SednaGlobalManagerUnresponsive', 'needs-gm'],
  ['SednaEvaluationFell', 'evaluates-worse'],
  ['SednaOlderModelUsed', 'train-report-lost'],
  ['SednaOlderModelUsed', 'eval-report-lost'],
  ['SednaStageSlow', 'train-hangs'],
  ['SednaInferenceErrors', 'inference-errors'],
  ['SednaInferenceSilent', 'inference-silent'],
  ['SednaKnowledgeBaseUnreachable', ''],
  ['SednaLocalControllerDisconnected', 'edge0'],
  ['SednaLogsStale', 'edge1'],
];

/** Once exporter and kube-state-metrics have ended: for each alert its sources. */
export const EXPECTED_AFTER_THE_END: ReadonlyArray<readonly [alert: string, sources: readonly string[]]> = [
  ['SednaExporterStale', ['cluster', 'knowledge_base']],
  ['SednaResourcesStale', ['']],
];

/** What an alert is about, by its labels. */
export const getAlertObject = ({ name, node, file }: Readonly<Record<string, string>>): string =>
  name ?? node ?? file ?? '';
