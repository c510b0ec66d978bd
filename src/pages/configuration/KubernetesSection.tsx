import React, { useState } from 'react';
import { Alert, Button, Collapse, Field, Input, SecretInput, Stack, Text } from '@grafana/ui';
import { PLUGIN_ID } from '../../platform/links/links';
import type { TokenName } from '../../platform/settings/settings';
import { ConnectionSteps } from '../../ui/ConnectionSteps';
import { KubernetesErrorAlert } from '../../ui/feedback/KubernetesErrorAlert';
import { toApiError, type KubernetesApiError } from '../../kubernetes';
import { grafanaClient } from '../../kubernetes/grafanaClient';
import { t } from '../../platform/i18n';

export type Tokens = Partial<Record<TokenName, string>>;

interface Props {
  url: string;
  /** Whether Grafana stores each token; it never returns their values. */
  stored: Readonly<Partial<Record<TokenName, boolean>>>;
  /** Tokens to change on save; an empty one is removed. */
  tokens: Tokens;
  /** Disables the test, which uses the saved settings. */
  hasUnsavedChanges: boolean;
  onUrlChange: (url: string) => void;
  onTokensChange: (tokens: Tokens) => void;
}

type TestState =
  { state: 'running' } | { state: 'ok'; version: string } | { state: 'failed'; problem: KubernetesApiError };

const client = grafanaClient(PLUGIN_ID);

/** URL of the API server inside its cluster. */
const IN_CLUSTER_URL = 'https://kubernetes.default.svc';

/** Checks that a text is an absolute HTTP URL. */
export function isServerUrl(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** Edits and tests the optional connection to the Kubernetes API, and shows how to set it up. */
export function KubernetesSection({ url, stored, tokens, hasUnsavedChanges, onUrlChange, onTokensChange }: Props) {
  const [test, setTest] = useState<TestState>();
  const [open, setOpen] = useState(false);
  const run = async () => {
    setTest({ state: 'running' });
    try {
      const version = await client.version();
      await client.canList('LifelongLearningJob');
      setTest({ state: 'ok', version });
    } catch (error) {
      setTest({ state: 'failed', problem: toApiError(error) });
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
        onReset={() => onTokensChange({ ...tokens, [name]: '' })}
        onChange={({ currentTarget }) => onTokensChange({ ...tokens, [name]: currentTarget.value.trim() })}
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
            'View live objects, and delete, restart, change, and create them. Everything else works without this connection. Tokens stay on the Grafana server, and RBAC of the cluster limits what they can do.'
          )}
        </Text>
      </div>
      <Field
        label={t('configuration.kubernetes.url', 'URL')}
        description={t(
          'configuration.kubernetes.url-help',
          'Must be reachable from the Grafana server. Visible to everyone who uses the app.'
        )}
        htmlFor="configuration-kubernetes-url"
        invalid={url !== '' && !isServerUrl(url)}
        error={t('configuration.kubernetes.url-invalid', 'Enter a URL that starts with https:// or http://')}
        noMargin
      >
        <Input
          id="configuration-kubernetes-url"
          width={60}
          value={url}
          placeholder={IN_CLUSTER_URL}
          onChange={({ currentTarget }) => onUrlChange(currentTarget.value)}
        />
      </Field>
      {token(
        'kubernetesReadToken',
        t('configuration.kubernetes.read', 'Read token'),
        t(
          'configuration.kubernetes.read-help',
          'Used for administrators, and for users with the permission resources:read'
        )
      )}
      {token(
        'kubernetesWriteToken',
        t('configuration.kubernetes.write', 'Write token'),
        t('configuration.kubernetes.write-help', 'Leave empty for a read-only connection')
      )}
      <div>
        <Button
          variant="secondary"
          onClick={run}
          disabled={url === '' || hasUnsavedChanges || test?.state === 'running'}
          tooltip={
            hasUnsavedChanges
              ? t('configuration.kubernetes.save-first', 'Save first. The test uses the saved settings.')
              : undefined
          }
        >
          {t('configuration.kubernetes.test', 'Test connection')}
        </Button>
      </div>
      {test?.state === 'ok' && (
        <Alert severity="success" title={t('configuration.kubernetes.ok', 'Kubernetes connection works')}>
          {t('configuration.kubernetes.version', 'Version {{version}}. Sedna objects can be read.', {
            version: test.version,
          })}
        </Alert>
      )}
      {test?.state === 'failed' && <KubernetesErrorAlert problem={test.problem} />}
      <Collapse
        label={t('configuration.kubernetes.how', 'How to set up the connection')}
        isOpen={open}
        onToggle={() => setOpen(!open)}
      >
        <ConnectionSteps />
      </Collapse>
    </Stack>
  );
}
