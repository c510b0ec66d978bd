/** Names of series for people: what tells them apart, not all of their labels. */
import { FieldType, type DataFrame, type Labels } from '@grafana/data';

/**
 * How a series was scraped says nothing about what it is about, so these name series only where nothing else tells them
 * apart, the first of them first.
 */
export const SCRAPE_LABELS = new Set(['__name__', 'container', 'instance', 'job', 'service', 'endpoint', 'prometheus']);
/** In the order in which people say them; any other label follows. */
const FIRST = ['namespace', 'name', 'pod'];

/** Labels of what a series is about: without the state that it tells, and without how it was scraped. */
export const getObjectLabels = (labels: Labels, state: string): Labels =>
  Object.fromEntries(
    Object.entries(labels).filter(([label]) => label !== state && label !== 'stage' && !SCRAPE_LABELS.has(label))
  );

/** Labels that name series: those of the subject, which are said as a path, and the others. */
interface Naming {
  subject: string[];
  rest: string[];
}

const nameBy = ({ subject, rest }: Naming, labels: Labels): string => {
  const path = subject.map((label) => labels[label]).filter(Boolean);
  return [path.join('/'), ...rest.map((label) => labels[label])].filter(Boolean).join(' · ') || labels.__name__ || '';
};

function namingLabels(all: readonly Labels[]): Naming {
  const own = [...new Set(all.flatMap((labels) => Object.keys(labels)))].filter((label) => !SCRAPE_LABELS.has(label));
  const differing = own.filter((label) => new Set(all.map((labels) => labels[label])).size > 1);
  const identity = own.filter((label) => FIRST.includes(label));
  const shown = new Set([...identity, ...(all.length === 1 ? own.filter((label) => label !== 'kind') : differing)]);
  let naming: Naming = {
    subject: FIRST.filter((label) => shown.has(label)),
    rest: [...shown].filter((label) => !FIRST.includes(label)),
  };
  const namesOf = (by: Naming) => new Set(all.map((labels) => nameBy(by, labels)).filter(Boolean)).size;
  for (const label of SCRAPE_LABELS) {
    const more = { ...naming, rest: [...naming.rest, label] };
    if (label !== '__name__' && namesOf(more) > namesOf(naming)) {
      naming = more;
    }
  }
  return naming;
}

/**
 * Values of the labels that differ between the series, `namespace/name` first; of one series all that are its own. One
 * without any label among others is `{}`, as PromQL writes it.
 */
export function getSeriesNames(all: readonly Labels[]): string[] {
  const naming = namingLabels(all);
  return all.map((labels) => nameBy(naming, labels) || (all.length > 1 ? '{}' : ''));
}

/** The same as a format for the legend of a query, which gives such names wherever it is asked. */
export function buildLegendFormat(all: readonly Labels[]): string {
  const { subject, rest } = namingLabels(all);
  const value = (label: string) => `{{${label}}}`;
  return [subject.map(value).join('/'), ...rest.map(value)].filter(Boolean).join(' · ') || '__auto';
}

/** Gives the number fields of frames those names, with a suffix where there is one. */
export function setSeriesNames(frames: DataFrame[], suffix = ''): DataFrame[] {
  const numbers = frames.map(({ fields }) => fields.find(({ type }) => type === FieldType.number));
  const names = getSeriesNames(numbers.map((field) => field?.labels ?? {}));
  return frames.map((frame, index) => ({
    ...frame,
    fields: frame.fields.map((field) =>
      field === numbers[index] && names[index] + suffix !== ''
        ? { ...field, config: { ...field.config, displayName: [names[index], suffix].filter(Boolean).join(' · ') } }
        : field
    ),
  }));
}
