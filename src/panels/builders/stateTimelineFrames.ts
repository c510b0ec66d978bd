/** From series of "this state is on" to one band of states over time. */
import { FieldType, type DataFrame, type Field, type Labels } from '@grafana/data';
import { getObjectLabels, getSeriesNames } from '../seriesNames';
import { t } from '../../platform/i18n';

type Values = Map<number, string>;

/** At which times (ms) the series of a frame are on, with what some labels say then. */
function readStates(frame: DataFrame, labels: readonly string[], into: Values): void {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  for (const field of frame.fields) {
    const state = labels
      .map((label) => field.labels?.[label] ?? '')
      .filter(Boolean)
      .join(' ');
    if (!time || field.type !== FieldType.number || state === '') {
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
    readStates(frame, ['stage'], stage);
    readStates(frame, ['condition'], condition);
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

/** One band an object, with the stage and the value of `label` of the series that is on. */
export function toStateTimeline(frames: DataFrame[], label: string): DataFrame[] {
  const objects = new Map<string, { labels: Labels; values: Values }>();
  for (const frame of frames) {
    const field = frame.fields.find(({ type }) => type === FieldType.number);
    if (field) {
      const labels = getObjectLabels(field.labels ?? {}, label);
      const key = JSON.stringify(Object.entries(labels).sort());
      const object = objects.get(key) ?? { labels, values: new Map<number, string>() };
      readStates(frame, ['stage', label], object.values);
      objects.set(key, object);
    }
  }
  const found = [...objects.values()].filter(({ values }) => values.size > 0);
  const names = getSeriesNames(found.map(({ labels }) => labels));
  const bands = found.map(({ values }, index) => ({ name: names[index] || label, values }));
  return bands.length === 0 ? [] : [bandFrame(bands, frames[0]?.refId)];
}
