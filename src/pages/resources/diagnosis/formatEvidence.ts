/** Texts of the evidence of a finding. */
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { formatTime } from '../../../ui/format/formatTime';
import type { Evidence, EvidenceKey } from '../../../sedna/diagnosis';
import { t } from '../../../platform/i18n';

const TITLES: Readonly<Record<EvidenceKey, () => string>> = {
  condition: () => t('diagnosis.evidence-of.condition', 'Newest condition'),
  'completed-without-data': () => t('diagnosis.evidence-of.completed-without-data', 'Completed without data'),
  failures: () => t('diagnosis.evidence-of.failures', 'Failed and completed stages'),
  'worker-phase': () => t('diagnosis.evidence-of.worker-phase', 'Worker pods'),
  'worker-ended': () => t('diagnosis.evidence-of.worker-ended', 'Last ended pod'),
  'worker-waiting': () => t('diagnosis.evidence-of.worker-waiting', 'Waiting containers'),
  'worker-pending': () => t('diagnosis.evidence-of.worker-pending', 'Pending pods'),
  'worker-restarts': () => t('diagnosis.evidence-of.worker-restarts', 'Restarts'),
  'node-lease': () => t('diagnosis.evidence-of.node-lease', 'Node lease'),
  'local-controller': () => t('diagnosis.evidence-of.local-controller', 'Connection of the local controller'),
  'dataset-read': () => t('diagnosis.evidence-of.dataset-read', 'Dataset loading'),
  dataset: () => t('diagnosis.evidence-of.dataset', 'Dataset'),
  trigger: () => t('diagnosis.evidence-of.trigger', 'Trigger'),
  'deploy-status': () => t('diagnosis.evidence-of.deploy-status', 'Deployment'),
  'global-manager': () => t('diagnosis.evidence-of.global-manager', 'Global manager'),
  'knowledge-base': () => t('diagnosis.evidence-of.knowledge-base', 'Knowledge base'),
  freshness: () => t('diagnosis.evidence-of.freshness', 'Age of samples'),
  'status-counts': () => t('diagnosis.evidence-of.status-counts', 'Worker counts'),
  'recorded-finding': () => t('diagnosis.evidence-of.recorded-finding', 'Recorded finding'),
  lines: () => t('diagnosis.evidence-of.lines', 'Log lines'),
};

export const formatEvidenceTitle = (key: EvidenceKey): string => TITLES[key]();

/** `ageSeconds` becomes `age`, `completedRounds` becomes `completed rounds`. */
const formatValueName = (name: string) =>
  name
    .replace(/Seconds$/, '')
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase();

const isTime = (value: number) => value > 1e9;

/** One value with its name: seconds as a duration, a Unix time as a date. */
function formatEvidenceValue(name: string, value: string | number | boolean): string {
  if (typeof value === 'number') {
    const isSeconds = /(?:Seconds|^window)$/.test(name);
    const text = isTime(value)
      ? formatTime(value * 1000)
      : formattedValueToString(getValueFormat(isSeconds ? 'dtdurations' : 'locale')(value, isSeconds ? undefined : 0));
    return `${formatValueName(name)} ${text}`;
  }
  return `${formatValueName(name)} ${String(value)}`;
}

/** Values whose name would repeat the title. */
const TITLED: Partial<Record<EvidenceKey, string>> = { lines: 'count', 'completed-without-data': 'stage' };

/** The values that are known, with their names. */
export const formatEvidenceValues = ({ query, values }: Evidence): string[] =>
  Object.entries(values)
    .filter(([name, value]) => value !== '' && name !== 'withoutData')
    .map(([name, value]) => (TITLED[query] === name ? String(value) : formatEvidenceValue(name, value)));
