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

const hasConditions = ({ kind }: ObjectRef) => (findKind(kind)?.conditionTypes.length ?? 0) > 0;

/** Returns whether Prometheus records anything of the object over time. */
export const hasSamples = (ref: ObjectRef) => ref.kind === 'Dataset' || hasConditions(ref);

/** Returns the queries for scraped metrics. @param withStates - whether no exact conditions or samples are known */
export function buildHistoryQueries(ref: ObjectRef, withStates: boolean): Expressions {
  if (ref.kind === 'Dataset') {
    return withStates ? { samples: objectNumbers(ref)! } : {};
  }
  return {
    ...(withStates && hasConditions(ref) && { condition: objectCondition(ref) }),
    ...(findKind(ref.kind)?.staged && { rounds: roundSeries(ref) }),
  };
}

export const formatSamplesTitle = (): string => t('resource.samples.title', 'Samples over time');

/**
 * Builds the panel of an object's history from scraped metrics, and the query runner that the panel shares with the table of
 * rounds. It sends no query until it is known which metrics are needed.
 */
export function buildHistory(ref: ObjectRef): HistoryState {
  const $data = createRangeRunner({});
  if (ref.kind === 'Dataset') {
    return { $data, panel: buildTimeSeriesPanel({ title: formatSamplesTitle(), unit: 'locale' }) };
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
