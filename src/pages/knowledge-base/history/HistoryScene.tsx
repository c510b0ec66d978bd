import React from 'react';
import {
  sceneGraph,
  SceneObjectBase,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneQueryRunner,
  type VizPanel,
} from '@grafana/scenes';
import { useLinkRange } from '../../../platform/links/linkRange';
import { createRangeRunner } from '../../../data/requests/queryRunners';
import { KnowledgeBaseChanges } from './KnowledgeBaseChanges';
import { HistoryView } from './HistoryView';
import { buildHistoryPanel, buildHistoryQueries, HISTORY_PANELS } from './panels';

interface HistoryState extends SceneObjectState {
  /** Search, which the page keeps in the URL. */
  text: string;
  /** In the order of `HISTORY_PANELS`. */
  panels: VizPanel[];
  $data: SceneQueryRunner;
}

const SEARCH_DELAY_MS = 500;

/** Sends the queries of all panels in one request. */
export class HistoryScene extends SceneObjectBase<HistoryState> {
  private searchTimer?: ReturnType<typeof setTimeout>;

  constructor() {
    super({
      text: '',
      $data: createRangeRunner(buildHistoryQueries('')),
      panels: HISTORY_PANELS.map(buildHistoryPanel),
    });
    this.addActivationHandler(() => () => clearTimeout(this.searchTimer));
  }

  search = (text: string) => {
    const { $data } = this.state;
    const expressions: Record<string, string> = buildHistoryQueries(text);
    this.setState({ text });
    $data.setState({ queries: $data.state.queries.map((query) => ({ ...query, expr: expressions[query.refId] })) });
    clearTimeout(this.searchTimer);
    if (this.isActive) {
      this.searchTimer = setTimeout(() => $data.runQueries(), SEARCH_DELAY_MS);
    }
  };

  static Component = HistoryRenderer;
}

function HistoryRenderer({ model }: SceneComponentProps<HistoryScene>) {
  const { panels, text } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { from, to } = sceneGraph.getTimeRange(model).useState().value;
  return (
    <>
      <HistoryView data={data} panels={panels} timeRange={useLinkRange(model)} />
      <KnowledgeBaseChanges from={from.valueOf()} to={to.valueOf()} text={text} />
    </>
  );
}
