import React, { useState } from 'react';
import { Button, Modal, Stack } from '@grafana/ui';
import { KubernetesErrorAlert } from '../../../../ui/feedback/KubernetesErrorAlert';
import { recordAction } from './actionResult';
import { ConfirmNameField } from './ConfirmNameField';
import { DeletionImpact } from './DeletionImpact';
import type { ObjectActionProps } from './objectActionProps';
import { useObjectAction } from './useObjectAction';
import { t } from '../../../../platform/i18n';

export function DeleteModal({ client, address, object, onClose, onDone }: ObjectActionProps) {
  const [typed, setTyped] = useState('');
  const { running, problem, run } = useObjectAction();
  const remove = () =>
    run(async () => {
      await client.remove(address, object.metadata.uid ?? '');
      onDone(await recordAction('delete', address));
    });
  return (
    <Modal isOpen title={t('object.delete.title', 'Delete {{name}}', { name: address.name })} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        <DeletionImpact client={client} address={address} object={object} />
        <ConfirmNameField name={address.name} typed={typed} onType={setTyped} />
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
