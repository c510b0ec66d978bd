import React, { useDeferredValue, useMemo } from 'react';
import { Trans, t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Alert, Text } from '@grafana/ui';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { QueryState } from '../../ui/feedback/QueryState';
import { allowPartialData } from '../../data/requests/allowPartialData';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { knowledgeBaseTasks, taskEvaluations } from '../../query/knowledgeBase';
import { createInstantVectorRunner } from '../../data/requests/instantVectorDataSource';
import { useLinkRange } from '../../platform/links/linkRange';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { PagedTable } from '../../panels/table/PagedTable';
import { TableState } from '../../panels/table/TableState';
import { taskColumns } from './columns';
import { isTaskSortColumn, matchesText, sortTasks, taskRows, type TaskRow, type TaskSortColumn } from './taskRows';
import { useKnowledgeBases } from './useKnowledgeBases';

interface TasksState extends SceneObjectState {
  /** What is typed; the page has it in the URL. */
  text: string;
  table: TableState<TaskSortColumn>;
}

export const PAGE_SIZE = 20;
const keyOf = ({ key }: TaskRow) => key;

/** Every task that the knowledge base knows: two queries. */
export class TasksScene extends SceneObjectBase<TasksState> {
  constructor() {
    super({
      text: '',
      table: new TableState(isTaskSortColumn),
      $data: createInstantVectorRunner({ tasks: knowledgeBaseTasks(), evaluations: taskEvaluations() }),
    });
  }

  find = (text: string) => {
    this.setState({ text });
    this.state.table.turnTo(1);
  };

  static Component = Tasks;
}

function Tasks({ model }: SceneComponentProps<TasksScene>) {
  const { text, table } = model.useState();
  const { from, to } = useLinkRange(model);
  const { data } = sceneGraph.getData(model).useState();
  const bases = useKnowledgeBases(model);
  const answer = useMemo(() => allowPartialData(data, 'tasks'), [data]);
  const shown = useLastGoodData(answer);
  const all = useMemo(() => taskRows(shown, bases), [shown, bases]);
  // Typing comes first: the rows follow when there is time.
  const calmText = useDeferredValue(text);
  const rows = useMemo(() => all.filter((row) => matchesText(row, calmText)), [all, calmText]);
  const columns = useMemo(() => taskColumns(bases, { from, to }), [bases, from, to]);
  const failure = shown?.optionalErrors.evaluations;
  return (
    <div data-testid="task-table">
      <QueryState
        data={answer}
        shown={shown}
        source={getDataSourceName('prometheus')}
        isEmpty={rows.length === 0}
        empty={
          all.length === 0 ? <NoTask isRead={bases.some(({ readable }) => readable)} /> : <NoMatch total={all.length} />
        }
      >
        {failure && (
          <Alert
            severity="warning"
            title={t('knowledge-base.tasks.partial', 'How the tasks were evaluated could not be read')}
          >
            {describeQueryError(failure, getDataSourceName('prometheus')).title}
          </Alert>
        )}
        <Text variant="bodySmall" color="secondary">
          <span role="status">
            {t('knowledge-base.tasks.count', '{{found}} of {{total}} tasks.', {
              found: rows.length,
              total: all.length,
            })}
          </span>{' '}
          <Trans i18nKey="knowledge-base.tasks.about">
            All are seen tasks; samples that fit none are counted by job, see History. The knowledge base does not
            record jobs: those whose tasks have the same name share them.
          </Trans>
        </Text>
        <PagedTable
          table={table}
          columns={columns}
          rows={rows}
          sortRows={sortTasks}
          rowId={keyOf}
          pageSize={PAGE_SIZE}
        />
      </QueryState>
    </div>
  );
}

function NoMatch({ total }: { total: number }) {
  return (
    <EmptyState title={t('knowledge-base.tasks.no-match.title', 'No task matches')}>
      {t('knowledge-base.tasks.no-match.text', 'There are {{total}} here: shorten what you typed.', { total })}
    </EmptyState>
  );
}

function NoTask({ isRead }: { isRead: boolean }) {
  return isRead ? (
    <EmptyState title={t('knowledge-base.tasks.none.title', 'It knows no task yet')}>
      {t('knowledge-base.tasks.none.text', 'The first training of a lifelong learning job writes its tasks.')}
    </EmptyState>
  ) : (
    <EmptyState title={t('knowledge-base.tasks.unknown.title', 'Its tasks are not known')}>
      {t('knowledge-base.tasks.unknown.text', 'Nothing has read its database of late; see above.')}
    </EmptyState>
  );
}
