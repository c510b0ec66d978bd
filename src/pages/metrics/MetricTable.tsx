import React, { useMemo } from 'react';
import { formattedValueToString, getValueFormat, type PanelData } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, InteractiveTable, Stack, Text, type Column } from '@grafana/ui';
import { LongText } from '../../ui/LongText';
import { RelativeTime } from '../../ui/RelativeTime';
import { getVisualization } from '../../query/metrics';
import { getMetricUnit } from '../../panels/metricPanel';
import { toRows } from '../../data/rows';
import { saveCsv } from '../../data/files/saveCsv';
import { toSeries } from '../../data/series';
import { findMetric } from '../../sedna/catalog';
import { infosCsv, numbersCsv, statesCsv } from './csv';
import type { MetricLook } from './look';
import { linesOf } from './rounds';
import {
  infoRows,
  labelsOf,
  numberRows,
  stateRows,
  type Asked,
  type InfoRow,
  type NumberRow,
  type StateRow,
} from './seriesRows';

const PAGE_SIZE = 25;
const keyOf = ({ key }: { key: string }) => key;

const askedOf = ({ timeRange, request }: PanelData): Asked => ({
  from: timeRange.from.valueOf() / 1000,
  to: timeRange.to.valueOf() / 1000,
  step: (request?.intervalMs ?? 15_000) / 1000,
});

/** What the graph draws, in words and numbers; of infos all there is to see. */
export function MetricTable({ look: { metric, byRound }, data }: { look: MetricLook; data: PanelData }) {
  const entry = findMetric(metric);
  const series = useMemo(() => (byRound ? linesOf(data) : toSeries(data, 'metric')), [byRound, data]);
  switch (getVisualization(entry)) {
    case 'states':
      return <States rows={stateRows(series, entry?.states?.label ?? '', askedOf(data))} metric={metric} />;
    case 'table':
      return <Infos rows={infoRows(series, askedOf(data))} metric={metric} />;
    default:
      return (
        <Numbers
          rows={numberRows(series, toRows(data, 'samples'))}
          unit={getMetricUnit(entry)}
          metric={metric}
          csv={() => numbersCsv(series, byRound)}
          about={
            byRound
              ? t(
                  'metrics.statistics-rounds',
                  'Of the last value in each round since the local controller was last started.'
                )
              : t('metrics.statistics', 'Of the points that are drawn, in this time range.')
          }
        />
      );
  }
}

interface FrameProps<Row extends object> {
  metric: string;
  columns: Array<Column<Row>>;
  rows: Row[];
  csv: () => string;
  about?: string;
}

function TableFrame<Row extends { key: string }>({ metric, columns, rows, csv, about }: FrameProps<Row>) {
  return (
    <div data-testid="metric-table">
      <Stack direction="row" justifyContent="space-between" alignItems="center" wrap="wrap">
        <Text variant="bodySmall" color="secondary">
          {about ?? ''}
        </Text>
        <Button
          size="sm"
          variant="secondary"
          fill="outline"
          icon="download-alt"
          onClick={() => saveCsv(metric.replace(/[^\w.-]+/g, '_'), csv())}
        >
          {t('metrics.csv', 'Download CSV')}
        </Button>
      </Stack>
      <InteractiveTable columns={columns} data={rows} getRowId={keyOf} pageSize={PAGE_SIZE} />
    </div>
  );
}

/** A number as people read it, and whole on hover. */
function Figure({ value, unit }: { value: number | undefined; unit: string }) {
  return value === undefined ? null : (
    <span title={String(value)}>{formattedValueToString(getValueFormat(unit)(value))}</span>
  );
}

interface NumbersProps {
  rows: NumberRow[];
  unit: string;
  metric: string;
  csv: () => string;
  about: string;
}

function Numbers({ rows, unit, metric, csv, about }: NumbersProps) {
  const columns = useMemo((): Array<Column<NumberRow>> => {
    const figure = (id: 'last' | 'min' | 'mean' | 'max', header: string): Column<NumberRow> => ({
      id,
      header,
      sortType: 'number',
      cell: ({ row: { original } }) => <Figure value={original[id]} unit={unit} />,
    });
    const hasSamples = rows.some(({ samples }) => samples !== undefined);
    return [
      {
        id: 'name',
        header: t('metrics.column.series', 'Series'),
        sortType: 'alphanumeric',
        cell: ({ row: { original } }) => <LongText text={original.name} />,
      },
      figure('last', t('metrics.column.last', 'Last')),
      figure('min', t('metrics.column.min', 'Min')),
      figure('mean', t('metrics.column.mean', 'Mean')),
      figure('max', t('metrics.column.max', 'Max')),
      ...(hasSamples
        ? [
            {
              id: 'samples',
              header: t('metrics.column.samples', 'Samples'),
              sortType: 'number' as const,
              cell: ({ row: { original } }: { row: { original: NumberRow } }) => (
                <Figure value={original.samples} unit="locale" />
              ),
            },
          ]
        : []),
    ];
  }, [rows, unit]);
  return <TableFrame metric={metric} columns={columns} rows={rows} csv={csv} about={about} />;
}

function States({ rows, metric }: { rows: StateRow[]; metric: string }) {
  const columns: Array<Column<StateRow>> = [
    {
      id: 'name',
      header: t('metrics.column.object', 'Object'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }) => <LongText text={original.name} />,
    },
    {
      id: 'state',
      header: t('metrics.column.state', 'State'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }) => (
        <Text color={original.isNow ? undefined : 'secondary'}>
          {original.isNow
            ? original.state
            : t('metrics.last-state', '{{state}}, then no more', { state: original.state })}
        </Text>
      ),
    },
    {
      id: 'since',
      header: t('metrics.column.since', 'Since'),
      sortType: 'number',
      cell: ({ row: { original } }) => <Beginning seconds={original.since} />,
    },
    { id: 'changes', header: t('metrics.column.changes', 'Changes in this time range'), sortType: 'number' },
  ];
  return <TableFrame metric={metric} columns={columns} rows={rows} csv={() => statesCsv(rows)} />;
}

function Infos({ rows, metric }: { rows: InfoRow[]; metric: string }) {
  const labels = useMemo(() => labelsOf(rows), [rows]);
  const columns = useMemo(
    (): Array<Column<InfoRow>> => [
      ...labels.map((label): Column<InfoRow> => ({
        // A dot in it would be read as a path; labels have none.
        id: label,
        header: label,
        cell: ({ row: { original } }) => <LongText text={original.labels[label] ?? ''} />,
      })),
      {
        id: 'from',
        header: t('metrics.column.from', 'From'),
        cell: ({ row: { original } }) => <Beginning seconds={original.from} />,
      },
      {
        id: 'to',
        header: t('metrics.column.to', 'Until'),
        cell: ({ row: { original } }) =>
          original.to === undefined ? <>{t('metrics.now', 'now')}</> : <RelativeTime seconds={original.to} />,
      },
    ],
    [labels]
  );
  return (
    <TableFrame
      metric={metric}
      columns={columns}
      rows={rows}
      csv={() => infosCsv(rows, labels)}
      about={t('metrics.changes', 'What was told in this time range, the newest first.')}
    />
  );
}

/** When something began; before what was looked at where that is not known. */
function Beginning({ seconds }: { seconds: number | undefined }) {
  return seconds === undefined ? (
    <>{t('metrics.before', 'before this time range')}</>
  ) : (
    <RelativeTime seconds={seconds} />
  );
}
