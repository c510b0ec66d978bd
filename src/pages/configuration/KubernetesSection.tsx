import React, { useState } from 'react';
import { t } from '@grafana/i18n';
import { Alert, Button, Collapse, Field, Input, SecretInput, Stack, Text } from '@grafana/ui';
import { PLUGIN_ID } from '../../platform/links/links';
import type { TokenName } from '../../platform/settings/settings';
import { ConnectionSteps } from '../../ui/ConnectionSteps';
import { KubernetesErrorAlert } from '../../ui/feedback/KubernetesErrorAlert';
import { toApiError, type KubernetesApiError } from '../../kubernetes';
import { grafanaClient } from '../../kubernetes/grafanaClient';

export type Tokens = Partial<Record<TokenName, string>>;

interface Props {
  url: string;
  /** Which are stored; their values never come back. */
  stored: Readonly<Partial<Record<TokenName, boolean>>>;
  /** Those that are to be changed; an empty one is removed. */
  tokens: Tokens;
  /** Whether something on the page is not saved yet: the test asks with what is saved. */
  unsaved: boolean;
  onUrl: (url: string) => void;
  onTokens: (tokens: Tokens) => void;
}

type Test = { state: 'running' } | { state: 'ok'; version: string } | { state: 'failed'; problem: KubernetesApiError };

const client = grafanaClient(PLUGIN_ID);

/** Address of the API server for whatever runs in its cluster. */
const IN_CLUSTER = 'https://kubernetes.default.svc';

/** Whether Grafana could be told to go there. */
export function isServerUrl(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** The optional connection to the Kubernetes API: address, tokens, test, and how to make it. */
export function KubernetesSection({ url, stored, tokens, unsaved, onUrl, onTokens }: Props) {
  const [test, setTest] = useState<Test>();
  const [open, setOpen] = useState(false);
  const run = async () => {
    setTest({ state: 'running' });
    try {
      const version = await client.version();
      await client.canList('LifelongLearningJob');
      setTest({ state: 'ok', version });
    } catch (reason) {
      setTest({ state: 'failed', problem: toApiError(reason) });
    }
  };
  const token = (name: TokenName, label: string, description: string) => (
    <Field label={label} description={description} htmlFor={`configuration-${name}`} noMargin>
      <SecretInput
        id={`configuration-${name}`}
        width={60}
        isConfigured={stored[name] === true && tokens[name] === undefined}
        value={tokens[name] ?? ''}
        autoComplete="off"
        onReset={() => onTokens({ ...tokens, [name]: '' })}
        onChange={({ currentTarget }) => onTokens({ ...tokens, [name]: currentTarget.value.trim() })}
      />
    </Field>
  );
  return (
    <Stack direction="column" gap={2}>
      <div>
        <Text element="h2" variant="h4">
          {t('configuration.kubernetes.title', 'Kubernetes API (optional)')}
        </Text>
        <Text element="p" color="secondary">
          {t(
            'configuration.kubernetes.text',
            "To see objects as they are now, and to delete, restart, change and create them. Everything else works without it. The tokens stay on Grafana's server; what they may do is for the cluster's RBAC to say."
          )}
        </Text>
      </div>
      <Field
        label={t('configuration.kubernetes.url', 'URL')}
        description={t(
          'configuration.kubernetes.url-help',
          "As Grafana's server reaches it. Everyone who uses the app can see it."
        )}
        htmlFor="configuration-kubernetes-url"
        invalid={url !== '' && !isServerUrl(url)}
        error={t('configuration.kubernetes.url-invalid', 'Not an address that begins with https:// or http://')}
        noMargin
      >
        <Input
          id="configuration-kubernetes-url"
          width={60}
          value={url}
          placeholder={IN_CLUSTER}
          onChange={({ currentTarget }) => onUrl(currentTarget.value)}
        />
      </Field>
      {token(
        'kubernetesReadToken',
        t('configuration.kubernetes.read', 'Token for reading'),
        t('configuration.kubernetes.read-help', 'Used for administrators, and for those whom you grant resources:read.')
      )}
      {token(
        'kubernetesWriteToken',
        t('configuration.kubernetes.write', 'Token for writing'),
        t('configuration.kubernetes.write-help', 'Leave it out for a connection that only reads.')
      )}
      <div>
        <Button
          variant="secondary"
          onClick={run}
          disabled={url === '' || unsaved || test?.state === 'running'}
          tooltip={
            unsaved
              ? t('configuration.kubernetes.save-first', 'Save first: the test asks with what is saved.')
              : undefined
          }
        >
          {t('configuration.kubernetes.test', 'Test the connection')}
        </Button>
      </div>
      {test?.state === 'ok' && (
        <Alert severity="success" title={t('configuration.kubernetes.ok', 'Kubernetes answers')}>
          {t('configuration.kubernetes.version', 'Version {{version}}; the objects of Sedna can be read.', {
            version: test.version,
            interpolation: { escapeValue: false },
          })}
        </Alert>
      )}
      {test?.state === 'failed' && <KubernetesErrorAlert problem={test.problem} />}
      <Collapse
        label={t('configuration.kubernetes.how', 'How to make the connection')}
        isOpen={open}
        onToggle={() => setOpen(!open)}
      >
        <ConnectionSteps />
      </Collapse>
    </Stack>
  );
}
