import React from 'react';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type VizPanel,
} from '@grafana/scenes';
import type { ObjectRef } from '../../../sedna/objectRef';
import { parseString, formatString } from '../../../platform/links/urlParams';
import { findKind } from '../../../sedna/kinds';
import { buildHistory } from './history';
import { StatusHistory } from './StatusHistory';

interface StatusHistoryState extends SceneObjectState {
  ref: ObjectRef;
  /** Start of the selected round (Unix time in seconds); empty for the newest round. */
  round: string;
  /** Start of the round to compare with (Unix time in seconds); empty for the one before. */
  against: string;
  panel: VizPanel;
}

/** Returns whether Prometheus records anything of the object over time. */
export const hasHistory = ({ kind }: ObjectRef) =>
  kind === 'Dataset' || (findKind(kind)?.conditionTypes.length ?? 0) > 0;

/** Shows the states of an object over the time range and compares rounds of a job with stages. */
export class StatusHistoryScene extends SceneObjectBase<StatusHistoryState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['round', 'against'] });

  constructor({ ref }: { ref: ObjectRef }) {
    super({ ref, round: '', against: '', ...buildHistory(ref) });
  }

  getUrlState() {
    return { round: formatString(this.state.round), against: formatString(this.state.against) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.setState({
      ...('round' in values && { round: parseString(values.round) }),
      ...('against' in values && { against: parseString(values.against) }),
    });
  }

  static Component = StatusHistoryRenderer;
}

function StatusHistoryRenderer({ model }: SceneComponentProps<StatusHistoryScene>) {
  const { ref, round, against, panel } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  return (
    <StatusHistory
      objectRef={ref}
      data={data}
      selection={{ round, against }}
      onSelectRounds={(change) => model.setState(change)}
      panel={<panel.Component model={panel} />}
    />
  );
}
