/** Which metrics the catalog shows, and its URL parameters. */
import type { SceneObjectUrlValues } from '@grafana/scenes';
import { parseEnumList, parseString, formatString } from '../../../platform/links/urlParams';
import { METRIC_CATEGORIES, type MetricCategory } from './categories';

export interface CatalogFilter {
  /** Words to search for, in any order. */
  text: string;
  /** Empty: all categories. */
  category: MetricCategory | '';
  onlyWithData: boolean;
  /** Whether metrics of the data source that are neither in the catalog nor custom are listed too. */
  includeForeign: boolean;
}

export const DEFAULT_FILTER: CatalogFilter = { text: '', category: '', onlyWithData: false, includeForeign: false };

export const FILTER_KEYS = ['q', 'about', 'data', 'all'];

export const toFilterParams = ({ text, category, onlyWithData, includeForeign }: CatalogFilter) => ({
  q: formatString(text),
  about: formatString(category),
  data: onlyWithData ? '1' : null,
  all: includeForeign ? '1' : null,
});

/** Returns the filter with the fields that the URL has; an unknown value counts as the default. */
export const parseFilter = (filter: CatalogFilter, values: SceneObjectUrlValues): CatalogFilter => ({
  ...filter,
  ...('q' in values && { text: parseString(values.q) }),
  ...('about' in values && { category: parseEnumList(values.about, METRIC_CATEGORIES)[0] ?? '' }),
  ...('data' in values && { onlyWithData: parseString(values.data) === '1' }),
  ...('all' in values && { includeForeign: parseString(values.all) === '1' }),
});
