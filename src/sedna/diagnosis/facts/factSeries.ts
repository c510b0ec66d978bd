/** Values of the label `fact`, which names the fact that a row of a query contains. */
import { FAILURE_WINDOWS } from '../thresholds';

export const FACT_LABEL = 'fact';

export const FACT_SERIES = {
  condition: 'condition',
  since: 'since',
  sampled: 'sampled',
  uncollected: 'uncollected',
  info: 'info',
  withoutData: 'completed-without-data',
  trainedModel: 'trained-model',
  deployedModel: 'deployed-model',
  trigger: 'trigger',
  threshold: 'threshold',
  probability: 'train-probability',
  failedWorkers: 'failed-workers',
  phase: 'phase',
  dataset: 'dataset',
  datasetsKnown: 'datasets-known',
  datasetSeen: 'dataset-seen',
  datasetSamples: 'dataset-samples',
  datasetUpdated: 'dataset-updated',
  datasetRead: 'dataset-read',
  connected: 'local-controller-connected',
  lease: 'lease-age',
  worstLease: 'worst-lease-age',
  lastOffline: 'last-offline',
  role: 'role',
  leasesKnown: 'leases-known',
  deployStatus: 'deploy-status',
  globalManagerPod: 'global-manager-pod',
  knowledgeBaseUp: 'knowledge-base-up',
  knowledgeBasePod: 'knowledge-base-pod',
  knowledgeBaseService: 'knowledge-base-service',
  source: 'source',
  podsKnown: 'pods-known',
  workerPhase: 'worker-phase',
  workerEnded: 'worker-ended',
  workerWaiting: 'worker-waiting',
  workerPending: 'worker-pending',
  workerUnschedulable: 'worker-unschedulable',
  workerNodeMissing: 'worker-node-missing',
  workerRestarts: 'worker-restarts',
  workerChanged: 'worker-changed',
  failedPods: 'failed-pods',
  failuresInARow: 'failures-in-a-row',
  findingsKnown: 'findings-known',
  finding: 'finding',
} as const;

/** Value for the increase of the condition counters within a window of seconds. */
export const getIncreaseTag = (window: (typeof FAILURE_WINDOWS)[number]) => `growth-${window}`;
