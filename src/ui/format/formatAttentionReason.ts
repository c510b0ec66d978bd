import type { Attention } from '../../sedna/diagnosis/attention';
import { t } from '../../platform/i18n';

interface ObjectAttention {
  /** Empty for kinds without stages. */
  stage: string;
  attention: Attention;
  failedWorkers: number;
  waitingReason?: string;
}

/** Returns why an object needs attention; empty if it doesn't. */
export function formatAttentionReason({ stage, attention, waitingReason, failedWorkers }: ObjectAttention): string {
  switch (attention.reason) {
    case 'failed':
      return stage === '' ? t('attention.failed-whole', 'Failed') : t('attention.failed', 'Stage failed');
    case 'failed-repeatedly':
      return failedWorkers === 0
        ? t('attention.fails-repeatedly', 'Fails repeatedly')
        : t('attention.failed-repeatedly', '{{count}} worker pods failed in the last hour', {
            count: failedWorkers,
            defaultValue_one: '{{count}} worker pod failed in the last hour',
          });
    case 'container-waiting':
      return t('attention.container-waiting', 'Container waiting: {{reason}}', {
        reason: waitingReason,
      });
    case 'no-progress':
      return t('attention.no-progress', 'No progress for longer than expected');
    default:
      return '';
  }
}
