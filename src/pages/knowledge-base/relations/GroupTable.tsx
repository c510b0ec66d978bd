import React, { useMemo } from 'react';
import { Button, InteractiveTable, type CellProps, type Column } from '@grafana/ui';
import { formatNotRecorded } from '../../../ui/format/formatRound';
import { ModelFile } from '../ModelFile';
import type { TaskGroup } from './groups';
import { t } from '../../../platform/i18n';

const PAGE_SIZE = 20;

interface Props {
  groups: readonly TaskGroup[];
  /** Must be stable. */
  onSelectGroup: (group: string) => void;
}

export function GroupTable({ groups, onSelectGroup }: Props) {
  const columns = useMemo(
    (): Array<Column<TaskGroup>> => [
      {
        id: 'group',
        header: t('knowledge-base.column.group', 'Group'),
        sortType: 'alphanumeric',
        cell: ({ row: { original } }: CellProps<TaskGroup>) => (
          <Button fill="text" size="sm" onClick={() => onSelectGroup(original.group)}>
            {original.group}
          </Button>
        ),
      },
      {
        id: 'tasks',
        header: t('knowledge-base.column.tasks', 'Tasks'),
        cell: ({ row: { original } }: CellProps<TaskGroup>) => <>{original.tasks.length}</>,
      },
      {
        id: 'url',
        header: t('knowledge-base.column.model', 'Model file'),
        cell: ({ row: { original } }: CellProps<TaskGroup>) =>
          original.url === '' ? <>{formatNotRecorded()}</> : <ModelFile url={original.url} />,
      },
    ],
    [onSelectGroup]
  );
  return <InteractiveTable columns={columns} data={[...groups]} getRowId={({ key }) => key} pageSize={PAGE_SIZE} />;
}
