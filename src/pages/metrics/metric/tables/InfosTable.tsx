import React, { useMemo } from 'react';
import type { Column } from '@grafana/ui';
import { LongText } from '../../../../ui/LongText';
import { RelativeTime } from '../../../../ui/RelativeTime';
import { formatInfosCsv } from './csv';
import { PeriodStart } from './PeriodStart';
import { getLabelNames, type InfoRow } from './rows';
import { TableFrame } from './TableFrame';
import { t } from '../../../../platform/i18n';

/** Shows the labels of an info metric and when they applied. */
export function InfosTable({ rows, metric }: { rows: InfoRow[]; metric: string }) {
  const labels = useMemo(() => getLabelNames(rows), [rows]);
  const columns = useMemo(
    (): Array<Column<InfoRow>> => [
      ...labels.map((label): Column<InfoRow> => ({
        // The table reads a dot in an id as a path; Prometheus labels have no dot.
        id: label,
        header: label,
        cell: ({ row: { original } }) => <LongText text={original.labels[label] ?? ''} />,
      })),
      {
        id: 'from',
        header: t('metrics.column.first-seen', 'First seen'),
        cell: ({ row: { original } }) => <PeriodStart seconds={original.from} />,
      },
      {
        id: 'to',
        header: t('metrics.column.last-seen', 'Last seen'),
        cell: ({ row: { original } }) =>
          original.to === undefined ? <>{t('metrics.now', 'Now')}</> : <RelativeTime seconds={original.to} />,
      },
    ],
    [labels]
  );
  return (
    <TableFrame
      metric={metric}
      columns={columns}
      rows={rows}
      formatCsv={() => formatInfosCsv(rows, labels)}
      description={t('metrics.infos', 'Values in this time range, newest first')}
    />
  );
}
