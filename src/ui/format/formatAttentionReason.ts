import { t } from '@grafana/i18n';
import type { Attention } from '../../sedna/diagnosis/attention';

interface Judged {
  /** Empty where the kind knows no stage. */
  stage: string;
  attention: Attention;
  failedWorkers: number;
  waitingReason?: string;
}

/** Why an object needs a person, in a short sentence; empty where it does not. */
export function formatAttentionReason({ stage, attention, waitingReason, failedWorkers }: Judged): string {
  switch (attention.reason) {
    case 'failed':
      return stage === '' ? t('attention.failed-whole', 'It failed') : t('attention.failed', 'The stage failed');
    case 'failed-repeatedly':
      return t('attention.failed-repeatedly', '{{count}} worker pods failed within an hour', {
        count: failedWorkers,
      });
    case 'container-waiting':
      return t('attention.container-waiting', 'Worker container waits: {{reason}}', {
        reason: waitingReason,
        interpolation: { escapeValue: false },
      });
    case 'no-progress':
      return t('attention.no-progress', 'Longer in this condition than a healthy job');
    default:
      return '';
  }
}
