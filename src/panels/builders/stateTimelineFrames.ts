import { FieldType, type DataFrame, type Field, type Labels } from '@grafana/data';
import { getObjectLabels, getSeriesNames } from '../seriesNames';
import { t } from '../../platform/i18n';

/** State by time in ms. */
type States = Map<number, string>;

/** Adds the values of `labels` at each time that a series of the frame is 1. */
function addStates(frame: DataFrame, labels: readonly string[], states: States): void {
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
        states.set(time.values[index], state);
      }
    }
  }
}

function toFrame(bands: ReadonlyArray<{ name: string; values: States }>, refId?: string): DataFrame {
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

/** Converts the series of one object's current condition to two rows, stage and condition. */
export function toStageTimeline(frames: DataFrame[]): DataFrame[] {
  const stage: States = new Map();
  const condition: States = new Map();
  for (const frame of frames) {
    addStates(frame, ['stage'], stage);
    addStates(frame, ['condition'], condition);
  }
  if (condition.size === 0) {
    return [];
  }
  const bands = [
    { name: t('timeline.stage', 'Stage'), values: stage },
    { name: t('timeline.condition', 'Condition'), values: condition },
  ].filter(({ values }) => values.size > 0);
  return [toFrame(bands, frames[0]?.refId)];
}

/** Converts state series to one row per object: the stage and the value of `label` of the series that is 1. */
export function toStateTimeline(frames: DataFrame[], label: string): DataFrame[] {
  const objects = new Map<string, { labels: Labels; values: States }>();
  for (const frame of frames) {
    const field = frame.fields.find(({ type }) => type === FieldType.number);
    if (field) {
      const labels = getObjectLabels(field.labels ?? {}, label);
      const key = JSON.stringify(Object.entries(labels).sort());
      const object = objects.get(key) ?? { labels, values: new Map<number, string>() };
      addStates(frame, ['stage', label], object.values);
      objects.set(key, object);
    }
  }
  const found = [...objects.values()].filter(({ values }) => values.size > 0);
  const names = getSeriesNames(found.map(({ labels }) => labels));
  const bands = found.map(({ values }, index) => ({ name: names[index] || label, values }));
  return bands.length === 0 ? [] : [toFrame(bands, frames[0]?.refId)];
}
