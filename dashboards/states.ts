/** Texts and colors of the states of jobs, workers, and nodes. */
import { MappingType, type ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { CONDITION_COLORS, STAGE_COLORS } from '../src/sedna/stateColors';

/** Colors by state name. */
export const STATE_COLORS: Readonly<Record<string, string>> = {
  ...CONDITION_COLORS,
  ...STAGE_COLORS,
  Training: CONDITION_COLORS.Running,
  Complete: CONDITION_COLORS.Completed,
  Pending: CONDITION_COLORS.Waiting,
  Succeeded: CONDITION_COLORS.Completed,
  Ok: CONDITION_COLORS.Completed,
  NotOk: CONDITION_COLORS.Failed,
  waiting: CONDITION_COLORS.Waiting,
  active: CONDITION_COLORS.Running,
  dead: 'text',
  Unknown: 'orange',
};

/** Maps numbers to states. @param after offset of the numbers; the first state is `after + 1` */
export const indexedMappings = (states: readonly string[], offset = 0): ValueMap => ({
  type: MappingType.ValueToText,
  options: Object.fromEntries(
    states.map((state, index) => [
      String(offset + index + 1),
      { text: state, color: STATE_COLORS[state], index: offset + index },
    ])
  ),
});

/** Merges two mappings into one. */
export const mergeMappings = (first: ValueMap, second: ValueMap): ValueMap => ({
  ...first,
  options: { ...first.options, ...second.options },
});

/** Maps 1 and 0 to texts. */
export const booleanMappings = (trueText: string, falseText: string, colors = ['green', 'red']): ValueMap => ({
  type: MappingType.ValueToText,
  options: {
    '1': { text: trueText, color: colors[0], index: 0 },
    '0': { text: falseText, color: colors[1], index: 1 },
  },
});

/** Maps state names to colors. */
export const namedStates = (): ValueMap => ({
  type: MappingType.ValueToText,
  options: Object.fromEntries(Object.entries(STATE_COLORS).map(([state, color], index) => [state, { color, index }])),
});
