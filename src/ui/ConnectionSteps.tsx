import React from 'react';
import { Stack, Text } from '@grafana/ui';
import { buildAccessManifest, READER_ACCOUNT, buildTokenCommand, WRITER_ACCOUNT } from '../sedna/accessManifest';
import { CopyBlock } from './CopyBlock';
import { t } from '../platform/i18n';

const COMMANDS = `${buildTokenCommand(READER_ACCOUNT)}\n${buildTokenCommand(WRITER_ACCOUNT)}\n`;

/** Steps to connect the app to the Kubernetes API. */
export function ConnectionSteps() {
  return (
    <Stack direction="column" gap={1}>
      <Text element="p">
        {t(
          'connection.apply',
          '1. Apply this manifest to the cluster. It creates two service accounts: one reads Sedna objects and their pods, the other creates, changes, and deletes Sedna objects. Neither has other permissions.'
        )}
      </Text>
      <CopyBlock label={t('connection.manifest', 'Manifest')} text={buildAccessManifest()} />
      <Text element="p">{t('connection.tokens', '2. Get the two tokens:')}</Text>
      <CopyBlock label={t('connection.commands', 'Commands')} text={COMMANDS} />
      <Text element="p">
        {t(
          'connection.trust',
          "3. Make the Grafana server trust the certificate authority of the cluster: set its environment variable SSL_CERT_FILE to a file that contains the certificate (in a pod of the cluster, /var/run/secrets/kubernetes.io/serviceaccount/ca.crt). Verification can't be turned off."
        )}
      </Text>
      <Text element="p">
        {t('connection.enter', '4. Enter the URL of the API server and the tokens on the configuration page.')}
      </Text>
    </Stack>
  );
}
