import React from 'react';
import { dateTimeFormat, formattedValueToString, getValueFormat, LoadingState, type PanelData } from '@grafana/data';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Stack, Text } from '@grafana/ui';
import { TimeAgoText } from '../../ui/TimeAgoText';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { toLogLines } from '../../data/logs/logRows';
import { t } from '../../platform/i18n';

interface LogsSummaryState extends SceneObjectState {
  /** Lines that one query gives at most. */
  limit: number;
  order: 'newest' | 'oldest';
}

/** A gap at the old end of the range that is worth a word (s). */
const LONG_GAP = 24 * 3600;

/** What a look at logs brought and what it cost: how many lines, whether there are more, how much Loki read. */
export class LogsSummary extends SceneObjectBase<LogsSummaryState> {
  static Component = Summary;
}

/** Sum of a figure that Loki gives with each answer; undefined where it gave none. */
function figure(data: PanelData, name: string): number | undefined {
  const found = data.series.map(({ meta }) => meta?.stats?.find(({ displayName }) => displayName === name)?.value);
  const known = found.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

const formatted = (value: number, unit: string) => formattedValueToString(getValueFormat(unit)(value, 1));

function getQueryCost(data: PanelData): string | undefined {
  const bytes = figure(data, 'Summary: total bytes processed');
  const lines = figure(data, 'Summary: total lines processed');
  const seconds = figure(data, 'Summary: exec time');
  return bytes === undefined || lines === undefined || seconds === undefined
    ? undefined
    : t('logs.summary.cost', 'Loki read {{bytes}}, {{lines}} lines, in {{time}}', {
        bytes: formatted(bytes, 'decbytes'),
        lines: formattedValueToString(getValueFormat('locale')(lines)),
        time: formatted(seconds, 's'),
        count: lines,
        defaultValue_one: 'Loki read {{bytes}}, {{lines}} line, in {{time}}',
      });
}

function Summary({ model }: SceneComponentProps<LogsSummary>) {
  const { limit, order } = model.useState();
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
  const hasGap = lines.length > 0 && !full && oldest - shown.timeRange.from.valueOf() / 1000 > LONG_GAP;
  const cost = getQueryCost(shown);
  const words = full
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
          {words}
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
