import React from 'react';
import { dateTimeFormat, formattedValueToString, getValueFormat, LoadingState, type PanelData } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Stack, Text } from '@grafana/ui';
import { RelativeTime } from '../../ui/RelativeTime';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { toLogLines } from '../../data/logs/logRows';

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
  const cost = getQueryCost(shown);
  const words = full
    ? order === 'newest'
      ? t('logs.summary.newest', 'The newest {{count}} lines; scroll down for older ones.', { count: lines.length })
      : t('logs.summary.oldest', 'The oldest {{count}} lines; scroll down for newer ones.', { count: lines.length })
    : t('logs.summary.all', 'All {{count}} lines of the time range.', {
        count: lines.length,
        defaultValue_one: 'The only line of the time range.',
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
          {t('logs.summary.zone', 'Times are UTC{{offset}}', {
            offset: dateTimeFormat(range.to, { timeZone: time.getTimeZone(), format: 'Z' }),
          })}
        </Text>
      )}
      {lines.length > 0 && !full && oldest - shown.timeRange.from.valueOf() / 1000 > LONG_GAP && (
        <Text variant="bodySmall" color="secondary">
          {t('logs.summary.gap', 'The first of them is from:')} <RelativeTime seconds={oldest} />{' '}
          {t('logs.summary.retention', 'Nothing older was written, or Loki keeps it no longer.')}
        </Text>
      )}
      {data?.state === LoadingState.Loading && (
        <Text variant="bodySmall" color="secondary">
          {t('logs.summary.loading', 'Searching…')}
        </Text>
      )}
    </Stack>
  );
}
