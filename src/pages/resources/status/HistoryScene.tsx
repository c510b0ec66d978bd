import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type VizPanel,
} from '@grafana/scenes';
import { Stack, useStyles2 } from '@grafana/ui';
import { allowPartialData } from '../../../data/requests/allowPartialData';
import { useLastGoodData } from '../../../data/requests/useLastGoodData';
import { objectNumbers, roundSeries } from '../../../query/resourceDetail';
import { objectCondition, type ObjectRef } from '../../../query/resources';
import { buildTimeSeriesPanel, buildStageTimelinePanel, buildStateTimelinePanel } from '../../../panels/panels';
import { createRangeRunner } from '../../../data/requests/queryRunners';
import { parseString, formatString } from '../../../platform/links/urlParams';
import { findKind } from '../../../sedna/kinds';
import { Rounds } from './Rounds';
import { logsUrlAt } from './stageLogs';

interface HistoryState extends SceneObjectState {
  ref: ObjectRef;
  /** Start of the round that is looked at and of the one it is compared with (Unix time in seconds); empty: newest. */
  round: string;
  against: string;
  panel: VizPanel;
}

/** Whether anything of the object is known over time. */
export const hasHistory = ({ kind }: ObjectRef) =>
  kind === 'Dataset' || (findKind(kind)?.conditionTypes.length ?? 0) > 0;

/** Label of the series that are conditions. */
const STATE = 'condition';

/** The panel reads the same answers as the rounds do: nothing is asked twice. */
function parts(ref: ObjectRef) {
  const title = t('resource.timeline.title', 'State over time');
  if (ref.kind === 'Dataset') {
    return {
      $data: createRangeRunner({ samples: objectNumbers(ref)! }),
      panel: buildTimeSeriesPanel({ title: t('resource.samples.title', 'Samples over time'), unit: 'locale' }),
    };
  }
  const condition = objectCondition(ref);
  const kind = findKind(ref.kind);
  const $data = createRangeRunner({ condition, ...(kind?.staged && { rounds: roundSeries(ref) }) });
  const urlAt = (time: number) => logsUrlAt(ref, $data.state.data, time);
  if (kind?.staged) {
    const link = { title: t('resource.timeline.stage-logs', 'the logs of this stage'), urlAt };
    return { $data, panel: buildStageTimelinePanel({ title, refId: 'condition', link }) };
  }
  const link = kind?.hasWorkers
    ? { title: t('resource.timeline.state-logs', 'the logs of this state'), urlAt }
    : undefined;
  return { $data, panel: buildStateTimelinePanel({ title, label: STATE, link }) };
}

/** States of an object over the range and, of a staged job, its rounds side by side. */
export class HistoryScene extends SceneObjectBase<HistoryState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['round', 'against'] });

  constructor({ ref }: { ref: ObjectRef }) {
    super({ ref, round: '', against: '', ...parts(ref) });
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

  static Component = History;
}

function History({ model }: SceneComponentProps<HistoryScene>) {
  const { ref, round, against, panel } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const answer = useMemo(() => allowPartialData(data, 'condition'), [data]);
  const shown = useLastGoodData(answer);
  const styles = useStyles2(getStyles);
  return (
    <Stack direction="column" gap={2} width="100%">
      <div className={styles.panel}>
        <panel.Component model={panel} />
      </div>
      {findKind(ref.kind)?.staged && (
        <Rounds
          objectRef={ref}
          data={answer}
          shown={shown}
          chosen={{ round, against }}
          onChoose={(chosen) => model.setState(chosen)}
        />
      )}
    </Stack>
  );
}

const getStyles = () => ({ panel: css({ height: 190, display: 'flex', position: 'relative' }) });
