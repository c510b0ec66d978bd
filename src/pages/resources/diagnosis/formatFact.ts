/** Names of facts that may be missing, with the source of each. */
import { t } from '../../../platform/i18n';
import type { FactName } from '../../../sedna/diagnosis';

const FACTS: Readonly<Record<FactName, () => string>> = {
  condition: () => t('diagnosis.fact.condition', 'newest condition (kube-state-metrics)'),
  'condition-time': () => t('diagnosis.fact.condition-time', 'time of the newest condition (kube-state-metrics)'),
  'completed-data': () => t('diagnosis.fact.completed-data', 'data of conditions (exporter)'),
  failures: () => t('diagnosis.fact.failures', 'counts of conditions (exporter) or pods (kube-state-metrics)'),
  workers: () => t('diagnosis.fact.workers', 'worker pods (kube-state-metrics)'),
  'status-counts': () => t('diagnosis.fact.status-counts', 'counts in the status (kube-state-metrics)'),
  nodes: () => t('diagnosis.fact.nodes', 'node leases (kube-state-metrics)'),
  'controller-node': () => t('diagnosis.fact.controller-node', 'node of the dataset (kube-state-metrics)'),
  'local-controller': () => t('diagnosis.fact.local-controller', 'connection of the local controller (Loki rules)'),
  'dataset-exists': () => t('diagnosis.fact.dataset-exists', 'list of datasets (kube-state-metrics)'),
  'dataset-read': () => t('diagnosis.fact.dataset-read', 'result of loading the dataset (Loki rules)'),
  'dataset-format': () => t('diagnosis.fact.dataset-format', 'format of the dataset (kube-state-metrics)'),
  trigger: () => t('diagnosis.fact.trigger', 'trigger (exporter)'),
  'deploy-status': () => t('diagnosis.fact.deploy-status', 'deployment status (recording rules)'),
  'knowledge-base': () => t('diagnosis.fact.knowledge-base', 'knowledge base (exporter, kube-state-metrics)'),
  'all-parts': () => t('diagnosis.fact.all-parts', 'resources of all kube-state-metrics'),
  freshness: () => t('diagnosis.fact.freshness', 'age of samples (Prometheus)'),
  'recorded-findings': () => t('diagnosis.fact.recorded-findings', 'recorded findings (recording rules)'),
  logs: () => t('diagnosis.fact.logs', 'log lines (Loki)'),
};

/** What a fact is and where it comes from, for lists of missing data. */
export const formatFact = (name: FactName): string => FACTS[name]();
