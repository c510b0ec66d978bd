import React from 'react';
import { t } from '@grafana/i18n';
import { Input, Modal, Stack, Text } from '@grafana/ui';

/** A link that the clipboard did not take, to be copied by hand. */
export function LinkModal({ link, onClose }: { link: string; onClose: () => void }) {
  return (
    <Modal isOpen title={t('logs.link.title', 'The link to copy')} onDismiss={onClose}>
      <Stack direction="column" gap={1}>
        <Text element="p">
          {t(
            'logs.link.refused',
            'The browser gives no access to the clipboard; without https it never does. Copy the link from here, with Ctrl+C or the menu of the mouse.'
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
