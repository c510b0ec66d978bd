/** Every alert, in groups that are evaluated together. */
import type { AlertGroup } from './alert';
import { DATASET_ALERTS } from './datasets';
import { INFERENCE_ALERTS } from './inference';
import { JOB_ALERTS } from './jobs';
import { COLLECTION_ALERTS, KNOWLEDGE_BASE_ALERTS, NODE_ALERTS } from './platform';
import { SLOW_ALERTS, STUCK_ALERTS } from './stuck';

export const ALERT_GROUPS: readonly AlertGroup[] = [
  { name: 'sedna-jobs', interval: '1m', alerts: JOB_ALERTS },
  { name: 'sedna-stuck', interval: '1m', alerts: [...DATASET_ALERTS, ...STUCK_ALERTS] },
  { name: 'sedna-slow', interval: '5m', alerts: SLOW_ALERTS },
  { name: 'sedna-inference', interval: '5m', alerts: INFERENCE_ALERTS },
  { name: 'sedna-knowledge-base', interval: '1m', alerts: KNOWLEDGE_BASE_ALERTS },
  { name: 'sedna-nodes', interval: '1m', alerts: NODE_ALERTS },
  { name: 'sedna-collection', interval: '1m', alerts: COLLECTION_ALERTS },
];

export const ALERTS = ALERT_GROUPS.flatMap(({ alerts }) => alerts);
