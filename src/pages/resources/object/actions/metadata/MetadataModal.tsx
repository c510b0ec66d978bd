import React, { useMemo, useState } from 'react';
import { Button, Modal, Stack } from '@grafana/ui';
import { KubernetesErrorAlert } from '../../../../../ui/feedback/KubernetesErrorAlert';
import { maskSecrets, buildMetadataPatch, type MetadataEdit, type SednaObject } from '../../../../../kubernetes';
import { ManifestDiff } from '../../manifest/ManifestDiff';
import { recordAction } from '../actionResult';
import { MetadataEditor } from './MetadataEditor';
import { getRowError, toRows, toValues, type MetadataField, type MetadataRows } from './metadataRows';
import type { ObjectActionProps } from '../objectActionProps';
import { useObjectAction } from '../useObjectAction';
import { t } from '../../../../../platform/i18n';

const FIELDS: readonly MetadataField[] = ['labels', 'annotations'];

/** Edits labels and annotations; those that Sedna and Kubernetes own are locked. */
export function MetadataModal({ client, address, object, onClose, onDone }: ObjectActionProps) {
  // Secrets are masked in locked rows, so that the patch never contains them.
  const shown = useMemo(() => maskSecrets(object).object.metadata, [object]);
  const [rows, setRows] = useState<MetadataRows>({
    labels: toRows(shown.labels),
    annotations: toRows(shown.annotations),
  });
  const { running, problem, run } = useObjectAction();
  const before: MetadataEdit = { labels: shown.labels ?? {}, annotations: shown.annotations ?? {} };
  const after: MetadataEdit = { labels: toValues(rows.labels), annotations: toValues(rows.annotations) };
  const patch = buildMetadataPatch(before, after);
  const hasErrors = FIELDS.some((field) =>
    rows[field].some((row) => getRowError(field, row, rows[field]) !== undefined)
  );
  const unchanged = Object.keys(patch).length === 0;
  const save = () =>
    run(async () => {
      await client.patchMetadata(address, object.metadata.uid ?? '', patch);
      onDone(await recordAction('edit', address));
    });
  return (
    <Modal
      isOpen
      title={t('object.metadata.title', 'Edit labels and annotations of {{name}}', { name: address.name })}
      onDismiss={onClose}
      closeOnBackdropClick={false}
    >
      <Stack direction="column" gap={2}>
        <MetadataEditor
          title={t('object.metadata.labels', 'Labels')}
          field="labels"
          rows={rows.labels}
          onChange={(labels) => setRows({ ...rows, labels })}
        />
        <MetadataEditor
          title={t('object.metadata.annotations', 'Annotations')}
          field="annotations"
          rows={rows.annotations}
          onChange={(annotations) => setRows({ ...rows, annotations })}
        />
        {!unchanged && !hasErrors && (
          <ManifestDiff before={withMetadata(object, before)} after={withMetadata(object, after)} />
        )}
        {problem && <KubernetesErrorAlert problem={problem} />}
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onClose}>
          {t('object.cancel', 'Cancel')}
        </Button>
        <Button disabled={unchanged || hasErrors || running} onClick={save}>
          {t('object.metadata.save', 'Save')}
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}

/** Returns the object with only these labels and annotations, for comparison. */
const withMetadata = (
  { apiVersion, kind, metadata: { name, namespace } }: SednaObject,
  edit: MetadataEdit
): SednaObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace, labels: { ...edit.labels }, annotations: { ...edit.annotations } },
});
