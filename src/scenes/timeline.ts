/** From series of "this state is on" to one band of states over time. */
import { FieldType, type DataFrame, type Field } from '@grafana/data';
import { t } from '@grafana/i18n';

type Values = Map<number, string>;

/** At which times (ms) the series of a frame are on, with what a label says then. */
function readStates(frame: DataFrame, label: string, into: Values): void {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  for (const field of frame.fields) {
    const state = field.labels?.[label];
    if (!time || field.type !== FieldType.number || state === undefined) {
      continue;
    }
    for (let index = 0; index < frame.length; index++) {
      if (field.values[index] === 1) {
        into.set(time.values[index], state);
      }
    }
  }
}

function bandFrame(bands: ReadonlyArray<{ name: string; values: Values }>, refId?: string): DataFrame {
  const times = [...new Set(bands.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  const fields: Field[] = [
    { name: 'Time', type: FieldType.time, config: {}, values: times },
    ...bands.map(({ name, values }) => ({
      name,
      type: FieldType.string,
      config: {},
      values: times.map((time) => values.get(time) ?? null),
    })),
  ];
  return { refId, fields, length: times.length };
}

/** Two bands, stage and condition, from the series of one object's newest condition. */
export function toStageTimeline(frames: DataFrame[]): DataFrame[] {
  const stage: Values = new Map();
  const condition: Values = new Map();
  for (const frame of frames) {
    readStates(frame, 'stage', stage);
    readStates(frame, 'condition', condition);
  }
  if (condition.size === 0) {
    return [];
  }
  const bands = [
    { name: t('timeline.stage', 'Stage'), values: stage },
    { name: t('timeline.condition', 'Condition'), values: condition },
  ].filter(({ values }) => values.size > 0);
  return [bandFrame(bands, frames[0]?.refId)];
}

/** Which object a series is about: its labels without the state and what only repeats. */
function objectOf(field: Field, label: string): string {
  const { namespace, name, pod, node } = field.labels ?? {};
  const parts = [namespace, name ?? pod ?? node].filter(Boolean);
  return parts.length > 0 ? parts.join('/') : label;
}

/** One band an object, with the value of `label` of the series that is on. */
export function toStateTimeline(frames: DataFrame[], label: string): DataFrame[] {
  const objects = new Map<string, Values>();
  for (const frame of frames) {
    const field = frame.fields.find(({ type }) => type === FieldType.number);
    if (field) {
      const object = objectOf(field, label);
      const values: Values = objects.get(object) ?? new Map<number, string>();
      readStates(frame, label, values);
      objects.set(object, values);
    }
  }
  const bands = [...objects].map(([name, values]) => ({ name, values })).filter(({ values }) => values.size > 0);
  return bands.length === 0 ? [] : [bandFrame(bands, frames[0]?.refId)];
}
