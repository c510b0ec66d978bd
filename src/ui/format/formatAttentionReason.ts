import type { Attention } from '../../sedna/diagnosis/attention';
import { RECORDED_RULES } from '../../sedna/diagnosis/rules/recorded';
import { t } from '../../platform/i18n';

interface ObjectAttention {
  attention: Attention;
  failedWorkers: number;
  waitingReason?: string;
}

/** Returns why an object needs attention; empty if it doesn't. */
export function formatAttentionReason({ attention: { rule }, waitingReason, failedWorkers }: ObjectAttention): string {
  switch (rule) {
    case undefined:
      return '';
    case 'condition-failed':
      return t('attention.failed-whole', 'Failed');
    case 'stage-failed':
      return t('attention.failed', 'Stage failed');
    case 'failing-loop':
      return failedWorkers === 0
        ? t('attention.fails-repeatedly', 'Fails repeatedly')
        : t('attention.failed-repeatedly', '{{count}} worker pods failed in the last hour', {
            count: failedWorkers,
            defaultValue_one: '{{count}} worker pod failed in the last hour',
          });
    case 'no-progress':
      return t('attention.no-progress', 'No progress for longer than expected');
    case 'pod-pending':
      return t('attention.container-waiting', 'Container waiting: {{reason}}', { reason: waitingReason });
    default:
      return t(`diagnosis.rules.${rule}.name`, RECORDED_RULES.find(({ id }) => id === rule)!.name);
  }
}
