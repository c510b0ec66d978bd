/** Rows of the resource list: from the answers of its queries to what one page of it shows. */
import type { PanelData } from '@grafana/data';
import { sortBy, type SortOrder } from '../../ui/sorting';
import { deduplicateObjects, getKindKey, indexRows, toRows, type Row } from '../../data/rows';
import { indexOfflineNodes } from '../../data/offlineNodes';
import { getWorkerHealth } from '../../data/workerHealth';
import { getAttention, type Attention, type AttentionLevel } from '../../sedna/diagnosis/attention';
import { findKind, type KindName } from '../../sedna/kinds';
import { createMatcher, getExactName, type Search } from '../../sedna/search';
import { getStaleness, type Staleness } from '../../sedna/staleness';

export interface ResourceRow {
  /** Kind, namespace and name. */
  key: string;
  kind: KindName;
  namespace: string;
  name: string;
  /** What the spec names: the labels of the info series that the list asks for. */
  spec: Readonly<Record<string, string>>;
  /** Empty for kinds that know no stage. */
  stage: string;
  /** Empty where there is none yet. */
  condition: string;
  phase: string;
  /** Unix time in seconds of the newest condition, or of the last report. */
  since?: number;
  /** Numbers of the status, named as their families without the prefix. */
  numbers: Readonly<Record<string, number>>;
  attention: Attention;
  failedWorkers: number;
  waitingReason?: string;
  staleness: Staleness;
}

const NO_NUMBERS: ResourceRow['numbers'] = {};
const text = new Intl.Collator(undefined, { numeric: true }).compare;

/** One row an object that exists, whether or not it has a status; by namespace, then name, then kind. */
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
      const signs = signsOf(labels);
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
            silentWorkerNode: silent.forObject(labels),
          }),
          ...signs,
          staleness: getStaleness({ now, sampledAt, offlineNode: silent.forObject(labels) }),
        },
      ];
    })
    .sort((a, b) => text(a.namespace, b.namespace) || text(a.name, b.name) || text(a.kind, b.kind));
}

function detailsByKey(rows: readonly Row[]) {
  const details = new Map<string, { phase: string; numbers: Record<string, number> }>();
  for (const { labels, value } of rows) {
    const key = getKindKey(labels);
    const known = details.get(key) ?? { phase: '', numbers: {} };
    details.set(key, known);
    if (labels.field === 'phase') {
      known.phase = labels.phase;
    } else {
      known.numbers[labels.field] = value;
    }
  }
  return details;
}

/** Unix time in seconds of the newest sample, where all of them are late; absent where any is fresh. */
export function allLateSince(rows: readonly ResourceRow[]): number | undefined {
  const late = rows.map(({ staleness }) => (staleness.state === 'late' ? staleness.since : undefined));
  return late.length > 0 && late.every((since) => since !== undefined) ? Math.max(...late) : undefined;
}

export interface Narrowing {
  /** Empty for all. */
  namespace: string;
  search: Search;
  /** Keys of objects. */
  starred: ReadonlySet<string>;
}

/** Narrows in the order of the rows; one whose name is exactly what was typed comes first. */
export function narrow(rows: readonly ResourceRow[], { namespace, search, starred }: Narrowing): ResourceRow[] {
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

const URGENCY: Record<AttentionLevel, string> = { failing: '0', stuck: '1', none: '2' };

/** What a column is sorted by. */
const SORT_VALUES = {
  name: (row) => row.name,
  kind: (row) => row.kind,
  namespace: (row) => row.namespace,
  status: (row) => `${URGENCY[row.attention.level]} ${row.stage} ${row.condition}`,
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

/** Whether a text, which may come from a URL, names a column that can be sorted by. */
export const isSortColumn = (name: string): name is SortColumn => Object.hasOwn(SORT_VALUES, name);

/** Sorts; without a sort the order stays. */
export const sortRows = (
  rows: readonly ResourceRow[],
  sort: SortOrder<SortColumn> | undefined
): readonly ResourceRow[] => (sort ? sortBy<ResourceRow>(rows, SORT_VALUES[sort.by], sort.descending) : rows);
