import React, { useMemo } from 'react';
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import { InteractiveTable, TextLink, type Column } from '@grafana/ui';
import { resourceUrl } from '../../app/links';
import { ConditionBadge } from '../../components/ConditionBadge';
import { Since } from '../../components/Since';
import type { KindName } from '../../sedna/kinds';
import type { ResourceRow } from './rows';

const PAGE_SIZE = 50;

const count = (value: number) => formattedValueToString(getValueFormat('locale')(value, 0));

function columnsOf(kind: KindName): Array<Column<ResourceRow>> {
  const name: Column<ResourceRow> = {
    id: 'name',
    header: t('resources.column.name', 'Name'),
    sortType: 'alphanumeric',
    cell: ({ row: { original } }) => (
      <TextLink href={resourceUrl(kind, original.namespace, original.name)} inline={false}>
        {original.name}
      </TextLink>
    ),
  };
  const namespace: Column<ResourceRow> = {
    id: 'namespace',
    header: t('resources.column.namespace', 'Namespace'),
    sortType: 'alphanumeric',
  };
  const since = (header: string): Column<ResourceRow> => ({
    id: 'since',
    header,
    sortType: 'number',
    cell: ({ row: { original } }) => <Since seconds={original.since} />,
  });
  switch (kind) {
    case 'Dataset':
      return [
        name,
        namespace,
        {
          id: 'samples',
          header: t('resources.column.samples', 'Samples'),
          sortType: 'number',
          cell: ({ row: { original } }) =>
            original.samples === undefined ? t('since.unknown', 'not recorded') : count(original.samples),
        },
        { id: 'format', header: t('resources.column.format', 'Format') },
        { id: 'url', header: t('resources.column.url', 'URL') },
        since(t('resources.column.reported', 'Last report')),
      ];
    case 'Model':
      return [
        name,
        namespace,
        { id: 'format', header: t('resources.column.format', 'Format') },
        { id: 'url', header: t('resources.column.url', 'URL') },
        since(t('resources.column.reported', 'Last report')),
      ];
    default:
      return [
        name,
        namespace,
        {
          id: 'condition',
          header: t('resources.column.status', 'Stage and condition'),
          sortType: 'alphanumeric',
          cell: ({ row: { original } }) => <ConditionBadge stage={original.stage} condition={original.condition} />,
        },
        since(t('resources.column.since', 'Since')),
        { id: 'dataset', header: t('resources.column.dataset', 'Dataset') },
      ];
  }
}

/** Objects of one kind, with the columns that fit it. */
export function ResourceTable({ kind, rows }: { kind: KindName; rows: ResourceRow[] }) {
  const columns = useMemo(() => columnsOf(kind), [kind]);
  return (
    <div data-testid="resource-table">
      <InteractiveTable
        key={kind}
        columns={columns}
        data={rows}
        getRowId={({ namespace, name }) => `${namespace}/${name}`}
        pageSize={PAGE_SIZE}
      />
    </div>
  );
}
