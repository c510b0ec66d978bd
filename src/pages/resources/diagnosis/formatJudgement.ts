/** Texts of a judgement: the verdict in a word, and one sentence. */
import { t } from '../../../platform/i18n';
import { RULE_IDS, type Judgement, type RuleId, type Verdict } from '../../../sedna/diagnosis';
import { formatFinding } from './formatFinding';

export const formatVerdict = (verdict: Verdict): string =>
  ({
    failed: t('judgement.verdict.failed', 'Failed'),
    stuck: t('judgement.verdict.stuck', 'Stuck'),
    waiting: t('judgement.verdict.waiting', 'Waiting'),
    working: t('judgement.verdict.working', 'Working'),
    healthy: t('judgement.verdict.healthy', 'Healthy'),
    unknown: t('judgement.verdict.unknown', 'Unknown'),
  })[verdict];

const isRuleId = (id: Judgement['summary']['id']): id is RuleId => RULE_IDS.some((rule) => rule === id);

function formatWaitingForSamples({ operator, ...params }: Judgement['summary']['params']): string {
  switch (operator) {
    case '>':
    case 'gt':
      return t(
        'judgement.summary.waiting-for-more-samples',
        'Waiting for more than {{threshold}} unused samples, {{unused}} so far',
        params
      );
    case '>=':
    case 'ge':
      return t(
        'judgement.summary.waiting-for-enough-samples',
        'Waiting for at least {{threshold}} unused samples, {{unused}} so far',
        params
      );
    default:
      return t(
        'judgement.summary.waiting-for-samples',
        'Waiting for samples: {{unused}} unused, training starts at {{operator}} {{threshold}}',
        { operator, ...params }
      );
  }
}

export function formatJudgement({ summary: { id, params } }: Pick<Judgement, 'summary'>): string {
  if (isRuleId(id)) {
    return formatFinding({ rule: id, params }).title;
  }
  switch (id) {
    case 'waiting-for-samples':
      return formatWaitingForSamples(params);
    case 'waiting-for-trigger':
      return t('judgement.summary.waiting-for-trigger', 'Waiting for the trigger of the training');
    case 'waiting':
      return params.stage
        ? t('judgement.summary.waiting-stage', '{{stage}} is {{condition}}', params)
        : t('judgement.summary.waiting', '{{condition}}', params);
    case 'working':
      return params.stage
        ? t('judgement.summary.working-stage', '{{stage}} is {{condition}}', params)
        : params.condition
          ? t('judgement.summary.working', '{{condition}}', params)
          : t('judgement.summary.working-pods', 'Its worker pods are running');
    case 'healthy':
      return t('judgement.summary.healthy', 'No problems found');
    case 'not-found':
      return t('judgement.summary.not-found', 'Not found');
    default:
      return t('judgement.summary.no-condition', 'No data about its state');
  }
}
