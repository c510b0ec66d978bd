/** Timeline of states whose times are exact, such as those of the journal. */
import { FieldType, LoadingState, type DataFrame, type TimeRange } from '@grafana/data';
import { SceneDataNode, type VizPanel } from '@grafana/scenes';
import { t } from '../../platform/i18n';
import { getConditionTime, type ObjectLife } from '../../sedna/journal';
import { buildExactTimelinePanel as buildPanel, type TimelineLink } from '../builders/stateTimeline';

interface State {
  /** Unix time in ms. */
  time: number;
  stage: string | null;
  condition: string | null;
}

/** Returns the states from the one at the start of the range on, each from when it began. */
function toStates({ conditions, deleted }: ObjectLife, from: number, to: number): State[] {
  const states = conditions.flatMap((each): State[] => {
    const time = getConditionTime(each);
    const { stage = null, type } = each.condition;
    return time === undefined || time * 1000 > to ? [] : [{ time: time * 1000, stage, condition: type }];
  });
  const [before, within] = [states.filter(({ time }) => time < from), states.filter(({ time }) => time >= from)];
  const atStart = before.slice(-1).map((state) => ({ ...state, time: from }));
  const end =
    deleted !== undefined && deleted * 1000 <= to ? [{ time: deleted * 1000, stage: null, condition: null }] : [];
  return [...atStart, ...within, ...end];
}

/** Returns one frame with a row for stages, if the kind has them, and one for conditions. */
function toExactTimeline(life: ObjectLife, from: number, to: number): DataFrame[] {
  // The list is in the order of events. Several may share a second, of which the last one lasts.
  const byTime = new Map(toStates(life, from, to).map((state) => [state.time, state]));
  const states = [...byTime.values()].sort((a, b) => a.time - b.time);
  if (states.length === 0) {
    return [];
  }
  const row = (name: string, value: (state: State) => string | null) => ({
    name,
    type: FieldType.string,
    config: {},
    values: states.map(value),
  });
  const hasStages = states.some(({ stage }) => stage !== null);
  return [
    {
      length: states.length,
      fields: [
        { name: 'Time', type: FieldType.time, config: {}, values: states.map(({ time }) => time) },
        ...(hasStages ? [row(t('timeline.stage', 'Stage'), ({ stage }) => stage)] : []),
        row(t('timeline.condition', 'Condition'), ({ condition }) => condition),
      ],
    },
  ];
}

export interface ExactStates {
  life: ObjectLife;
  timeRange: TimeRange;
  /** Returns the link of a state by its start, Unix time in ms. */
  urlAt: TimelineLink['urlAt'];
}

/** Data of a panel, with the link of its states, which changes with them. */
class ExactStatesNode extends SceneDataNode {
  urlAt: TimelineLink['urlAt'] = () => '';

  show({ life, timeRange, urlAt }: ExactStates) {
    this.urlAt = urlAt;
    const series = toExactTimeline(life, timeRange.from.valueOf(), timeRange.to.valueOf());
    this.setState({ data: { state: LoadingState.Done, series, timeRange } });
    return this;
  }
}

/** Builds the panel of the states of one object. */
export function buildExactTimeline(title: string, linkTitle: string, states: ExactStates): VizPanel {
  const $data = new ExactStatesNode().show(states);
  return buildPanel({ title, $data, link: { title: linkTitle, urlAt: (time) => $data.urlAt(time) } });
}

/** Changes what a panel of `buildExactTimeline` shows. */
export function updateExactTimeline({ state: { $data } }: VizPanel, states: ExactStates): void {
  if ($data instanceof ExactStatesNode) {
    $data.show(states);
  }
}
