import React, { lazy, Suspense } from 'react';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  SceneQueryRunner,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type VizPanel,
} from '@grafana/scenes';
import { LoadingPlaceholder } from '@grafana/ui';
import { buildRangeQueries } from '../../../data/requests/queryRunners';
import type { ObjectRef } from '../../../sedna/objectRef';
import { parseString, formatString } from '../../../platform/links/urlParams';
import { buildHistory, buildHistoryQueries } from './history';
import type { HistorySelection } from './StatusHistory';

// Loaded on demand: much code, and the status above is shown without it.
const StatusHistory = lazy(async () => ({ default: (await import('./StatusHistory')).StatusHistory }));

interface StatusHistoryState extends SceneObjectState, HistorySelection {
  ref: ObjectRef;
  panel: VizPanel;
  /** Shows exact states instead of `panel`. */
  exactPanel?: VizPanel;
}

/** Shows the states of an object over the time range and compares rounds of a job with stages. */
export class StatusHistoryScene extends SceneObjectBase<StatusHistoryState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['round', 'against', 'uid'] });

  constructor({ ref }: { ref: ObjectRef }) {
    super({ ref, round: '', against: '', uid: '', ...buildHistory(ref) });
  }

  getUrlState() {
    const { round, against, uid } = this.state;
    return { round: formatString(round), against: formatString(against), uid: formatString(uid) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.setState({
      ...('round' in values && { round: parseString(values.round) }),
      ...('against' in values && { against: parseString(values.against) }),
      ...('uid' in values && { uid: parseString(values.uid) }),
    });
  }

  /** Sends the queries for scraped metrics. @param withConditions - whether no exact conditions are known */
  loadSamples = (withConditions: boolean) => {
    const { ref, $data } = this.state;
    const queries = buildRangeQueries(buildHistoryQueries(ref, withConditions));
    if ($data instanceof SceneQueryRunner && queries.length !== $data.state.queries.length) {
      $data.setState({ queries });
      $data.runQueries();
    }
  };

  select = (change: Partial<HistorySelection>) => this.setState(change);

  changeExactPanel = (exactPanel: VizPanel | undefined) => this.setState({ exactPanel });

  static Component = StatusHistoryRenderer;
}

function StatusHistoryRenderer({ model }: SceneComponentProps<StatusHistoryScene>) {
  const { ref, round, against, uid, panel, exactPanel } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { value: timeRange } = sceneGraph.getTimeRange(model).useState();
  return (
    <Suspense fallback={<LoadingPlaceholder text="" />}>
      <StatusHistory
        objectRef={ref}
        selection={{ round, against, uid }}
        onSelect={model.select}
        data={data}
        onLoadSamples={model.loadSamples}
        timeRange={timeRange}
        panel={panel}
        exactPanel={exactPanel}
        onChangeExactPanel={model.changeExactPanel}
      />
    </Suspense>
  );
}
