import React from 'react';
import { t } from '@grafana/i18n';
import { Stack, Text } from '@grafana/ui';
import { findMetric, type MetricSource } from '../../sedna/catalogue';

/** @param reason where it can come from all the same, as the rest of a sentence */
export const notRecordedText = (reason: string) =>
  t('metrics.not-recorded', 'Not recorded by Sedna itself: {{reason}}', { reason });

const sourceText = (source: MetricSource): string =>
  ({
    'kube-state-metrics': t('metrics.source.kube-state-metrics', 'From kube-state-metrics'),
    'exporter-cluster': t('metrics.source.exporter-cluster', 'From the exporter, from the cluster'),
    'exporter-knowledge-base': t(
      'metrics.source.exporter-knowledge-base',
      'From the exporter, from the knowledge base'
    ),
    'loki-rule': t('metrics.source.loki-rule', 'From the logs, by a rule of Loki'),
    'recording-rule': t('metrics.source.recording-rule', 'Computed by a recording rule of Prometheus'),
  })[source];

/** What the catalogue says about a metric: help, where it comes from, what to be careful about. */
export function MetricFacts({ name }: { name: string }) {
  const metric = findMetric(name);
  if (!metric) {
    return (
      <Text color="secondary">
        {t(
          'metrics.not-in-catalogue',
          'Not in the catalogue: a metric that a job records itself, or of another version.'
        )}
      </Text>
    );
  }
  return (
    <Stack direction="column" gap={0.5}>
      <Text>{metric.help}</Text>
      <Text color="secondary" variant="bodySmall">
        {sourceText(metric.source)}
        {metric.caveat ? ` · ${metric.caveat}` : ''}
      </Text>
      {metric.notRecorded && (
        <Text color="secondary" variant="bodySmall">
          {notRecordedText(metric.notRecorded)}
        </Text>
      )}
    </Stack>
  );
}
