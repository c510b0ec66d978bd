/** Texts of the catalog: categories, and why a metric has no data. */
import type { MissingDataReason } from '../../../sedna/catalog/missingDataReason';
import { formatNotRecorded, formatSource } from '../format';
import type { MetricCategory } from './categories';
import { t } from '../../../platform/i18n';

export const formatCategory = (category: MetricCategory): string =>
  ({
    job: t('metrics.category.job', 'Job'),
    service: t('metrics.category.service', 'Inference service'),
    dataset: t('metrics.category.dataset', 'Dataset'),
    model: t('metrics.category.model', 'Model'),
    worker: t('metrics.category.worker', 'Worker'),
    'knowledge-base': t('metrics.category.knowledge-base', 'Knowledge base'),
    node: t('metrics.category.node', 'Node'),
    exporter: t('metrics.category.exporter', 'Exporter'),
    custom: t('metrics.category.custom', 'Custom'),
    other: t('metrics.category.other', 'Other'),
  })[category];

/** @param reason undefined: the metric has data, but not for the selected resource */
export function formatMissingData(reason: MissingDataReason | undefined): string {
  switch (reason?.why) {
    case 'not-recorded':
      return t('metrics.missing.not-recorded', 'Not recorded by Sedna');
    case 'not-installed':
      return t('metrics.missing.not-installed', 'Not collected');
    case 'no-object':
      return t('metrics.missing.no-resource', 'No such resource');
    case 'no-samples':
      return t('metrics.missing.no-samples', 'No data in range');
    default:
      return t('metrics.missing.other-resources', 'No data for this resource');
  }
}

/** Explains in sentences why a metric has no data and what to do. */
export function formatMissingDataHelp(reason: MissingDataReason): string {
  switch (reason.why) {
    case 'not-recorded':
      return formatNotRecorded(reason.reason);
    case 'not-installed':
      return t(
        'metrics.missing-help.not-installed',
        'Prometheus has no metrics from this source: {{source}}. Check that it is installed and scraped.',
        { source: formatSource(reason.source) }
      );
    case 'no-object':
      return t('metrics.missing-help.no-resource', 'No {{kind}} found in this time range', { kind: reason.kind });
    default:
      return t('metrics.missing-help.no-samples', 'No samples in this time range. Select a longer one.');
  }
}
