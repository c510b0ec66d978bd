/** Rows of the catalogue: every metric that there can be, and those that there are. */
import { sortBy, type SortOrder } from '../../ui/sorting';
import { CUSTOM_METRIC_PREFIX, findMetric, METRICS, SYSTEM_METRICS, type Metric } from '../../sedna/catalog';
import { getMissingDataReason, type MissingDataReason } from '../../sedna/catalog/missingDataReason';
import { isMetricOfKind, isAnyMetricTarget, type MetricTarget } from '../../sedna/catalog/metricTarget';

/** What metrics are about, as a person chooses among them; `other` is what is none of ours. */
export const ABOUTS = [
  'job',
  'service',
  'dataset',
  'model',
  'worker',
  'knowledge-base',
  'node',
  'exporter',
  'custom',
  'other',
] as const;
export type About = (typeof ABOUTS)[number];

export interface CatalogueRow {
  name: string;
  /** Absent where the catalogue does not have it. */
  metric?: Metric;
  about: About;
  /** Within the time range. */
  hasData: boolean;
  /** Why not; absent too where what is looked at has none of it. */
  absence?: MissingDataReason;
}

const aboutUnknown = (name: string): About => (name.startsWith(CUSTOM_METRIC_PREFIX) ? 'custom' : 'other');

/**
 * @param found names of metrics that have data of what is looked at
 * @param target what is looked at
 */
export function catalogueRows(found: readonly string[], target: MetricTarget): CatalogueRow[] {
  const names = new Set(found);
  const known = [...METRICS, ...SYSTEM_METRICS]
    .filter((metric) => isMetricOfKind(target.kind, metric))
    .map((metric): CatalogueRow => {
      const hasData = names.has(metric.name);
      return {
        name: metric.name,
        metric,
        about: metric.component,
        hasData,
        ...(!hasData && isAnyMetricTarget(target) && { absence: getMissingDataReason(metric, names) }),
      };
    });
  const others = found
    .filter((name) => findMetric(name) === undefined)
    .map((name): CatalogueRow => ({ name, about: aboutUnknown(name), hasData: true }));
  return [...known, ...others].sort((a, b) => Number(b.hasData) - Number(a.hasData));
}

/** What a person may type to find a metric. */
const textOf = ({ name, metric, about }: CatalogueRow, help: string | undefined): string =>
  [
    name,
    about,
    help ?? metric?.help,
    metric?.unit,
    metric?.source,
    ...(metric?.labels ?? []),
    ...(metric?.proposal ?? []).map((row) => row.metric),
  ]
    .join(' ')
    .toLowerCase();

interface Filter {
  text: string;
  about: About | '';
  withData: boolean;
}

/**
 * Rows that have all the words that are typed, wherever they stand.
 * @param helps what the data source says of metrics that the catalogue does not have
 */
export function findRows(
  rows: readonly CatalogueRow[],
  { text, about, withData }: Filter,
  helps: ReadonlyMap<string, string>
): CatalogueRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if ((withData && !row.hasData) || (about !== '' && row.about !== about)) {
      return false;
    }
    const searched = words.length === 0 ? '' : textOf(row, helps.get(row.name));
    return words.every((word) => searched.includes(word));
  });
}

const SORTS = ['name', 'about', 'source', 'data'] as const;
export type CatalogueColumn = (typeof SORTS)[number];
export const isCatalogueColumn = (name: string): name is CatalogueColumn => SORTS.some((each) => each === name);

const sortValue = ({ name, about, metric, hasData }: CatalogueRow, by: CatalogueColumn): string | number | undefined =>
  ({ name, about, source: metric?.source, data: Number(!hasData) })[by];

/** What has data first, in the order of the catalogue, where nothing else is wanted. */
export const sortCatalogue = (
  rows: readonly CatalogueRow[],
  sort: SortOrder<CatalogueColumn> | undefined
): readonly CatalogueRow[] => (sort ? sortBy(rows, (row) => sortValue(row, sort.by), sort.descending) : rows);
