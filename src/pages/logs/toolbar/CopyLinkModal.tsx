import React from 'react';
import { Input, Modal, Stack, Text } from '@grafana/ui';
import { t } from '../../../platform/i18n';

/** Shows a link that the browser didn't copy, to be copied by hand. */
export function CopyLinkModal({ link, onClose }: { link: string; onClose: () => void }) {
  return (
    <Modal isOpen title={t('logs.link.title', 'Copy link')} onDismiss={onClose}>
      <Stack direction="column" gap={1}>
        <Text element="p">
          {t(
            'logs.link.refused',
            'The browser denied access to the clipboard, which requires HTTPS. Copy the link from here.'
          )}
        </Text>
        <Input
          aria-label={t('logs.link.label', 'Link')}
          readOnly
          autoFocus
          value={link}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </Stack>
    </Modal>
  );
}
