import React from 'react';
import { t } from '@grafana/i18n';
import { Stack, Text } from '@grafana/ui';
import { buildAccessManifest, READER_ACCOUNT, buildTokenCommand, WRITER_ACCOUNT } from '../sedna/accessManifest';
import { CopyBlock } from './CopyBlock';

const COMMANDS = `${buildTokenCommand(READER_ACCOUNT)}\n${buildTokenCommand(WRITER_ACCOUNT)}\n`;

/** How to make the connection to the Kubernetes API: what to apply, where the tokens are, what Grafana must trust. */
export function ConnectionSteps() {
  return (
    <Stack direction="column" gap={1}>
      <Text element="p">
        {t(
          'connection.apply',
          '1. Apply this manifest to the cluster. It makes two service accounts: one reads the objects of Sedna and their pods, one creates, changes and deletes objects of Sedna. Neither can do anything else.'
        )}
      </Text>
      <CopyBlock label={t('connection.manifest', 'Manifest')} text={buildAccessManifest()} />
      <Text element="p">{t('connection.tokens', '2. Take their two tokens:')}</Text>
      <CopyBlock label={t('connection.commands', 'Commands')} text={COMMANDS} />
      <Text element="p">
        {t(
          'connection.trust',
          "3. Let Grafana's server trust the cluster's certificate authority: the environment variable SSL_CERT_FILE of Grafana names a file with it (in a pod of the cluster, /var/run/secrets/kubernetes.io/serviceaccount/ca.crt). Verification cannot be switched off."
        )}
      </Text>
      <Text element="p">
        {t('connection.enter', '4. Enter the address of the API server and the tokens on the configuration page.')}
      </Text>
    </Stack>
  );
}
