import React from 'react';
import { Text, type Column } from '@grafana/ui';
import { LongText } from '../../../../ui/LongText';
import { formatStatesCsv } from './csv';
import { PeriodStart } from './PeriodStart';
import type { StateRow } from './rows';
import { TableFrame } from './TableFrame';
import { t } from '../../../../platform/i18n';

/** Shows the newest state of each object. */
export function StatesTable({ rows, metric }: { rows: StateRow[]; metric: string }) {
  const columns: Array<Column<StateRow>> = [
    {
      id: 'name',
      header: t('metrics.resource', 'Resource'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }) => <LongText text={original.name} />,
    },
    {
      id: 'state',
      header: t('metrics.column.state', 'State'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }) => (
        <Text color={original.isCurrent ? undefined : 'secondary'}>
          {original.isCurrent
            ? original.state
            : t('metrics.former-state', '{{state}} (no longer reported)', { state: original.state })}
        </Text>
      ),
    },
    {
      id: 'since',
      header: t('metrics.column.state-start', 'Started'),
      sortType: 'number',
      cell: ({ row: { original } }) => <PeriodStart seconds={original.since} />,
    },
    { id: 'changes', header: t('metrics.column.changes', 'Changes in this time range'), sortType: 'number' },
  ];
  return <TableFrame metric={metric} columns={columns} rows={rows} formatCsv={() => formatStatesCsv(rows)} />;
}
