/** What is said about a fact that is missing. */
import type { FactName } from '../../../sedna/diagnosis';
import { t } from '../../../platform/i18n';

const FACTS: Readonly<Record<FactName, () => string>> = {
  condition: () => t('diagnosis.fact.condition', 'the newest condition (kube-state-metrics)'),
  'condition-time': () => t('diagnosis.fact.condition-time', 'the time of the newest condition (kube-state-metrics)'),
  'completed-data': () => t('diagnosis.fact.completed-data', 'the data of conditions (exporter)'),
  failures: () => t('diagnosis.fact.failures', 'counts of conditions (exporter) or pods (kube-state-metrics)'),
  workers: () => t('diagnosis.fact.workers', 'the worker pods (kube-state-metrics)'),
  'status-counts': () => t('diagnosis.fact.status-counts', 'the counts in the status (kube-state-metrics)'),
  nodes: () => t('diagnosis.fact.nodes', 'the leases of nodes (kube-state-metrics)'),
  'controller-node': () => t('diagnosis.fact.controller-node', 'the node of the dataset (kube-state-metrics)'),
  'local-controller': () =>
    t('diagnosis.fact.local-controller', 'the connection of the local controller (rules over logs)'),
  'dataset-exists': () => t('diagnosis.fact.dataset-exists', 'which datasets there are (kube-state-metrics)'),
  'dataset-read': () => t('diagnosis.fact.dataset-read', 'whether the dataset was read (rules over logs)'),
  'dataset-format': () => t('diagnosis.fact.dataset-format', 'the format of the dataset (kube-state-metrics)'),
  trigger: () => t('diagnosis.fact.trigger', 'the trigger (exporter)'),
  'deploy-status': () => t('diagnosis.fact.deploy-status', 'the state of the deployment (recording rule)'),
  'knowledge-base': () => t('diagnosis.fact.knowledge-base', 'the knowledge base (exporter, kube-state-metrics)'),
  freshness: () => t('diagnosis.fact.freshness', 'the age of samples'),
  logs: () => t('diagnosis.fact.logs', 'the logs (Loki)'),
};

/** What a fact is and where it would come from, to fill "not judged: needs ...". */
export const factText = (name: FactName): string => FACTS[name]();
