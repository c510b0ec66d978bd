/** Names of series for people: what tells them apart, not all of their labels. */
import { FieldType, type DataFrame, type Labels } from '@grafana/data';

/** Which process a series was scraped from says nothing about what it is about. */
export const SCRAPE_LABELS = new Set(['__name__', 'instance', 'job', 'endpoint', 'service', 'container', 'prometheus']);
/** In the order in which people say them; any other label follows. */
const FIRST = ['namespace', 'name', 'pod'];

/** Values of the labels that differ between the series, `namespace/name` first; of one series all that are its own. */
export function seriesNames(all: readonly Labels[]): string[] {
  const own = [...new Set(all.flatMap((labels) => Object.keys(labels)))].filter((label) => !SCRAPE_LABELS.has(label));
  const differing = own.filter((label) => new Set(all.map((labels) => labels[label])).size > 1);
  const identity = own.filter((label) => FIRST.includes(label));
  const shown = new Set([...identity, ...(all.length === 1 ? own.filter((label) => label !== 'kind') : differing)]);
  return all.map((labels) => {
    const subject = FIRST.filter((label) => shown.has(label) && labels[label]).map((label) => labels[label]);
    const rest = [...shown].filter((label) => !FIRST.includes(label) && labels[label]).map((label) => labels[label]);
    return [subject.join('/'), ...rest].filter(Boolean).join(' · ') || labels.__name__ || '';
  });
}

/** Gives the number fields of frames those names, with a suffix where there is one. */
export function nameSeries(frames: DataFrame[], suffix = ''): DataFrame[] {
  const numbers = frames.map(({ fields }) => fields.find(({ type }) => type === FieldType.number));
  const names = seriesNames(numbers.map((field) => field?.labels ?? {}));
  return frames.map((frame, index) => ({
    ...frame,
    fields: frame.fields.map((field) =>
      field === numbers[index] && names[index] + suffix !== ''
        ? { ...field, config: { ...field.config, displayName: [names[index], suffix].filter(Boolean).join(' · ') } }
        : field
    ),
  }));
}
