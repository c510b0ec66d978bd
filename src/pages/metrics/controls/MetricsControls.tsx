import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { Field, MultiCombobox, useStyles2 } from '@grafana/ui';
import { ChoiceField } from '../../../ui/ChoiceField';
import { getVisualization } from '../../../query/metrics';
import { findMetric } from '../../../sedna/catalog';
import { getNameLabel, METRIC_TARGET_KINDS, type MetricTarget } from '../../../sedna/catalog/metricTarget';
import type { MetricSelection } from '../selection';
import { formatTargetKind } from './format';
import { fetchMetricOptions, fetchTargetOptions } from './options';
import { SeriesControls } from './SeriesControls';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  selection: MetricSelection;
  timeRange: TimeRange;
  onSelect: (change: Partial<MetricSelection>) => void;
}

/** Fields for metric, resource, and how to show it. Their options are fetched when a field opens, not before. */
export function MetricsControls({ selection, timeRange, onSelect }: Props) {
  const { metric, target } = selection;
  const styles = useStyles2(getStyles);
  const selectTarget = (change: Partial<MetricTarget>) => onSelect({ target: { ...target, ...change } });
  return (
    <div className={styles.controls} data-testid={TEST_IDS.metrics.controls}>
      <ChoiceField
        id="metrics-metric"
        label={t('metrics.metric', 'Metric')}
        width={44}
        placeholder={t('metrics.metric-placeholder', 'Select a metric')}
        value={metric}
        options={(typed) => fetchMetricOptions(typed, timeRange)}
        onChange={(value) => onSelect({ metric: value })}
      />
      <ChoiceField
        id="metrics-kind"
        label={t('metrics.resource-type', 'Resource type')}
        width={28}
        placeholder={t('metrics.any-type', 'Any')}
        value={target.kind}
        options={METRIC_TARGET_KINDS.map((value) => ({ value, label: formatTargetKind(value) }))}
        onChange={(kind) => selectTarget({ kind, names: [] })}
      />
      <ChoiceField
        id="metrics-namespace"
        label={t('metrics.namespace', 'Namespace')}
        width={18}
        placeholder={t('metrics.all', 'All')}
        value={target.namespace}
        options={(typed) => fetchTargetOptions('namespace', typed, { metric, target, timeRange })}
        onChange={(namespace) => selectTarget({ namespace })}
      />
      {getNameLabel(target.kind) !== undefined && (
        <Field label={t('metrics.resource', 'Resource')} noMargin>
          <MultiCombobox
            // It fetches its options once: remount, so that they match the other fields.
            key={`${metric} ${target.kind} ${target.namespace}`}
            id="metrics-resource"
            width={32}
            placeholder={t('metrics.all', 'All')}
            value={[...target.names]}
            options={(typed) => fetchTargetOptions('name', typed, { metric, target, timeRange })}
            onChange={(options) => selectTarget({ names: options.map(({ value }) => value) })}
          />
        </Field>
      )}
      {metric !== '' && getVisualization(findMetric(metric)) === 'series' && (
        <SeriesControls selection={selection} timeRange={timeRange} onSelect={onSelect} />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2) }),
});
