/** Rows of the catalog: every known metric, and the others that have data. */
import { sortBy, type SortOrder } from '../../../ui/sorting';
import { CUSTOM_METRIC_PREFIX, findMetric, METRICS, SYSTEM_METRICS, type Metric } from '../../../sedna/catalog';
import { getMissingDataReason, type MissingDataReason } from '../../../sedna/catalog/missingDataReason';
import { isMetricOfKind, isAnyMetricTarget, type MetricTarget } from '../../../sedna/catalog/metricTarget';
import type { MetricCategory } from './categories';
import type { CatalogFilter } from './filter';
import { splitWords } from '../../../sedna/search';

export interface CatalogRow {
  name: string;
  /** Undefined: not in the catalog. */
  metric?: Metric;
  category: MetricCategory;
  /** Within the time range, for the selected resource. */
  hasData: boolean;
  /** Undefined with data, and while a resource is selected. */
  missingReason?: MissingDataReason;
}

const getUnlistedCategory = (name: string): MetricCategory =>
  name.startsWith(CUSTOM_METRIC_PREFIX) ? 'custom' : 'other';

/**
 * Lists metrics with data first, each part in the order of the catalog, then of the names.
 * @param names metrics that have data for the target
 */
export function toCatalogRows(names: readonly string[], target: MetricTarget): CatalogRow[] {
  const withData = new Set(names);
  const listed = [...METRICS, ...SYSTEM_METRICS]
    .filter((metric) => isMetricOfKind(target.kind, metric))
    .map((metric): CatalogRow => {
      const hasData = withData.has(metric.name);
      return {
        name: metric.name,
        metric,
        category: metric.component,
        hasData,
        ...(!hasData && isAnyMetricTarget(target) && { missingReason: getMissingDataReason(metric, withData) }),
      };
    });
  const unlisted = names
    .filter((name) => findMetric(name) === undefined)
    .map((name): CatalogRow => ({ name, category: getUnlistedCategory(name), hasData: true }));
  return [...listed, ...unlisted].sort((a, b) => Number(b.hasData) - Number(a.hasData));
}

const getSearchText = ({ name, metric, category }: CatalogRow, help: string | undefined): string =>
  [
    name,
    category,
    help ?? metric?.help,
    metric?.unit,
    metric?.source,
    ...(metric?.labels ?? []),
    ...(metric?.proposal ?? []).map((row) => row.metric),
  ]
    .join(' ')
    .toLowerCase();

/**
 * Returns the rows that contain all words of the search, in any field and order.
 * @param helps descriptions from the data source, by name of metrics that are not in the catalog
 */
export function filterRows(
  rows: readonly CatalogRow[],
  { text, category, onlyWithData }: Omit<CatalogFilter, 'includeForeign'>,
  helps: ReadonlyMap<string, string>
): CatalogRow[] {
  const words = splitWords(text);
  return rows.filter((row) => {
    if ((onlyWithData && !row.hasData) || (category !== '' && row.category !== category)) {
      return false;
    }
    const searched = words.length === 0 ? '' : getSearchText(row, helps.get(row.name));
    return words.every((word) => searched.includes(word));
  });
}

/** Ids of the sortable columns, which the URL parameter `sort` has. */
const SORTABLE_COLUMNS = ['name', 'about', 'source', 'data'] as const;
export type CatalogColumn = (typeof SORTABLE_COLUMNS)[number];
export const isCatalogColumn = (name: string): name is CatalogColumn => SORTABLE_COLUMNS.some((each) => each === name);

const getSortValue = (
  { name, category, metric, hasData }: CatalogRow,
  column: CatalogColumn
): string | number | undefined => ({ name, about: category, source: metric?.source, data: Number(!hasData) })[column];

/** Keeps the order of `toCatalogRows` without a sort. */
export const sortRows = (
  rows: readonly CatalogRow[],
  sort: SortOrder<CatalogColumn> | undefined
): readonly CatalogRow[] => (sort ? sortBy(rows, (row) => getSortValue(row, sort.by), sort.descending) : rows);
