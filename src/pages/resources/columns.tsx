import React from 'react';
import { t } from '@grafana/i18n';
import type { Column } from '@grafana/ui';
import { maskText } from '../../kubernetes/maskText';
import { findKind, type KindName } from '../../sedna/kinds';
import { NameCell, NumberCell, SinceCell, StarCell, StatusCell, Value, WorkersCell } from './cells';
import type { ResourceRow, SortColumn } from './rows';

export interface ColumnOptions {
  /** Empty for all kinds. */
  kind: KindName | '';
  starred: ReadonlySet<string>;
  onStar: (row: ResourceRow) => void;
  /** Whether the answers that the columns are made of are there. */
  known: { states: boolean; details: boolean };
}

type RowColumn = Column<ResourceRow>;

/** The columns that fit a kind, or what all kinds have in common. */
export function columnsOf({ kind, starred, onStar, known }: ColumnOptions): RowColumn[] {
  const column = (id: SortColumn, header: string, cell: (row: ResourceRow) => React.ReactNode): RowColumn => ({
    id,
    header,
    sortType: 'alphanumeric',
    cell: ({ row: { original } }) => cell(original),
  });
  const since = (header: string) =>
    column('since', header, (row) => <SinceCell row={row} seconds={row.since} known={known.states} />);
  const time = (id: SortColumn, header: string, family: string) =>
    column(id, header, (row) => <SinceCell row={row} seconds={row.numbers[family]} known={known.details} />);
  const spec = (id: SortColumn, header: string) =>
    column(id, header, (row) => <Value row={row}>{maskText(row.spec[id] ?? '')}</Value>);
  const models = (): RowColumn => ({
    id: 'models',
    header: t('resources.column.models', 'Models'),
    cell: ({ row: { original } }) => (
      <Value row={original}>
        {['model', 'edge_model', 'cloud_model', 'aggregation_model', 'pretrained_model']
          .map((label) => original.spec[label])
          .filter(Boolean)
          .join(' · ')}
      </Value>
    ),
  });
  const status = (header: string) => column('status', header, (row) => <StatusCell row={row} known={known.states} />);
  const workers = () =>
    column('workers', t('resources.column.workers', 'Workers'), (row) => (
      <WorkersCell row={row} known={known.details} />
    ));
  const reported = () => since(t('resources.column.reported', 'Last report'));

  const identity: RowColumn[] = [
    {
      id: 'star',
      header: '',
      disableGrow: true,
      cell: ({ row: { original } }) => <StarCell row={original} starred={starred.has(original.key)} onStar={onStar} />,
    },
    column('name', t('resources.column.name', 'Name'), (row) => <NameCell row={row} />),
    ...(kind === '' ? [column('kind', t('resources.column.kind', 'Kind'), (row) => row.kind)] : []),
    column('namespace', t('resources.column.namespace', 'Namespace'), (row) => row.namespace),
  ];

  if (kind === '') {
    return [
      ...identity,
      status(t('resources.column.any-status', 'Status')),
      since(t('resources.column.any-since', 'Since or last report')),
    ];
  }
  if (kind === 'Dataset') {
    return [
      ...identity,
      column('samples', t('resources.column.samples', 'Samples'), (row) => (
        <NumberCell row={row} number={row.numbers.samples} known={known.details} />
      )),
      spec('format', t('resources.column.format', 'Format')),
      spec('url', t('resources.column.url', 'URL')),
      spec('node', t('resources.column.node', 'Node')),
      reported(),
    ];
  }
  if (kind === 'Model') {
    return [
      ...identity,
      spec('format', t('resources.column.format', 'Format')),
      spec('url', t('resources.column.url', 'URL')),
      reported(),
    ];
  }
  const { staged, phases } = findKind(kind)!;
  if (staged) {
    return [
      ...identity,
      status(t('resources.column.status', 'Stage and condition')),
      since(t('resources.column.since', 'Since')),
      spec('dataset', t('resources.column.dataset', 'Dataset')),
    ];
  }
  const condition = [status(t('resources.column.condition', 'Condition')), since(t('resources.column.since', 'Since'))];
  if (phases.length > 0) {
    return [
      ...identity,
      ...condition,
      column('phase', t('resources.column.phase', 'Phase'), (row) => <Value row={row}>{row.phase}</Value>),
      workers(),
      time('started', t('resources.column.started', 'Started'), 'start_timestamp_seconds'),
      time('completed', t('resources.column.completed', 'Completed'), 'completion_timestamp_seconds'),
    ];
  }
  return [
    ...identity,
    ...condition,
    workers(),
    time('started', t('resources.column.started', 'Started'), 'start_timestamp_seconds'),
    models(),
  ];
}
