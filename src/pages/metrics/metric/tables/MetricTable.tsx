import React, { useMemo } from 'react';
import type { PanelData } from '@grafana/data';
import { getVisualization } from '../../../../query/metrics';
import { getMetricUnit } from '../../../../panels/builders/metricPanel';
import { toRows } from '../../../../data/rows';
import { toSeries } from '../../../../data/series';
import { findMetric } from '../../../../sedna/catalog';
import type { MetricSelection } from '../../selection';
import { InfosTable } from './InfosTable';
import { NumbersTable } from './NumbersTable';
import { getRoundSeries } from '../rounds';
import { toInfoRows, toNumberRows, toStateRows, type SampledRange } from './rows';
import { StatesTable } from './StatesTable';

/** Step in milliseconds of a response without a request, which only tests have. */
const DEFAULT_STEP_MS = 15_000;

const toSampledRange = ({ timeRange, request }: PanelData): SampledRange => ({
  from: timeRange.from.valueOf() / 1000,
  to: timeRange.to.valueOf() / 1000,
  step: (request?.intervalMs ?? DEFAULT_STEP_MS) / 1000,
});

/** Shows the series of the graph as a table; an info metric has no graph. */
export function MetricTable({ selection, data }: { selection: MetricSelection; data: PanelData }) {
  const { metric, byRound } = selection;
  const entry = findMetric(metric);
  const series = useMemo(() => (byRound ? getRoundSeries(data) : toSeries(data, 'metric')), [byRound, data]);
  switch (getVisualization(entry)) {
    case 'states':
      return (
        <StatesTable rows={toStateRows(series, entry?.states?.label ?? '', toSampledRange(data))} metric={metric} />
      );
    case 'table':
      return <InfosTable rows={toInfoRows(series, toSampledRange(data))} metric={metric} />;
    default:
      return (
        <NumbersTable
          rows={toNumberRows(series, toRows(data, 'samples'))}
          series={series}
          unit={getMetricUnit(entry)}
          metric={metric}
          byRound={byRound}
        />
      );
  }
}
