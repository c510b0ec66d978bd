import React from 'react';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { knowledgeBaseTasks, taskEvaluations } from '../../../query/knowledgeBase';
import { createInstantVectorRunner } from '../../../data/requests/instantVectorDataSource';
import { useLinkRange } from '../../../platform/links/linkRange';
import { TableState } from '../../../panels/table/TableState';
import { useKnowledgeBases } from '../useKnowledgeBases';
import { isTaskColumn, type TaskColumn } from './rows';
import { TasksView } from './TasksView';

interface TasksState extends SceneObjectState {
  /** Search, which the page keeps in the URL. */
  text: string;
  table: TableState<TaskColumn>;
}

/** Queries all tasks and their newest evaluations. */
export class TasksScene extends SceneObjectBase<TasksState> {
  constructor() {
    super({
      text: '',
      table: new TableState(isTaskColumn),
      $data: createInstantVectorRunner({ tasks: knowledgeBaseTasks(), evaluations: taskEvaluations() }),
    });
  }

  search = (text: string) => {
    this.setState({ text });
    this.state.table.turnTo(1);
  };

  static Component = TasksRenderer;
}

function TasksRenderer({ model }: SceneComponentProps<TasksScene>) {
  const { text, table } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { from, to } = useLinkRange(model);
  const knowledgeBases = useKnowledgeBases(model);
  return <TasksView data={data} knowledgeBases={knowledgeBases} text={text} table={table} from={from} to={to} />;
}
