import React from 'react';
import { css } from '@emotion/css';
import { LoadingState, type PanelData } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneQueryRunner,
  type VizPanel,
} from '@grafana/scenes';
import { Alert, Stack, Text, useStyles2 } from '@grafana/ui';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { QueryText } from '../../ui/QueryText';
import { allowPartialData, type PartialPanelData } from '../../data/requests/allowPartialData';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { MAX_DRAWN_SERIES, getVisualization } from '../../query/metrics';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { toSeries } from '../../data/series';
import { findMetric } from '../../sedna/catalog';
import type { MetricLook } from './look';
import { MetricTable } from './MetricTable';
import { buildPanel, buildQueries, isLimited, mainQuery } from './metricQueries';
import { linesOf } from './rounds';

interface MetricViewState extends SceneObjectState {
  look: MetricLook;
  /** How many lines there are; absent where that could not be counted. */
  lines?: number;
  panel?: VizPanel;
  $data: SceneQueryRunner;
}

/**
 * One metric as it is looked at. How many lines there are is known before: of very many, only the highest are asked for,
 * for a browser cannot draw, and a person not read, ten thousand.
 */
export class MetricView extends SceneObjectBase<MetricViewState> {
  constructor({ look, lines, range }: { look: MetricLook; lines?: number; range: number }) {
    super({
      look,
      lines,
      panel: buildPanel(look),
      $data: buildQueries(look, { lines, range }),
    });
  }

  static Component = MetricGraph;
}

/** Rows of bands are so high (px). */
const BAND = 26;

function heightOf({ look: { metric }, lines = 1 }: MetricViewState): number {
  return getVisualization(findMetric(metric)) === 'states'
    ? Math.max(160, 90 + Math.min(lines, MAX_DRAWN_SERIES) * BAND)
    : 360;
}

const hasSeries = (data: PanelData | undefined) =>
  (data?.series ?? []).some(({ refId, length }) => refId === 'metric' && length > 0);

const limitText = ({ metric }: MetricLook, lines: number): string =>
  getVisualization(findMetric(metric)) === 'states'
    ? t(
        'metrics.limited-states',
        'There are {{lines}} of them: only {{count}} are shown, first of all those that are there at the end of the time range. Choose a component.',
        { lines, count: MAX_DRAWN_SERIES }
      )
    : t(
        'metrics.limited',
        'There are {{lines}} of them: only the {{count}} whose last sample in this time range is highest are shown. Choose a component, or break down by a label.',
        { lines, count: MAX_DRAWN_SERIES }
      );

/** Why there is nothing over rounds though there is over time; undefined where that is not so, or not known. */
function withoutRounds(look: MetricLook, answer: PartialPanelData | undefined): string | undefined {
  if (!look.byRound || !answer || answer.optionalErrors.rounds || !hasSeries(answer) || linesOf(answer).length > 0) {
    return undefined;
  }
  return toSeries(answer, 'rounds').length === 0
    ? t(
        'metrics.no-rounds.none',
        'No round of these jobs was seen in this time range: the exporter tells them of lifelong and incremental learning jobs.'
      )
    : t(
        'metrics.no-rounds.others',
        'There are values in this time range, but none of a job whose round is known at that time.'
      );
}

function MetricGraph({ model }: SceneComponentProps<MetricView>) {
  const state = model.useState();
  const { look, panel, lines } = state;
  const { data } = sceneGraph.getData(model).useState();
  const answer = React.useMemo(() => allowPartialData(data, 'metric'), [data]);
  const shown = useLastGoodData(answer);
  const styles = useStyles2(getStyles);
  const source = getDataSourceName('prometheus');
  const roundless = withoutRounds(look, shown);
  const failures = Object.entries(answer?.optionalErrors ?? {});
  return (
    <Stack direction="column" gap={2}>
      {/* Not within the state of the query: it has its own sign of loading. */}
      {panel && hasSeries(shown) && !roundless && (
        <div className={styles.panel} style={{ height: heightOf(state) }}>
          <panel.Component model={panel} />
        </div>
      )}
      <QueryState
        data={answer}
        shown={shown}
        source={source}
        isEmpty={!hasSeries(shown)}
        empty={
          <EmptyState title={t('query-notice.nothing.title', 'Nothing found')}>
            {t('query-notice.nothing.text', 'Choose a longer time range, or ask for less.')}
          </EmptyState>
        }
      >
        {lines !== undefined && isLimited(lines) && <Text color="warning">{limitText(look, lines)}</Text>}
        {failures.map(([refId, error]) => (
          <Alert
            key={refId}
            severity="warning"
            title={t('metrics.partial', 'What it is compared with or counted by could not be read')}
          >
            {describeQueryError(error, source).title}
          </Alert>
        ))}
        {roundless ? (
          <EmptyState title={t('metrics.no-rounds.title', 'No value belongs to a round')}>{roundless}</EmptyState>
        ) : (
          shown && <MetricTable look={look} data={shown} />
        )}
      </QueryState>
      <QueryText query={mainQuery(look, lines)} label={t('metrics.query', 'PromQL')} />
    </Stack>
  );
}

/** Whether an answer has come, of whatever kind. */
export const isAnswered = (data: PanelData | undefined): boolean =>
  data?.state === LoadingState.Done || data?.state === LoadingState.Error;

const getStyles = () => ({ panel: css({ display: 'flex', position: 'relative' }) });
