/** What rules look for, in a few words. */
import type { RuleId } from '../../../sedna/diagnosis';
import { t } from '../../../platform/i18n';

const NAMES: Readonly<Record<RuleId, () => string>> = {
  'node-offline': () => t('diagnosis.rule.node-offline', 'Node offline'),
  'data-stale': () => t('diagnosis.rule.data-stale', 'Old data'),
  'knowledge-base-unreachable': () => t('diagnosis.rule.knowledge-base-unreachable', 'Knowledge base unreachable'),
  'dataset-missing': () => t('diagnosis.rule.dataset-missing', 'Dataset that does not exist'),
  'dataset-unread': () => t('diagnosis.rule.dataset-unread', 'Dataset not read'),
  'dataset-unreadable': () => t('diagnosis.rule.dataset-unreadable', 'Dataset cannot be read'),
  'dataset-format': () => t('diagnosis.rule.dataset-format', 'Format of the dataset'),
  'trigger-never': () => t('diagnosis.rule.trigger-never', 'Trigger that never fires'),
  'local-controller-disconnected': () =>
    t('diagnosis.rule.local-controller-disconnected', 'Local controller not connected'),
  'pod-refused': () => t('diagnosis.rule.pod-refused', 'Pod that cannot be created'),
  'pod-pending': () => t('diagnosis.rule.pod-pending', 'Pod that does not start'),
  'crash-loop': () => t('diagnosis.rule.crash-loop', 'Pod that crashes again and again'),
  'pod-gone': () => t('diagnosis.rule.pod-gone', 'Pod that is gone'),
  'global-manager-unresponsive': () =>
    t('diagnosis.rule.global-manager-unresponsive', 'Global manager that does not react'),
  'report-lost': () => t('diagnosis.rule.report-lost', 'Report of a worker lost'),
  'older-model-used': () => t('diagnosis.rule.older-model-used', 'Older model used after a lost report'),
  'failing-loop': () => t('diagnosis.rule.failing-loop', 'Failing again and again'),
  'stage-failed': () => t('diagnosis.rule.stage-failed', 'Failed stage'),
  'model-not-copied': () => t('diagnosis.rule.model-not-copied', 'Model that cannot be deployed'),
  'index-not-updated': () => t('diagnosis.rule.index-not-updated', 'Old model in use'),
  'no-progress': () => t('diagnosis.rule.no-progress', 'No progress'),
  'condition-failed': () => t('diagnosis.rule.condition-failed', 'Failed'),
  'workers-failed': () => t('diagnosis.rule.workers-failed', 'Failed workers'),
};

export const ruleName = (rule: RuleId): string => NAMES[rule]();
