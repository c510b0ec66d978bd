import React, { useMemo, useState } from 'react';
import { t } from '@grafana/i18n';
import { Button, IconButton, Input, Modal, Stack, Text } from '@grafana/ui';
import { KubernetesErrorAlert } from '../../../ui/feedback/KubernetesErrorAlert';
import {
  isLabelValue,
  isMetadataName,
  isReserved,
  maskSecrets,
  buildMetadataPatch,
  type MetadataEdit,
  type SednaObject,
} from '../../../kubernetes';
import type { DeedProps } from './DeleteModal';
import { Difference } from './Difference';
import { noteDone } from './done';
import { useDeed } from './useDeed';

type Field = keyof MetadataEdit;
interface Row {
  name: string;
  value: string;
  locked: boolean;
}
type Rows = Readonly<Record<Field, readonly Row[]>>;

const rowsOf = (values: Readonly<Record<string, string>> = {}): Row[] =>
  Object.entries(values).map(([name, value]) => ({ name, value, locked: isReserved(name) }));

const valuesOf = (rows: readonly Row[]) => Object.fromEntries(rows.map(({ name, value }) => [name, value]));

/** What is wrong with a row; undefined where nothing is. */
function faultOf(field: Field, { name, value, locked }: Row, rows: readonly Row[]): string | undefined {
  if (locked) {
    return undefined;
  }
  if (!isMetadataName(name)) {
    return t('object.metadata.bad-name', 'Not a name that Kubernetes takes');
  }
  if (isReserved(name)) {
    return t('object.metadata.reserved', 'Reserved for Sedna, Kubernetes or secrets');
  }
  if (rows.filter((other) => other.name === name).length > 1) {
    return t('object.metadata.twice', 'Twice the same name');
  }
  return field === 'labels' && !isLabelValue(value)
    ? t('object.metadata.bad-value', 'Not a value that Kubernetes takes for a label')
    : undefined;
}

/** Changes labels and annotations; those that Sedna and Kubernetes own are locked. */
export function MetadataModal({ client, address, object, onClose, onDone }: DeedProps) {
  // What is secret stands masked in a locked row, and is never sent.
  const shown = useMemo(() => maskSecrets(object).object.metadata, [object]);
  const [rows, setRows] = useState<Rows>({ labels: rowsOf(shown.labels), annotations: rowsOf(shown.annotations) });
  const { running, problem, run } = useDeed();
  const before: MetadataEdit = { labels: shown.labels ?? {}, annotations: shown.annotations ?? {} };
  const after: MetadataEdit = { labels: valuesOf(rows.labels), annotations: valuesOf(rows.annotations) };
  const patch = buildMetadataPatch(before, after);
  const faulty = (['labels', 'annotations'] as const).some((field) =>
    rows[field].some((row) => faultOf(field, row, rows[field]) !== undefined)
  );
  const unchanged = Object.keys(patch).length === 0;
  const save = () =>
    run(async () => {
      await client.patchMetadata(address, object.metadata.uid ?? '', patch);
      onDone(await noteDone('edit', address));
    });
  return (
    <Modal
      isOpen
      title={t('object.metadata.title', 'Labels and annotations of {{name}}', { name: address.name })}
      onDismiss={onClose}
      closeOnBackdropClick={false}
    >
      <Stack direction="column" gap={2}>
        <RowEditor
          title={t('object.metadata.labels', 'Labels')}
          field="labels"
          rows={rows.labels}
          onChange={(labels) => setRows({ ...rows, labels })}
        />
        <RowEditor
          title={t('object.metadata.annotations', 'Annotations')}
          field="annotations"
          rows={rows.annotations}
          onChange={(annotations) => setRows({ ...rows, annotations })}
        />
        {!unchanged && !faulty && <Difference before={asObject(object, before)} after={asObject(object, after)} />}
        {problem && <KubernetesErrorAlert problem={problem} />}
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onClose}>
          {t('object.cancel', 'Cancel')}
        </Button>
        <Button disabled={unchanged || faulty || running} onClick={save}>
          {t('object.metadata.save', 'Save')}
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}

const asObject = (
  { apiVersion, kind, metadata: { name, namespace } }: SednaObject,
  edit: MetadataEdit
): SednaObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace, labels: { ...edit.labels }, annotations: { ...edit.annotations } },
});

interface EditorProps {
  title: string;
  field: Field;
  rows: readonly Row[];
  onChange: (rows: readonly Row[]) => void;
}

function RowEditor({ title, field, rows, onChange }: EditorProps) {
  const set = (at: number, change: Partial<Row>) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  return (
    <div data-testid={`object-${field}`}>
      <Text element="h3" variant="h6">
        {title}
      </Text>
      {rows.map((row, index) => {
        const fault = faultOf(field, row, rows);
        return (
          <div key={index}>
            <Stack direction="row" gap={1} alignItems="center">
              <Input
                value={row.name}
                disabled={row.locked}
                aria-label={t('object.metadata.name', 'Name')}
                onChange={({ currentTarget }) => set(index, { name: currentTarget.value })}
              />
              <Input
                value={row.value}
                disabled={row.locked}
                aria-label={t('object.metadata.value', 'Value of {{name}}', { name: row.name })}
                onChange={({ currentTarget }) => set(index, { value: currentTarget.value })}
              />
              <IconButton
                name={row.locked ? 'lock' : 'trash-alt'}
                disabled={row.locked}
                tooltip={
                  row.locked
                    ? t('object.metadata.locked', 'Owned by Sedna or Kubernetes, or secret')
                    : t('object.metadata.remove', 'Remove {{name}}', { name: row.name })
                }
                onClick={() => onChange(rows.filter((_, other) => other !== index))}
              />
            </Stack>
            {fault && (
              <Text variant="bodySmall" color="error">
                {fault}
              </Text>
            )}
          </div>
        );
      })}
      <Button
        variant="secondary"
        size="sm"
        icon="plus"
        onClick={() => onChange([...rows, { name: '', value: '', locked: false }])}
      >
        {field === 'labels'
          ? t('object.metadata.add-label', 'Add a label')
          : t('object.metadata.add-annotation', 'Add an annotation')}
      </Button>
    </div>
  );
}
