import React, { useMemo } from 'react';
import { InteractiveTable, Text, type CellProps, type Column } from '@grafana/ui';
import { buildKnowledgeBaseUrl, type LinkRange } from '../../../platform/links/links';
import { AppLink } from '../../../ui/links/AppLink';
import { formatNotRecorded } from '../../../ui/format/formatRound';
import { formatScore } from '../format';
import { ModelFile } from '../ModelFile';
import type { GroupTask, TaskGroup } from './groups';
import { t } from '../../../platform/i18n';

const PAGE_SIZE = 20;

interface Props {
  group: TaskGroup;
  timeRange: LinkRange;
}

/** Shows the model file of a group and its tasks with their weights. */
export function GroupTasksTable({ group: { tasks, url }, timeRange }: Props) {
  const rows = useMemo(() => tasks.map((each) => ({ ...each })), [tasks]);
  const columns = useMemo(
    (): Array<Column<GroupTask>> => [
      {
        id: 'task',
        header: t('knowledge-base.column.task', 'Task'),
        sortType: 'alphanumeric',
        cell: ({ row: { original } }: CellProps<GroupTask>) => (
          <AppLink href={buildKnowledgeBaseUrl({ text: original.task, span: timeRange })}>{original.task}</AppLink>
        ),
      },
      {
        id: 'weight',
        header: t('knowledge-base.column.weight', 'Weight'),
        sortType: 'number',
        cell: ({ row: { original } }: CellProps<GroupTask>) => <>{formatScore(original.weight)}</>,
      },
    ],
    [timeRange]
  );
  return (
    <>
      <Text element="p">
        {t('knowledge-base.column.model', 'Model file')}: {url === '' ? formatNotRecorded() : <ModelFile url={url} />}
      </Text>
      <InteractiveTable columns={columns} data={rows} getRowId={({ task }) => task} pageSize={PAGE_SIZE} />
    </>
  );
}
