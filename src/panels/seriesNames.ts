/** Names series by the labels that differ, not by all labels. */
import { FieldType, type DataFrame, type Labels } from '@grafana/data';

/**
 * Labels of the scrape, not of the object. They name series only if no other label differs, in this order.
 */
export const SCRAPE_LABELS = new Set(['__name__', 'container', 'instance', 'job', 'service', 'endpoint', 'prometheus']);
/** Labels at the start of a name, joined by slashes; other labels follow. */
const SUBJECT_LABELS = ['namespace', 'name', 'pod'];

/** Returns the labels of the object: without those of the state, the stage, and the scrape. */
export const getObjectLabels = (labels: Labels, state: string): Labels =>
  Object.fromEntries(
    Object.entries(labels).filter(([label]) => label !== state && label !== 'stage' && !SCRAPE_LABELS.has(label))
  );

/** Labels that name series: those of the subject, joined by slashes, and the others. */
interface Naming {
  subject: string[];
  rest: string[];
}

const formatName = ({ subject, rest }: Naming, labels: Labels): string => {
  const path = subject.map((label) => labels[label]).filter(Boolean);
  return [path.join('/'), ...rest.map((label) => labels[label])].filter(Boolean).join(' · ') || labels.__name__ || '';
};

function getNaming(all: readonly Labels[]): Naming {
  const own = [...new Set(all.flatMap((labels) => Object.keys(labels)))].filter((label) => !SCRAPE_LABELS.has(label));
  const differing = own.filter((label) => new Set(all.map((labels) => labels[label])).size > 1);
  const identity = own.filter((label) => SUBJECT_LABELS.includes(label));
  const shown = new Set([...identity, ...(all.length === 1 ? own.filter((label) => label !== 'kind') : differing)]);
  let naming: Naming = {
    subject: SUBJECT_LABELS.filter((label) => shown.has(label)),
    rest: [...shown].filter((label) => !SUBJECT_LABELS.includes(label)),
  };
  const countNames = (by: Naming) => new Set(all.map((labels) => formatName(by, labels)).filter(Boolean)).size;
  for (const label of SCRAPE_LABELS) {
    const more = { ...naming, rest: [...naming.rest, label] };
    if (label !== '__name__' && countNames(more) > countNames(naming)) {
      naming = more;
    }
  }
  return naming;
}

/**
 * Returns the values of the labels that differ between the series, `namespace/name` first; for a single series, all its
 * labels except those of the scrape. A series without labels among others is `{}`, as in PromQL.
 */
export function getSeriesNames(all: readonly Labels[]): string[] {
  const naming = getNaming(all);
  return all.map((labels) => formatName(naming, labels) || (all.length > 1 ? '{}' : ''));
}

/** Returns the legend format of a query that results in these names, for Explore and dashboards. */
export function buildLegendFormat(all: readonly Labels[]): string {
  const { subject, rest } = getNaming(all);
  const value = (label: string) => `{{${label}}}`;
  return [subject.map(value).join('/'), ...rest.map(value)].filter(Boolean).join(' · ') || '__auto';
}

/** Sets these names, with a suffix, as the display names of the number fields. */
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
