import React, { useMemo } from 'react';
import { formattedValueToString, getValueFormat } from '@grafana/data';
import type { Column } from '@grafana/ui';
import { LongText } from '../../../../ui/LongText';
import type { Series } from '../../../../sedna/learning/roundStats';
import { formatNumbersCsv } from './csv';
import type { NumberRow } from './rows';
import { TableFrame } from './TableFrame';
import { t } from '../../../../platform/i18n';

interface Props {
  rows: NumberRow[];
  series: readonly Series[];
  unit: string;
  metric: string;
  byRound: boolean;
}

/** Shows the statistics of each series. */
export function NumbersTable({ rows, series, unit, metric, byRound }: Props) {
  const columns = useMemo((): Array<Column<NumberRow>> => {
    const createStatistic = (id: 'last' | 'min' | 'mean' | 'max', header: string): Column<NumberRow> => ({
      id,
      header,
      sortType: 'number',
      cell: ({ row: { original } }) => <NumberValue value={original[id]} unit={unit} />,
    });
    const hasSamples = rows.some(({ samples }) => samples !== undefined);
    return [
      {
        id: 'name',
        header: t('metrics.column.series', 'Series'),
        sortType: 'alphanumeric',
        cell: ({ row: { original } }) => <LongText text={original.name} />,
      },
      createStatistic('last', t('metrics.column.last', 'Last')),
      createStatistic('min', t('metrics.column.min', 'Min')),
      createStatistic('mean', t('metrics.column.mean', 'Mean')),
      createStatistic('max', t('metrics.column.max', 'Max')),
      ...(hasSamples
        ? [
            {
              id: 'samples',
              header: t('metrics.column.samples', 'Samples'),
              sortType: 'number' as const,
              cell: ({ row: { original } }: { row: { original: NumberRow } }) => (
                <NumberValue value={original.samples} unit="locale" />
              ),
            },
          ]
        : []),
    ];
  }, [rows, unit]);
  return (
    <TableFrame
      metric={metric}
      columns={columns}
      rows={rows}
      formatCsv={() => formatNumbersCsv(series, byRound)}
      description={
        byRound
          ? t(
              'metrics.statistics-rounds',
              'Statistics of the last value in each round since the last start of the local controller'
            )
          : t('metrics.statistics', 'Statistics of the points in the graph')
      }
    />
  );
}

/** Shows a number in its unit, with all digits on hover. */
function NumberValue({ value, unit }: { value: number | undefined; unit: string }) {
  return value === undefined ? null : (
    <span title={String(value)}>{formattedValueToString(getValueFormat(unit)(value))}</span>
  );
}
