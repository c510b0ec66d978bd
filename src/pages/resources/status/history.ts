import type { SceneQueryRunner, VizPanel } from '@grafana/scenes';
import { objectNumbers, roundSeries } from '../../../query/resourceDetail';
import { objectCondition } from '../../../query/resources';
import { createRangeRunner, type Expressions } from '../../../data/requests/queryRunners';
import { findKind } from '../../../sedna/kinds';
import { getTimelineLinkTitle, logsUrlAt } from './logLinks';
import type { ObjectRef } from '../../../sedna/objectRef';
import { buildTimeSeriesPanel, buildStageTimelinePanel, buildStateTimelinePanel } from '../../../panels/builders';
import { t } from '../../../platform/i18n';

/** Label whose value is the state of an object. */
const STATE_LABEL = 'condition';

export interface HistoryState {
  $data: SceneQueryRunner;
  panel: VizPanel;
}

/** Returns the queries for scraped metrics. @param withConditions - whether no exact conditions are known */
export function buildHistoryQueries(ref: ObjectRef, withConditions: boolean): Expressions {
  if (ref.kind === 'Dataset') {
    return { samples: objectNumbers(ref)! };
  }
  return {
    ...(withConditions && { condition: objectCondition(ref) }),
    ...(findKind(ref.kind)?.staged && { rounds: roundSeries(ref) }),
  };
}

/**
 * Builds the panel of an object's history from scraped metrics, and the query runner that the panel shares with the table of
 * rounds. It sends no query until it is known which metrics are needed.
 */
export function buildHistory(ref: ObjectRef): HistoryState {
  const $data = createRangeRunner({});
  if (ref.kind === 'Dataset') {
    const title = t('resource.samples.title', 'Samples over time');
    return { $data, panel: buildTimeSeriesPanel({ title, unit: 'locale' }) };
  }
  const title = t('resource.timeline.title', 'State over time');
  const kind = findKind(ref.kind);
  // Grafana shows the title of the link after "Click to open".
  const link = {
    title: getTimelineLinkTitle(ref.kind),
    urlAt: (time: number) => logsUrlAt(ref, $data.state.data, time),
  };
  if (kind?.staged) {
    return { $data, panel: buildStageTimelinePanel({ title, refId: 'condition', link }) };
  }
  return {
    $data,
    panel: buildStateTimelinePanel({ title, label: STATE_LABEL, link: kind?.hasWorkers ? link : undefined }),
  };
}
