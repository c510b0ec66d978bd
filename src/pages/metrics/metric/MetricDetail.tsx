import React from 'react';
import { css } from '@emotion/css';
import type { PanelData } from '@grafana/data';
import type { VizPanel } from '@grafana/scenes';
import { Alert, Stack, Text, useStyles2 } from '@grafana/ui';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import { QueryText } from '../../../ui/QueryText';
import type { PartialPanelData } from '../../../data/requests/allowPartialData';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { MAX_DRAWN_SERIES, getVisualization } from '../../../query/metrics';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { toSeries } from '../../../data/series';
import { findMetric } from '../../../sedna/catalog';
import { formatCount } from '../format';
import type { MetricSelection } from '../selection';
import { MetricTable } from './tables/MetricTable';
import { buildMetricQuery, hasTooManySeries } from './queries';
import { getRoundSeries } from './rounds';
import { t } from '../../../platform/i18n';

interface Props {
  selection: MetricSelection;
  seriesCount?: number;
  panel?: VizPanel;
  data: PanelData | undefined;
}

const GRAPH_HEIGHT_PX = 360;
/** A state timeline has a row for each series, and room for title, axis, and legend. */
const STATE_ROW_PX = 26;
const STATE_MARGIN_PX = 90;
const MIN_STATES_HEIGHT_PX = 160;

const isStates = ({ metric }: MetricSelection): boolean => getVisualization(findMetric(metric)) === 'states';

const getHeightPx = (selection: MetricSelection, seriesCount = 1): number =>
  isStates(selection)
    ? Math.max(MIN_STATES_HEIGHT_PX, STATE_MARGIN_PX + Math.min(seriesCount, MAX_DRAWN_SERIES) * STATE_ROW_PX)
    : GRAPH_HEIGHT_PX;

const hasSeries = (data: PanelData | undefined) =>
  (data?.series ?? []).some(({ refId, length }) => refId === 'metric' && length > 0);

function formatLimit(selection: MetricSelection, seriesCount: number): string {
  const values = { shown: MAX_DRAWN_SERIES, total: formatCount(seriesCount) };
  return isStates(selection)
    ? t(
        'metrics.limit-states',
        'Showing {{shown}} of {{total}} series, starting with those at the end of the time range. Select a resource.',
        values
      )
    : t(
        'metrics.limit',
        'Showing {{shown}} of {{total}} series, highest last value first. Select a resource or group by a label.',
        values
      );
}

/** Explains why there is nothing by round although there are values by time; undefined where that isn't so. */
function formatMissingRounds(selection: MetricSelection, data: PartialPanelData | undefined): string | undefined {
  if (
    !selection.byRound ||
    !data ||
    data.optionalErrors.rounds ||
    !hasSeries(data) ||
    getRoundSeries(data).length > 0
  ) {
    return undefined;
  }
  return toSeries(data, 'rounds').length === 0
    ? t(
        'metrics.no-rounds.none',
        'These jobs have no rounds in this time range. The exporter reports rounds of lifelong and incremental learning jobs.'
      )
    : t(
        'metrics.no-rounds.others',
        'This time range has values, but none of a job whose round was known at that time.'
      );
}

/** Shows the graph of a metric, its table, and its query. */
export function MetricDetail({ selection, seriesCount, panel, data }: Props) {
  const request = useQueryRequest(data, { essential: 'metric' });
  const shown = request.value;
  const styles = useStyles2(getStyles);
  const source = getDataSourceName('prometheus');
  const missingRounds = formatMissingRounds(selection, shown);
  const failures = Object.entries(shown?.optionalErrors ?? {});
  return (
    <Stack direction="column" gap={2}>
      {/* Outside QueryState, because a panel has a loading indicator of its own. */}
      {panel && hasSeries(shown) && !missingRounds && (
        <div className={styles.panel} style={{ height: getHeightPx(selection, seriesCount) }}>
          <panel.Component model={panel} />
        </div>
      )}
      <QueryState
        request={request}
        source={source}
        isEmpty={!hasSeries(shown)}
        empty={
          <EmptyState title={t('metrics.no-data.title', 'No data found')}>
            {t('metrics.no-data.text', 'Select a longer time range or clear filters')}
          </EmptyState>
        }
      >
        {seriesCount !== undefined && hasTooManySeries(seriesCount) && (
          <Text color="warning">{formatLimit(selection, seriesCount)}</Text>
        )}
        {failures.map(([refId, error]) => (
          <Alert key={refId} severity="warning" title={t('metrics.partial', "Some data couldn't be loaded")}>
            {describeQueryError(error, source).title}
          </Alert>
        ))}
        {missingRounds ? (
          <EmptyState title={t('metrics.no-rounds.title', 'No values by round')}>{missingRounds}</EmptyState>
        ) : (
          shown && <MetricTable selection={selection} data={shown} />
        )}
      </QueryState>
      <QueryText query={buildMetricQuery(selection, seriesCount)} label={t('metrics.query', 'PromQL')} />
    </Stack>
  );
}

const getStyles = () => ({ panel: css({ display: 'flex', position: 'relative' }) });
