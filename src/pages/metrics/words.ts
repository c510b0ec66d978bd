/** What the page says of metrics. */
import { t } from '@grafana/i18n';
import type { MetricSource, MetricUnit } from '../../sedna/catalog';
import type { MissingDataReason } from '../../sedna/catalog/missingDataReason';
import type { About } from './catalogueRows';

/** @param reason where it can come from all the same, as the rest of a sentence */
export const notRecordedText = (reason: string) =>
  t('metrics.not-recorded', 'Not recorded by Sedna itself: {{reason}}', { reason });

/** Where a metric comes from. */
export const sourceText = (source: MetricSource): string =>
  ({
    'kube-state-metrics': 'kube-state-metrics',
    'exporter-cluster': t('metrics.source.exporter-cluster', 'exporter, from the cluster'),
    'exporter-knowledge-base': t('metrics.source.exporter-knowledge-base', 'exporter, from the knowledge base'),
    'loki-rule': t('metrics.source.loki-rule', 'rule of Loki, from the logs'),
    'recording-rule': t('metrics.source.recording-rule', 'recording rule of Prometheus'),
    cadvisor: t('metrics.source.cadvisor', 'cAdvisor of kubelet'),
    'node-exporter': 'node_exporter',
  })[source];

export const aboutText = (about: About): string =>
  ({
    job: t('metrics.about.job', 'job'),
    service: t('metrics.about.service', 'inference service'),
    dataset: t('metrics.about.dataset', 'dataset'),
    model: t('metrics.about.model', 'model'),
    worker: t('metrics.about.worker', 'worker'),
    'knowledge-base': t('metrics.about.knowledge-base', 'knowledge base'),
    node: t('metrics.about.node', 'node'),
    exporter: t('metrics.about.exporter', 'exporter'),
    custom: t('metrics.about.custom', 'custom'),
    other: t('metrics.about.other', 'other'),
  })[about];

export const unitText = (unit: MetricUnit): string | undefined => (unit === 'none' ? undefined : unit);

/** Why there is no data, in a word or two. */
export function absenceText(absence: MissingDataReason | undefined): string {
  switch (absence?.why) {
    case 'not-recorded':
      return t('metrics.absent.not-recorded', 'not recorded by Sedna');
    case 'not-installed':
      return t('metrics.absent.not-installed', 'not collected');
    case 'no-object':
      return t('metrics.absent.no-object', 'no such object');
    case 'nothing-said':
      return t('metrics.absent.nothing-said', 'nothing in this range');
    default:
      return t('metrics.absent.not-of-it', 'none of it');
  }
}

/** The same in a sentence that says what to do. */
export function absenceReason(absence: MissingDataReason): string {
  switch (absence.why) {
    case 'not-recorded':
      return notRecordedText(absence.reason);
    case 'not-installed':
      return t('metrics.why.not-installed', 'Nothing of its source is in Prometheus: {{source}}.', {
        source: sourceText(absence.source),
        interpolation: { escapeValue: false },
      });
    case 'no-object':
      return t('metrics.why.no-object', 'No object of kind {{kind}} was there in this time range.', {
        kind: absence.kind,
      });
    default:
      return t(
        'metrics.why.nothing-said',
        'Its source is there, but told nothing of it in this time range: choose a longer one.'
      );
  }
}
