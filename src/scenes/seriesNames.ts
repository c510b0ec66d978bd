/** Names of series for people: what tells them apart, not all of their labels. */
import { FieldType, type DataFrame, type Labels } from '@grafana/data';

/** Which process a series was scraped from says nothing about what it is about. */
export const SCRAPE_LABELS = new Set(['__name__', 'instance', 'job', 'endpoint', 'service', 'container', 'prometheus']);
/** In the order in which people say them; any other label follows. */
const FIRST = ['namespace', 'name', 'pod'];

/** Labels of what a series is about: without the state that it tells, and without how it was scraped. */
export const objectLabels = (labels: Labels, state: string): Labels =>
  Object.fromEntries(
    Object.entries(labels).filter(([label]) => label !== state && label !== 'stage' && !SCRAPE_LABELS.has(label))
  );

/** Labels that name series: those of the subject, which are said as a path, and the others. */
function namingLabels(all: readonly Labels[]): { subject: string[]; rest: string[] } {
  const own = [...new Set(all.flatMap((labels) => Object.keys(labels)))].filter((label) => !SCRAPE_LABELS.has(label));
  const differing = own.filter((label) => new Set(all.map((labels) => labels[label])).size > 1);
  const identity = own.filter((label) => FIRST.includes(label));
  const shown = new Set([...identity, ...(all.length === 1 ? own.filter((label) => label !== 'kind') : differing)]);
  return {
    subject: FIRST.filter((label) => shown.has(label)),
    rest: [...shown].filter((label) => !FIRST.includes(label)),
  };
}

/** Values of the labels that differ between the series, `namespace/name` first; of one series all that are its own. */
export function seriesNames(all: readonly Labels[]): string[] {
  const { subject, rest } = namingLabels(all);
  return all.map((labels) => {
    const path = subject.map((label) => labels[label]).filter(Boolean);
    return [path.join('/'), ...rest.map((label) => labels[label])].filter(Boolean).join(' · ') || labels.__name__ || '';
  });
}

/** The same as a format for the legend of a query, which gives such names wherever it is asked. */
export function legendFormat(all: readonly Labels[]): string {
  const { subject, rest } = namingLabels(all);
  const value = (label: string) => `{{${label}}}`;
  return [subject.map(value).join('/'), ...rest.map(value)].filter(Boolean).join(' · ') || '__auto';
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
