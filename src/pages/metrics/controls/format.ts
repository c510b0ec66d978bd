import type { MetricTarget } from '../../../sedna/catalog/metricTarget';
import { t } from '../../../platform/i18n';

/** Returns the name of a custom resource kind as it is. */
export const formatTargetKind = (kind: MetricTarget['kind']): string => {
  switch (kind) {
    case 'Pod':
      return t('metrics.kind.pod', 'Worker pod');
    case 'Node':
      return t('metrics.kind.node', 'Node');
    case 'Task':
      return t('metrics.kind.task', 'Knowledge base task');
    case 'KnowledgeBase':
      return t('metrics.kind.knowledge-base', 'Knowledge base');
    default:
      return kind;
  }
};
