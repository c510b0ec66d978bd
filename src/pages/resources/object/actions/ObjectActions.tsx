import React, { useState } from 'react';
import { Button, Stack } from '@grafana/ui';
import { DeleteModal } from './DeleteModal';
import { MetadataModal } from './metadata/MetadataModal';
import type { ObjectActionProps } from './objectActionProps';
import { RestartModal } from './restart/RestartModal';
import { useWriteDisabledReason } from './useWriteDisabledReason';
import { t } from '../../../../platform/i18n';

const MODALS = { delete: DeleteModal, restart: RestartModal, edit: MetadataModal } as const;

/** Shows the buttons of all actions on an object; disabled ones say why in their tooltip. */
export function ObjectActions(props: Omit<ObjectActionProps, 'onClose'> & { onCancel: () => void }) {
  const { onDone, onCancel, ...rest } = props;
  const disabledReason = useWriteDisabledReason();
  const [open, setOpen] = useState<keyof typeof MODALS>();
  const OpenModal = open && MODALS[open];
  const button = { disabled: disabledReason !== undefined, tooltip: disabledReason } as const;
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <Button {...button} variant="secondary" icon="tag-alt" onClick={() => setOpen('edit')}>
        {t('object.actions.edit', 'Edit labels and annotations')}
      </Button>
      <Button {...button} variant="secondary" icon="repeat" onClick={() => setOpen('restart')}>
        {t('object.actions.restart', 'Restart from round 1')}
      </Button>
      <Button {...button} variant="destructive" fill="outline" icon="trash-alt" onClick={() => setOpen('delete')}>
        {t('object.actions.delete', 'Delete')}
      </Button>
      {OpenModal && (
        <OpenModal
          {...rest}
          onClose={() => {
            setOpen(undefined);
            onCancel();
          }}
          onDone={(result) => {
            setOpen(undefined);
            onDone(result);
          }}
        />
      )}
    </Stack>
  );
}
