/** How states of jobs, workers and nodes are drawn: their texts and colours. */
import { MappingType, type ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { CONDITION_COLORS, STAGE_COLORS } from '../src/sedna/stateColors';

/** Colours of states by their names. */
export const COLORS: Readonly<Record<string, string>> = {
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

/**
 * How states are drawn that a query gives as numbers.
 * @param after number of the state before the first one
 */
export const numbered = (states: readonly string[], after = 0): ValueMap => ({
  type: MappingType.ValueToText,
  options: Object.fromEntries(
    states.map((state, index) => [
      String(after + index + 1),
      { text: state, color: COLORS[state], index: after + index },
    ])
  ),
});

/** States of two kinds in one panel. */
export const joined = (one: ValueMap, other: ValueMap): ValueMap => ({
  ...one,
  options: { ...one.options, ...other.options },
});

/** How a yes or no is drawn. */
export const yesNo = (yes: string, no: string, colors = ['green', 'red']): ValueMap => ({
  type: MappingType.ValueToText,
  options: { '1': { text: yes, color: colors[0], index: 0 }, '0': { text: no, color: colors[1], index: 1 } },
});

/** How states are drawn that are given by their names. */
export const namedStates = (): ValueMap => ({
  type: MappingType.ValueToText,
  options: Object.fromEntries(Object.entries(COLORS).map(([state, color], index) => [state, { color, index }])),
});
