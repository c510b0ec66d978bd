import React from 'react';
import { getDefaultTimeRange, LoadingState } from '@grafana/data';
import {
  sceneGraph,
  SceneDataNode,
  SceneObjectBase,
  SceneQueryRunner,
  type SceneComponentProps,
  type SceneDataProvider,
  type SceneObjectState,
} from '@grafana/scenes';
import { chooseDataSource } from '../../../platform/dataSources';
import { getCurrentSettings } from '../../../platform/settings/currentSettings';
import { droppedLines, taskEvaluations } from '../../../query/knowledgeBase';
import { createInstantVectorRunner } from '../../../data/requests/instantVectorDataSource';
import { useLinkRange } from '../../../platform/links/linkRange';
import { activateWithLogLabels } from '../../../data/requests/activateWithLogLabels';
import { getCurrentLogLabels } from '../../../data/logs/detectLogLabels';
import { buildLokiQueries, createLokiRunner } from '../../../data/requests/queryRunners';
import { DroppedTasksView } from './DroppedTasksView';

interface DroppedTasksState extends SceneObjectState {
  /** Search, which the page keeps in the URL. */
  text: string;
  /** Log lines with the reasons; without Loki it never loads. */
  lines: SceneDataProvider;
}

/** Covers the newest evaluations: each one writes a line for each dropped task. */
const MAX_LINES = 1000;

const hasLoki = () => chooseDataSource('loki', getCurrentSettings()).state === 'chosen';

const buildLineQueries = () =>
  buildLokiQueries([{ refId: 'lines', expr: droppedLines(getCurrentLogLabels()), maxLines: MAX_LINES }]);

/** Queries the newest evaluations in Prometheus, and the reasons in Loki. */
export class DroppedTasksScene extends SceneObjectBase<DroppedTasksState> {
  constructor() {
    super({
      text: '',
      lines: hasLoki()
        ? createLokiRunner([])
        : new SceneDataNode({
            data: { state: LoadingState.NotStarted, series: [], timeRange: getDefaultTimeRange() },
          }),
      $data: createInstantVectorRunner({ evaluations: taskEvaluations() }),
    });
    this.addActivationHandler(() => {
      const { lines } = this.state;
      return lines instanceof SceneQueryRunner ? activateWithLogLabels(lines, buildLineQueries) : undefined;
    });
  }

  search = (text: string) => this.setState({ text });

  static Component = DroppedTasksRenderer;
}

function DroppedTasksRenderer({ model }: SceneComponentProps<DroppedTasksScene>) {
  const { text, lines } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { data: linesData } = lines.useState();
  const { from, to } = useLinkRange(model);
  return <DroppedTasksView data={data} linesData={linesData} text={text} hasLoki={hasLoki()} from={from} to={to} />;
}
