import React from 'react';
import type { Column } from '@grafana/ui';
import { StaleContent } from '../../../ui/feedback/Staleness';
import { maskText } from '../../../sedna/masking/maskText';
import { findKind, type KindName } from '../../../sedna/kinds';
import { NameCell } from './cells/NameCell';
import { NumberCell } from './cells/NumberCell';
import { StarCell } from './cells/StarCell';
import { StatusCell } from './cells/StatusCell';
import { TimeCell } from './cells/TimeCell';
import { WorkersCell } from './cells/WorkersCell';
import type { ResourceRow, SortColumn } from './rows';
import { t } from '../../../platform/i18n';

export interface ResourceColumnOptions {
  /** Empty for all kinds. */
  kind: KindName | '';
  starred: ReadonlySet<string>;
  onStar: (row: ResourceRow) => void;
  /** Whether the queries that columns depend on succeeded. */
  loaded: { states: boolean; details: boolean };
}

type RowColumn = Column<ResourceRow>;

/** Builds the columns of a kind, or those that all kinds have in common. */
export function buildResourceColumns({ kind, starred, onStar, loaded }: ResourceColumnOptions): RowColumn[] {
  const column = (id: SortColumn, header: string, cell: (row: ResourceRow) => React.ReactNode): RowColumn => ({
    id,
    header,
    sortType: 'alphanumeric',
    cell: ({ row: { original } }) => cell(original),
  });
  const since = (header: string) =>
    column('since', header, (row) => <TimeCell row={row} seconds={row.since} loaded={loaded.states} />);
  const time = (id: SortColumn, header: string, family: string) =>
    column(id, header, (row) => <TimeCell row={row} seconds={row.numbers[family]} loaded={loaded.details} />);
  const spec = (id: SortColumn, header: string) =>
    column(id, header, (row) => <StaleContent staleness={row.staleness}>{maskText(row.spec[id] ?? '')}</StaleContent>);
  const models = (): RowColumn => ({
    id: 'models',
    header: t('resources.column.models', 'Models'),
    cell: ({ row: { original } }) => (
      <StaleContent staleness={original.staleness}>
        {['model', 'edge_model', 'cloud_model', 'aggregation_model', 'pretrained_model']
          .map((label) => original.spec[label])
          .filter(Boolean)
          .join(' · ')}
      </StaleContent>
    ),
  });
  const status = (header: string) => column('status', header, (row) => <StatusCell row={row} loaded={loaded.states} />);
  const workers = () =>
    column('workers', t('resources.column.workers', 'Workers'), (row) => (
      <WorkersCell row={row} loaded={loaded.details} />
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
      since(t('resources.column.any-since', 'Last transition or report')),
    ];
  }
  if (kind === 'Dataset') {
    return [
      ...identity,
      column('samples', t('resources.column.samples', 'Samples'), (row) => (
        <NumberCell row={row} number={row.numbers.samples} loaded={loaded.details} />
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
      since(t('resources.column.since', 'Last transition')),
      spec('dataset', t('resources.column.dataset', 'Dataset')),
    ];
  }
  const condition = [
    status(t('resources.column.condition', 'Condition')),
    since(t('resources.column.since', 'Last transition')),
  ];
  if (phases.length > 0) {
    return [
      ...identity,
      ...condition,
      column('phase', t('resources.column.phase', 'Phase'), (row) => (
        <StaleContent staleness={row.staleness}>{row.phase}</StaleContent>
      )),
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
