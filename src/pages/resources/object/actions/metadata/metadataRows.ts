import { isLabelValue, isMetadataName, isReserved, type MetadataEdit } from '../../../../../kubernetes';
import { t } from '../../../../../platform/i18n';

export type MetadataField = keyof MetadataEdit;

export interface MetadataRow {
  name: string;
  value: string;
  /** Whether Sedna or Kubernetes owns the entry, or it is secret. */
  locked: boolean;
}

export type MetadataRows = Readonly<Record<MetadataField, readonly MetadataRow[]>>;

export const toRows = (values: Readonly<Record<string, string>> = {}): MetadataRow[] =>
  Object.entries(values).map(([name, value]) => ({ name, value, locked: isReserved(name) }));

export const toValues = (rows: readonly MetadataRow[]) =>
  Object.fromEntries(rows.map(({ name, value }) => [name, value]));

/** Returns why Kubernetes or this app would refuse a row; undefined if neither would. */
export function getRowError(
  field: MetadataField,
  { name, value, locked }: MetadataRow,
  rows: readonly MetadataRow[]
): string | undefined {
  if (locked) {
    return undefined;
  }
  if (!isMetadataName(name)) {
    return t('object.metadata.bad-name', 'Not a valid name');
  }
  if (isReserved(name)) {
    return t('object.metadata.reserved', 'Reserved for Sedna, Kubernetes, or secrets');
  }
  if (rows.filter((other) => other.name === name).length > 1) {
    return t('object.metadata.twice', 'Duplicate name');
  }
  return field === 'labels' && !isLabelValue(value)
    ? t('object.metadata.bad-value', 'Not a valid label value')
    : undefined;
}
