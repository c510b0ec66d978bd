import React, { useState } from 'react';
import { t } from '@grafana/i18n';
import { Button, Modal, Stack } from '@grafana/ui';
import { KubernetesErrorAlert } from '../../../ui/feedback/KubernetesErrorAlert';
import type { KubernetesClient, KubernetesObjectRef, SednaObject } from '../../../kubernetes';
import { ConfirmName } from './ConfirmName';
import { noteDone, type Done } from './done';
import { Removal } from './Removal';
import { useDeed } from './useDeed';

export interface DeedProps {
  client: KubernetesClient;
  address: KubernetesObjectRef;
  /** As it was read last. */
  object: SednaObject;
  onClose: () => void;
  onDone: (done: Done) => void;
}

export function DeleteModal({ client, address, object, onClose, onDone }: DeedProps) {
  const [typed, setTyped] = useState('');
  const { running, problem, run } = useDeed();
  const remove = () =>
    run(async () => {
      await client.remove(address, object.metadata.uid ?? '');
      onDone(await noteDone('delete', address));
    });
  return (
    <Modal isOpen title={t('object.delete.title', 'Delete {{name}}', { name: address.name })} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        <Removal client={client} address={address} object={object} />
        <ConfirmName name={address.name} typed={typed} onType={setTyped} />
        {problem && <KubernetesErrorAlert problem={problem} />}
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onClose}>
          {t('object.cancel', 'Cancel')}
        </Button>
        <Button variant="destructive" disabled={typed !== address.name || running} onClick={remove}>
          {t('object.delete.confirm', 'Delete')}
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}
