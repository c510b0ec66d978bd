import React from 'react';
import type { SceneQueryRunner } from '@grafana/scenes';
import { Stack, Text } from '@grafana/ui';
import { TimeAgoText } from '../../../ui/TimeAgoText';
import { getVisualization } from '../../../query/metrics';
import { toRows } from '../../../data/rows';
import { CUSTOM_METRIC_PREFIX, findMetric } from '../../../sedna/catalog';
import { formatCount, formatNotRecorded, formatSource, formatUnit } from '../format';
import type { MetricSelection } from '../selection';
import { useMetricHelp } from '../useMetricHelp';
import { MetricActions, type MetricActionsProps } from './MetricActions';
import { t } from '../../../platform/i18n';

interface Props extends Omit<MetricActionsProps, 'seriesCount'> {
  /** Has the refIds `seriesCount` and `newestSample`. */
  summary: SceneQueryRunner;
}

/** A count of groups or states says nothing about the time range, a count of series does. */
const formatSeriesCount = ({ metric, groupBy }: MetricSelection, count: number): string =>
  groupBy !== '' || getVisualization(findMetric(metric)) === 'states'
    ? t('metrics.series-count', '{{total}} series', { count, total: formatCount(count) })
    : t('metrics.series-count-in-range', '{{total}} series in this time range', { count, total: formatCount(count) });

const getDefaultHelp = (metric: string): string =>
  metric.startsWith(CUSTOM_METRIC_PREFIX)
    ? t('metrics.custom-help', 'Custom metric that a job records in the knowledge base')
    : t('metrics.not-in-catalog', 'Not in the catalog: from another source or another version');

/** Shows the catalog entry of the metric, its newest sample, and the actions. */
export function MetricHeader({ summary, ...actions }: Props) {
  const { selection } = actions;
  const { data } = summary.useState();
  const entry = findMetric(selection.metric);
  const help = useMetricHelp(selection.metric);
  const seriesCount = toRows(data, 'seriesCount')[0]?.value;
  const newestSample = toRows(data, 'newestSample')[0]?.value;
  return (
    <Stack direction="column" gap={0.5}>
      <Stack direction="row" justifyContent="space-between" alignItems="flex-start" wrap="wrap" gap={2}>
        <Text>{entry?.help ?? help ?? getDefaultHelp(selection.metric)}</Text>
        <MetricActions {...actions} seriesCount={seriesCount} />
      </Stack>
      <Text color="secondary" variant="bodySmall">
        {[
          entry && formatSource(entry.source),
          entry && formatUnit(entry.unit),
          seriesCount !== undefined && formatSeriesCount(selection, seriesCount),
          entry?.caveat,
        ]
          .filter(Boolean)
          .join(' · ')}
        {newestSample !== undefined && (
          <>
            {' · '}
            <TimeAgoText seconds={newestSample}>
              {(ago) => t('metrics.newest-sample', 'Last sample: {{ago}}', { ago })}
            </TimeAgoText>
          </>
        )}
      </Text>
      {entry?.notRecorded && (
        <Text color="secondary" variant="bodySmall">
          {formatNotRecorded(entry.notRecorded)}
        </Text>
      )}
    </Stack>
  );
}
