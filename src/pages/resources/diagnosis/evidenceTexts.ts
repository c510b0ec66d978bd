/** Words for the evidence of a finding. */
import { dateTimeFormat, formattedValueToString, getValueFormat } from '@grafana/data';
import type { EvidenceKey } from '../../../sedna/diagnosis';
import { t } from '../../../platform/i18n';

const TITLES: Readonly<Record<EvidenceKey, () => string>> = {
  condition: () => t('diagnosis.evidence-of.condition', 'Newest condition'),
  'completed-without-data': () => t('diagnosis.evidence-of.completed-without-data', 'Completed without data'),
  failures: () => t('diagnosis.evidence-of.failures', 'Conditions counted'),
  'worker-phase': () => t('diagnosis.evidence-of.worker-phase', 'Worker pods'),
  'worker-ended': () => t('diagnosis.evidence-of.worker-ended', 'Pod that ended last'),
  'worker-waiting': () => t('diagnosis.evidence-of.worker-waiting', 'Why containers wait'),
  'worker-pending': () => t('diagnosis.evidence-of.worker-pending', 'Pods that pend'),
  'worker-restarts': () => t('diagnosis.evidence-of.worker-restarts', 'Restarts'),
  'node-lease': () => t('diagnosis.evidence-of.node-lease', 'Lease of the node'),
  'local-controller': () => t('diagnosis.evidence-of.local-controller', 'Connection of the local controller'),
  'dataset-read': () => t('diagnosis.evidence-of.dataset-read', 'Dataset read'),
  dataset: () => t('diagnosis.evidence-of.dataset', 'Dataset'),
  trigger: () => t('diagnosis.evidence-of.trigger', 'Trigger'),
  'deploy-status': () => t('diagnosis.evidence-of.deploy-status', 'Deployment'),
  'global-manager': () => t('diagnosis.evidence-of.global-manager', 'Global manager'),
  'knowledge-base': () => t('diagnosis.evidence-of.knowledge-base', 'Knowledge base'),
  freshness: () => t('diagnosis.evidence-of.freshness', 'Age of samples'),
  'status-counts': () => t('diagnosis.evidence-of.status-counts', 'Counts of the status'),
  lines: () => t('diagnosis.evidence-of.lines', 'Log lines'),
};

export const evidenceTitle = (key: EvidenceKey): string => TITLES[key]();

/** `ageSeconds` becomes `age`, `completedRounds` becomes `completed rounds`. */
const nameText = (name: string) =>
  name
    .replace(/Seconds$/, '')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();

const isTime = (value: number) => value > 1e9;

/** One value by name; seconds as a duration, or as a time where they are one. */
export function valueText(name: string, value: string | number | boolean): string {
  if (typeof value === 'number') {
    const isSeconds = /(?:Seconds|^window)$/.test(name);
    const text = isTime(value)
      ? dateTimeFormat(value * 1000)
      : formattedValueToString(getValueFormat(isSeconds ? 'dtdurations' : 'locale')(value, isSeconds ? undefined : 0));
    return `${nameText(name)} ${text}`;
  }
  return `${nameText(name)} ${String(value)}`;
}
