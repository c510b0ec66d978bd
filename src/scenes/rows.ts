/** From Grafana's frames to plain rows. */
import { FieldType, type DataFrame, type PanelData } from '@grafana/data';

export interface Row {
  labels: Record<string, string>;
  value: number;
}

function frameRows(frame: DataFrame): Row[] {
  const value = frame.fields.find(({ type, name }) => type === FieldType.number && name.startsWith('Value'));
  if (!value) {
    return [];
  }
  const labels = frame.fields.filter(({ type }) => type === FieldType.string);
  return Array.from({ length: frame.length }, (_, index) => ({
    labels: Object.fromEntries(labels.map(({ name, values }) => [name, String(values[index] ?? '')])),
    value: Number(value.values[index]),
  }));
}

/** Rows of an instant query in table format; empty while there is no answer. */
export function rowsOf(data: PanelData | undefined, refId: string): Row[] {
  return (data?.series ?? []).filter((frame) => frame.refId === refId).flatMap(frameRows);
}

/** One row a key; a later row replaces an earlier one. */
export function rowsByKey(rows: readonly Row[], key: (labels: Row['labels']) => string): Map<string, Row> {
  return new Map(rows.map((row) => [key(row.labels), row]));
}

/** Key of a namespaced object; no Kubernetes name contains a slash. */
export const objectKey = ({ namespace, name }: Row['labels']) => `${namespace}/${name}`;

/** One row an object, also where kinds are mixed: two kube-state-metrics that run side by side give each object twice. */
export const distinctObjects = (rows: readonly Row[]): Row[] => [
  ...rowsByKey(rows, (labels) => `${labels.kind}/${objectKey(labels)}`).values(),
];
