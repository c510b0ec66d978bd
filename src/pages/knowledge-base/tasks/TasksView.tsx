import React, { useDeferredValue, useMemo } from 'react';
import type { PanelData, RawTimeRange } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Alert, Text } from '@grafana/ui';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { PagedTable } from '../../../panels/table/PagedTable';
import type { TableState } from '../../../panels/table/TableState';
import { formatCount } from '../format';
import type { KnowledgeBase } from '../knowledgeBases';
import { NoMatchingTasks } from '../NoMatchingTasks';
import { createTaskColumns } from './columns';
import { filterRows, sortRows, toTaskRows, type TaskColumn, type TaskRow } from './rows';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

const PAGE_SIZE = 20;
const getRowId = ({ key }: TaskRow) => key;

interface Props extends Pick<RawTimeRange, 'from' | 'to'> {
  data: PanelData | undefined;
  knowledgeBases: readonly KnowledgeBase[];
  text: string;
  table: TableState<TaskColumn>;
}

/** Shows the tasks of all knowledge bases in one table. */
export function TasksView({ data, knowledgeBases, text, table, from, to }: Props) {
  const request = useQueryRequest(data, { essential: 'tasks' });
  const shown = request.value;
  const all = useMemo(() => toTaskRows(shown, knowledgeBases), [shown, knowledgeBases]);
  // Filtering thousands of rows at each keystroke would block typing.
  const deferredText = useDeferredValue(text);
  const rows = useMemo(() => filterRows(all, deferredText), [all, deferredText]);
  const columns = useMemo(() => createTaskColumns(knowledgeBases, { from, to }), [knowledgeBases, from, to]);
  const failure = shown?.optionalErrors.evaluations;
  return (
    <div data-testid={TEST_IDS.knowledgeBase.tasks}>
      <QueryState
        request={request}
        source={getDataSourceName('prometheus')}
        isEmpty={rows.length === 0}
        empty={
          all.length === 0 ? (
            <NoTasks isRead={knowledgeBases.some(({ readable }) => readable)} />
          ) : (
            <NoMatchingTasks total={all.length} />
          )
        }
      >
        {failure && (
          <Alert severity="warning" title={t('knowledge-base.tasks.partial', "Evaluations couldn't be loaded")}>
            {describeQueryError(failure, getDataSourceName('prometheus')).title}
          </Alert>
        )}
        <Text variant="bodySmall" color="secondary">
          <span role="status">
            {t('knowledge-base.tasks.count', '{{found}} of {{total}} tasks.', {
              count: all.length,
              found: formatCount(rows.length),
              total: formatCount(all.length),
              defaultValue_one: '{{found}} of {{total}} task.',
            })}
          </span>{' '}
          <Trans i18nKey="knowledge-base.tasks.about">
            All are known tasks. For samples of unseen tasks by job, refer to the History tab. The knowledge base
            doesn&apos;t record jobs: jobs whose tasks have the same name share the task.
          </Trans>
        </Text>
        <PagedTable
          table={table}
          columns={columns}
          rows={rows}
          sortRows={sortRows}
          rowId={getRowId}
          pageSize={PAGE_SIZE}
        />
      </QueryState>
    </div>
  );
}

function NoTasks({ isRead }: { isRead: boolean }) {
  return isRead ? (
    <EmptyState title={t('knowledge-base.tasks.none.title', 'No tasks yet')}>
      {t('knowledge-base.tasks.none.text', 'Tasks appear after the first training of a lifelong learning job')}
    </EmptyState>
  ) : (
    <EmptyState title={t('knowledge-base.tasks.unavailable.title', 'Tasks are unavailable')}>
      {t(
        'knowledge-base.tasks.unavailable.text',
        'No exporter has read the database recently. Refer to the alert above.'
      )}
    </EmptyState>
  );
}
