/** Turns the query results of the resource list into rows, and filters and sorts them. */
import type { PanelData } from '@grafana/data';
import { sortBy, type SortOrder } from '../../../ui/sorting';
import { deduplicateObjects, getKindKey, indexRows, toRows, type Row } from '../../../data/rows';
import { indexOfflineNodes } from '../../../data/offlineNodes';
import { getWorkerHealth } from '../../../data/workerHealth';
import { getAttention, type Attention, type AttentionLevel } from '../../../sedna/diagnosis/attention';
import { findKind, type KindName } from '../../../sedna/kinds';
import { createMatcher, getExactName, type Search } from '../../../sedna/search';
import { getStaleness, type Staleness } from '../../../sedna/staleness';

export interface ResourceRow {
  /** Kind, namespace and name. */
  key: string;
  kind: KindName;
  namespace: string;
  name: string;
  /** Labels of the info series: datasets, models, and other fields of the spec. */
  spec: Readonly<Record<string, string>>;
  /** Empty for kinds without stages. */
  stage: string;
  /** Empty before the first condition. */
  condition: string;
  phase: string;
  /** Unix time in seconds of the last transition, or of the last report of kinds without conditions. */
  since?: number;
  /** Numbers of the status by metric name without the prefix of the kind, such as `active_workers`. */
  numbers: Readonly<Record<string, number>>;
  attention: Attention;
  failedWorkers: number;
  waitingReason?: string;
  staleness: Staleness;
}

const NO_NUMBERS: ResourceRow['numbers'] = {};
const compareText = new Intl.Collator(undefined, { numeric: true }).compare;

/** Returns one row for each existing object, with or without a status, by namespace, name, and kind. */
export function resourceRows(data: PanelData | undefined): ResourceRow[] {
  const now = (data?.timeRange?.to.valueOf() ?? 0) / 1000;
  const states = indexRows(toRows(data, 'states'), getKindKey);
  const silent = indexOfflineNodes(toRows(data, 'silent'));
  const signsOf = getWorkerHealth(toRows(data, 'trouble'));
  const details = detailsByKey(toRows(data, 'details'));
  return deduplicateObjects(toRows(data, 'objects'))
    .flatMap(({ labels, value: sampledAt }): ResourceRow[] => {
      const kind = findKind(labels.kind);
      if (!kind) {
        return [];
      }
      const key = getKindKey(labels);
      const state = states.get(key);
      const { stage = '', condition = '' } = state?.labels ?? {};
      const { phase = '', numbers = NO_NUMBERS } = details.get(key) ?? {};
      const { isExporterStale, ...signs } = signsOf(labels);
      const staleness = getStaleness({ now, sampledAt, offlineNode: silent.forObject(labels) });
      return [
        {
          key,
          kind: kind.kind,
          namespace: labels.namespace,
          name: labels.name,
          spec: labels,
          stage,
          condition,
          phase,
          since: state?.value,
          numbers,
          attention: getAttention({
            kind: kind.kind,
            stage,
            condition,
            age: state && now - state.value,
            ...signs,
            silentNode: silent.forObjectOrDataset(labels),
            isStale: isExporterStale || staleness.state === 'stale',
          }),
          ...signs,
          staleness,
        },
      ];
    })
    .sort(
      (a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name) || compareText(a.kind, b.kind)
    );
}

function detailsByKey(rows: readonly Row[]) {
  const details = new Map<string, { phase: string; numbers: Record<string, number> }>();
  for (const { labels, value } of rows) {
    const key = getKindKey(labels);
    const entry = details.get(key) ?? { phase: '', numbers: {} };
    details.set(key, entry);
    if (labels.field === 'phase') {
      entry.phase = labels.phase;
    } else {
      entry.numbers[labels.field] = value;
    }
  }
  return details;
}

/** Returns the Unix time in seconds of the newest sample, or undefined if any row is fresh or there are no rows. */
export function allStaleSince(rows: readonly ResourceRow[]): number | undefined {
  const stale = rows.map(({ staleness }) => (staleness.state === 'stale' ? staleness.since : undefined));
  return stale.length > 0 && stale.every((since) => since !== undefined) ? Math.max(...stale) : undefined;
}

export interface RowFilter {
  /** Empty for all namespaces. */
  namespace: string;
  search: Search;
  /** Keys of starred objects. */
  starred: ReadonlySet<string>;
}

/** Returns matching rows in their order, but rows whose name is exactly the search text come first. */
export function filterRows(rows: readonly ResourceRow[], { namespace, search, starred }: RowFilter): ResourceRow[] {
  const matches = createMatcher(search);
  const found = rows.filter(
    (row) =>
      (namespace === '' || row.namespace === namespace) &&
      matches({
        kind: row.kind,
        namespace: row.namespace,
        name: row.name,
        stage: row.stage,
        level: row.attention.level,
        starred: starred.has(row.key),
      })
  );
  const name = getExactName(search);
  const exact = name === undefined ? [] : found.filter((row) => row.name === name);
  return exact.length === 0 ? found : [...exact, ...found.filter((row) => row.name !== name)];
}

const LEVEL_ORDER: Record<AttentionLevel, string> = { failing: '0', stuck: '1', none: '2' };

/** Sort value of each column. */
const SORT_VALUES = {
  name: (row) => row.name,
  kind: (row) => row.kind,
  namespace: (row) => row.namespace,
  status: (row) => `${LEVEL_ORDER[row.attention.level]} ${row.stage} ${row.condition}`,
  phase: (row) => row.phase,
  since: (row) => row.since,
  dataset: (row) => row.spec.dataset,
  workers: (row) => row.numbers.active_workers,
  started: (row) => row.numbers.start_timestamp_seconds,
  completed: (row) => row.numbers.completion_timestamp_seconds,
  samples: (row) => row.numbers.samples,
  format: (row) => row.spec.format,
  url: (row) => row.spec.url,
  node: (row) => row.spec.node,
} satisfies Record<string, (row: ResourceRow) => string | number | undefined>;

export type SortColumn = keyof typeof SORT_VALUES;

/** Checks a column name from the URL. */
export const isSortColumn = (name: string): name is SortColumn => Object.hasOwn(SORT_VALUES, name);

/** Returns the rows as they are if no sort is given. */
export const sortRows = (
  rows: readonly ResourceRow[],
  sort: SortOrder<SortColumn> | undefined
): readonly ResourceRow[] => (sort ? sortBy<ResourceRow>(rows, SORT_VALUES[sort.by], sort.descending) : rows);
