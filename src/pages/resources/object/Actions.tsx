import React, { useState } from 'react';
import { t } from '@grafana/i18n';
import { Button, Stack } from '@grafana/ui';
import { DeleteModal, type DeedProps } from './DeleteModal';
import { MetadataModal } from './MetadataModal';
import { RestartModal } from './RestartModal';
import { useWhyNotWrite } from './writing';

const MODALS = { delete: DeleteModal, restart: RestartModal, edit: MetadataModal } as const;

/** What a person can do to an object; where they cannot, the buttons say why. */
export function Actions(props: Omit<DeedProps, 'onClose'> & { onLeft: () => void }) {
  const { onDone, onLeft, ...rest } = props;
  const whyNot = useWhyNotWrite();
  const [open, setOpen] = useState<keyof typeof MODALS>();
  const Open = open && MODALS[open];
  const button = { disabled: whyNot !== undefined, tooltip: whyNot } as const;
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <Button {...button} variant="secondary" icon="tag-alt" onClick={() => setOpen('edit')}>
        {t('object.actions.edit', 'Labels and annotations')}
      </Button>
      <Button {...button} variant="secondary" icon="repeat" onClick={() => setOpen('restart')}>
        {t('object.actions.restart', 'Restart from round one')}
      </Button>
      <Button {...button} variant="destructive" fill="outline" icon="trash-alt" onClick={() => setOpen('delete')}>
        {t('object.actions.delete', 'Delete')}
      </Button>
      {Open && (
        <Open
          {...rest}
          onClose={() => {
            setOpen(undefined);
            onLeft();
          }}
          onDone={(done) => {
            setOpen(undefined);
            onDone(done);
          }}
        />
      )}
    </Stack>
  );
}
