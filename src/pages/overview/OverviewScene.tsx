import React from 'react';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { listedObjects, offlineReportingNodes } from '../../query/resourceList';
import { componentPhase, newestCondition, nodes, lastTransition, unhealthyWorkers } from '../../query/resources';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { Overview } from './Overview';

/** Sends seven queries, so that the search field may send one: a page may send eight. */
export class OverviewScene extends SceneObjectBase<SceneObjectState> {
  constructor(state: SceneObjectState) {
    super({
      ...state,
      $data: createInstantRunner({
        jobs: listedObjects('LifelongLearningJob'),
        condition: newestCondition('LifelongLearningJob'),
        since: lastTransition('LifelongLearningJob'),
        trouble: unhealthyWorkers(),
        silent: offlineReportingNodes(),
        nodes: nodes(),
        components: componentPhase(),
      }),
    });
  }

  static Component = OverviewRenderer;
}

function OverviewRenderer({ model }: SceneComponentProps<OverviewScene>) {
  return <Overview data={sceneGraph.getData(model).useState().data} />;
}
