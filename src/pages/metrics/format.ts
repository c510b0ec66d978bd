/** Texts that several parts of the page show. */
import { formattedValueToString, getValueFormat } from '@grafana/data';
import type { MetricSource, MetricUnit } from '../../sedna/catalog';
import type { ComparisonOffset } from './selection';
import { t } from '../../platform/i18n';

/** Formats an integer with the thousands separator of the locale. */
export const formatCount = (value: number): string => formattedValueToString(getValueFormat('locale')(value, 0));

/** @param reason end of a sentence: which part is not recorded, or where it comes from instead */
export const formatNotRecorded = (reason: string) =>
  t('metrics.not-recorded', 'Not recorded by Sedna itself: {{reason}}', {
    reason,
  });

export const formatSource = (source: MetricSource): string =>
  ({
    'kube-state-metrics': 'kube-state-metrics',
    'exporter-cluster': t('metrics.source.exporter-cluster', 'Exporter (cluster)'),
    'exporter-knowledge-base': t('metrics.source.exporter-knowledge-base', 'Exporter (knowledge base)'),
    'loki-rule': t('metrics.source.loki-rule', 'Loki rule (logs)'),
    'recording-rule': t('metrics.source.recording-rule', 'Prometheus recording rule'),
    cadvisor: t('metrics.source.cadvisor', 'cAdvisor (kubelet)'),
    'node-exporter': 'node_exporter',
  })[source];

/** Returns undefined for a metric without a unit. */
export const formatUnit = (unit: MetricUnit): string | undefined => (unit === 'none' ? undefined : unit);

export const formatOffset = (offset: ComparisonOffset): string =>
  ({
    range: t('metrics.offset.range', 'Previous time range'),
    '1h': t('metrics.offset.hour', '1 hour earlier'),
    '1d': t('metrics.offset.day', '1 day earlier'),
    '7d': t('metrics.offset.week', '1 week earlier'),
  })[offset];
