/** From Grafana's frames to plain rows. Imports types only, so that it runs where no browser is. */
import type { DataFrame, Field, PanelData } from '@grafana/data';

export interface Row {
  labels: Record<string, string>;
  value: number;
}

const hasType = ({ type }: Field, wanted: `${Field['type']}`) => type === wanted;

function frameRows(frame: DataFrame): Row[] {
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

/** Rows of an instant query in table format; empty while there is no answer. */
export function toRows(data: PanelData | undefined, refId: string): Row[] {
  return (data?.series ?? []).filter((frame) => frame.refId === refId).flatMap(frameRows);
}

/** One row a key; a later row replaces an earlier one. */
export function indexRows(rows: readonly Row[], key: (labels: Row['labels']) => string): Map<string, Row> {
  return new Map(rows.map((row) => [key(row.labels), row]));
}

/** Key of a namespaced object; no Kubernetes name contains a slash. */
export const getNamespacedKey = ({ namespace, name }: Row['labels']) => `${namespace}/${name}`;

/** Key of an object among objects of several kinds. */
export const getKindKey = ({ kind, namespace, name }: Row['labels']) => `${kind}/${namespace}/${name}`;

/**
 * One row an object, also where kinds are mixed: two kube-state-metrics that run side by side give each object twice.
 */
export const deduplicateObjects = (rows: readonly Row[]): Row[] => [...indexRows(rows, getKindKey).values()];
