import { objectNumbers, roundSeries } from '../../../query/resourceDetail';
import { objectCondition } from '../../../query/resources';
import { createRangeRunner } from '../../../data/requests/queryRunners';
import { findKind } from '../../../sedna/kinds';
import { logsUrlAt } from './logLinks';
import type { ObjectRef } from '../../../sedna/objectRef';
import { buildTimeSeriesPanel, buildStageTimelinePanel, buildStateTimelinePanel } from '../../../panels/builders';
import { t } from '../../../platform/i18n';

/** Label whose value is the state of an object. */
const STATE_LABEL = 'condition';

/** Builds the panel of an object's history and the query runner that the panel shares with the table of rounds. */
export function buildHistory(ref: ObjectRef) {
  if (ref.kind === 'Dataset') {
    return {
      $data: createRangeRunner({ samples: objectNumbers(ref)! }),
      panel: buildTimeSeriesPanel({ title: t('resource.samples.title', 'Samples over time'), unit: 'locale' }),
    };
  }
  const title = t('resource.timeline.title', 'State over time');
  const condition = objectCondition(ref);
  const kind = findKind(ref.kind);
  const $data = createRangeRunner({ condition, ...(kind?.staged && { rounds: roundSeries(ref) }) });
  const urlAt = (time: number) => logsUrlAt(ref, $data.state.data, time);
  if (kind?.staged) {
    // Grafana shows these titles after "Click to open".
    const link = { title: t('resource.timeline.stage-logs', 'the logs of this stage'), urlAt };
    return { $data, panel: buildStageTimelinePanel({ title, refId: 'condition', link }) };
  }
  const link = kind?.hasWorkers
    ? { title: t('resource.timeline.state-logs', 'the logs of this state'), urlAt }
    : undefined;
  return { $data, panel: buildStateTimelinePanel({ title, label: STATE_LABEL, link }) };
}
