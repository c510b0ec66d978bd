import type { VizPanel } from '@grafana/scenes';
import { objectCondition } from '../../../query/resources';
import { getDataSourceRef } from '../../../platform/dataSources';
import { createRangeRunner } from '../../../data/requests/queryRunners';
import { findKind } from '../../../sedna/kinds';
import type { ObjectRef } from '../../../sedna/objectRef';
import { buildStageTimelinePanel, buildStateTimelinePanel } from '../../../panels/builders';
import { t } from '../../../platform/i18n';

/** Label whose value is the state of an object. */
const STATE_LABEL = 'condition';

/** Builds the panel of an object's states; undefined for kinds without conditions, or without Prometheus. */
export function buildTimelinePanel(ref: ObjectRef): VizPanel | undefined {
  const kind = findKind(ref.kind);
  if (!kind || kind.conditionTypes.length === 0 || getDataSourceRef('prometheus').uid === '') {
    return undefined;
  }
  const title = t('resource.timeline.title', 'State over time');
  const $data = createRangeRunner({ condition: objectCondition(ref) });
  return kind.staged
    ? buildStageTimelinePanel({ title, refId: 'condition', $data })
    : buildStateTimelinePanel({ title, label: STATE_LABEL, $data });
}
