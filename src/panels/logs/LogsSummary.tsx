import React from 'react';
import { dateTimeFormat, formattedValueToString, getValueFormat, LoadingState, type PanelData } from '@grafana/data';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Stack, Text } from '@grafana/ui';
import { TimeAgoText } from '../../ui/TimeAgoText';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { toLogLines } from '../../data/logs/logRows';
import { t } from '../../platform/i18n';

interface LogsSummaryState extends SceneObjectState {
  /** Maximum number of lines of one query. */
  limit: number;
  /** Whether the limit is lower than usual, because Loki couldn't send more. */
  isReduced?: boolean;
  order: 'newest' | 'oldest';
}

/** Gap at the start of the time range from which the time of the first line is shown. */
const LONG_GAP_SECONDS = 24 * 3600;

/** Summary of a log query: number of lines, whether there are more, and how much Loki read. */
export class LogsSummary extends SceneObjectBase<LogsSummaryState> {
  static Component = LogsSummaryRenderer;
}

/** Returns the sum of a statistic over all frames; undefined if Loki returned none. */
function sumStatistic(data: PanelData, name: string): number | undefined {
  const found = data.series.map(({ meta }) => meta?.stats?.find(({ displayName }) => displayName === name)?.value);
  const known = found.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

const formatValue = (value: number, unit: string) => formattedValueToString(getValueFormat(unit)(value, 1));

function getQueryCost(data: PanelData): string | undefined {
  const bytes = sumStatistic(data, 'Summary: total bytes processed');
  const lines = sumStatistic(data, 'Summary: total lines processed');
  const seconds = sumStatistic(data, 'Summary: exec time');
  return bytes === undefined || lines === undefined || seconds === undefined
    ? undefined
    : t('logs.summary.cost', 'Loki read {{bytes}}, {{lines}} lines, in {{time}}', {
        bytes: formatValue(bytes, 'decbytes'),
        lines: formattedValueToString(getValueFormat('locale')(lines)),
        time: formatValue(seconds, 's'),
        count: lines,
        defaultValue_one: 'Loki read {{bytes}}, {{lines}} line, in {{time}}',
      });
}

function LogsSummaryRenderer({ model }: SceneComponentProps<LogsSummary>) {
  const { limit, isReduced = false, order } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastGoodData(data);
  const time = sceneGraph.getTimeRange(model);
  const { value: range } = time.useState();
  if (!shown) {
    return null;
  }
  const lines = toLogLines(shown.series);
  const full = shown.series.some(({ length }) => length >= limit);
  const oldest = Math.min(...lines.map(({ time }) => time)) / 1000;
  const hasGap = lines.length > 0 && !full && oldest - shown.timeRange.from.valueOf() / 1000 > LONG_GAP_SECONDS;
  const cost = getQueryCost(shown);
  const countText = full
    ? order === 'newest'
      ? t('logs.summary.newest', 'Newest {{count}} lines. Scroll down for older ones.', {
          count: lines.length,
          defaultValue_one: 'Newest line. Scroll down for older ones.',
        })
      : t('logs.summary.oldest', 'Oldest {{count}} lines. Scroll down for newer ones.', {
          count: lines.length,
          defaultValue_one: 'Oldest line. Scroll down for newer ones.',
        })
    : t('logs.summary.all', 'All {{count}} lines in the time range', {
        count: lines.length,
        defaultValue_one: 'The only line in the time range',
      });
  return (
    <Stack direction="row" gap={2} wrap="wrap" alignItems="center">
      {lines.length > 0 && (
        <Text variant="bodySmall" color="secondary">
          {countText}
        </Text>
      )}
      {isReduced && (
        <Text variant="bodySmall" color="warning">
          {t('logs.summary.reduced', 'These lines are long. Loki can send only {{count}} at a time.', { count: limit })}
        </Text>
      )}
      {cost !== undefined && (
        <Text variant="bodySmall" color="secondary">
          {cost}
        </Text>
      )}
      {lines.length > 0 && (
        <Text variant="bodySmall" color="secondary">
          {t('logs.summary.zone', 'Time zone: UTC{{offset}}', {
            offset: dateTimeFormat(range.to, { timeZone: time.getTimeZone(), format: 'Z' }),
          })}
        </Text>
      )}
      {hasGap && (
        <Text variant="bodySmall" color="secondary">
          <TimeAgoText seconds={oldest}>{(ago) => t('logs.summary.gap', 'First line: {{ago}}', { ago })}</TimeAgoText>
        </Text>
      )}
      {hasGap && (
        <Text variant="bodySmall" color="secondary">
          {t('logs.summary.retention', "No older lines were written, or Loki's retention period removed them")}
        </Text>
      )}
      {data?.state === LoadingState.Loading && (
        <Text variant="bodySmall" color="secondary">
          {t('logs.summary.loading', 'Searching...')}
        </Text>
      )}
    </Stack>
  );
}
