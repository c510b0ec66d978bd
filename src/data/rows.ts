/** Converts Grafana's frames to plain rows. Imports types only, so that it runs without a browser. */
import type { DataFrame, Field, PanelData } from '@grafana/data';

export interface Row {
  labels: Record<string, string>;
  value: number;
}

const hasType = ({ type }: Field, wanted: `${Field['type']}`) => type === wanted;

function toFrameRows(frame: DataFrame): Row[] {
  const value = frame.fields.find((field) => hasType(field, 'number') && field.name.startsWith('Value'));
  if (!value) {
    return [];
  }
  const labelFields = frame.fields.filter((field) => hasType(field, 'string'));
  return Array.from({ length: frame.length }, (_, index) => {
    const labels: Row['labels'] = {};
    for (const { name, values } of labelFields) {
      labels[name] = String(values[index] ?? '');
    }
    return { labels, value: Number(value.values[index]) };
  });
}

/** Returns the rows of an instant query in table format; none before its response. */
export function toRows(data: PanelData | undefined, refId: string): Row[] {
  return (data?.series ?? []).filter((frame) => frame.refId === refId).flatMap(toFrameRows);
}

/** Maps each key to its row; the last one wins. */
export function indexRows(rows: readonly Row[], key: (labels: Row['labels']) => string): Map<string, Row> {
  return new Map(rows.map((row) => [key(row.labels), row]));
}

/** Returns the key of an object among objects of one kind. A Kubernetes name has no slash. */
export const getNamespacedKey = ({ namespace, name }: Row['labels']) => `${namespace}/${name}`;

/** Returns the key of an object among objects of several kinds. */
export const getKindKey = ({ kind, namespace, name }: Row['labels']) => `${kind}/${namespace}/${name}`;

/** Returns one row per object. Two kube-state-metrics that run side by side export each object twice. */
export const deduplicateObjects = (rows: readonly Row[]): Row[] => [...indexRows(rows, getKindKey).values()];
