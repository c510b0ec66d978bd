import React, { useContext, useState } from 'react';
import { t } from '@grafana/i18n';
import { SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { Alert, Button, Stack } from '@grafana/ui';
import { getCurrentSettings } from '../../platform/settings/currentSettings';
import { PluginContext } from '../../platform/PluginContext';
import type { Settings } from '../../platform/settings/settings';
import { reloadPage, updateSettings } from '../../platform/settings/updateSettings';
import { DataSourceField } from './DataSourceField';
import { isServerUrl, KubernetesSection, type Tokens } from './KubernetesSection';
import { LogsSection } from './LogsSection';

/** Which data sources the app asks, and how it reads logs and reaches Kubernetes, for everyone in this organisation. */
export class ConfigurationScene extends SceneObjectBase<SceneObjectState> {
  static Component = ConfigurationForm;
}

function ConfigurationForm() {
  const meta = useContext(PluginContext);
  const [settings, setSettings] = useState<Settings>(getCurrentSettings());
  const [tokens, setTokens] = useState<Tokens>({});
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState('');
  const saved = getCurrentSettings();
  const url = settings.kubernetesUrl ?? '';
  const changed =
    (Object.keys(settings) as Array<keyof Settings>).some((name) => settings[name] !== saved[name]) ||
    Object.keys(tokens).length > 0;
  const valid = (url === '' || isServerUrl(url)) && !Number.isNaN(settings.largeSearchGb);

  const save = async () => {
    if (!meta) {
      return;
    }
    setSaving(true);
    setError('');
    try {
      await updateSettings(meta, settings, tokens);
      // Grafana and the pages keep the settings that were loaded with the page.
      reloadPage();
    } catch (reason) {
      const { data, message } = reason as { data?: { message?: string }; message?: string };
      setError(data?.message ?? message ?? String(reason));
      setSaving(false);
    }
  };

  return (
    <Stack direction="column" gap={3} maxWidth={90}>
      <DataSourceField
        role="prometheus"
        label={t('configuration.prometheus', 'Prometheus')}
        description={t('configuration.prometheus-help', 'Status, metrics and their history come from here.')}
        uid={settings.prometheusUid}
        onChange={(prometheusUid) => setSettings({ ...settings, prometheusUid })}
      />
      <DataSourceField
        role="loki"
        label={t('configuration.loki', 'Loki')}
        description={t('configuration.loki-help', 'Logs come from here.')}
        uid={settings.lokiUid}
        onChange={(lokiUid) => setSettings({ ...settings, lokiUid })}
      />
      <LogsSection settings={settings} onChange={(change) => setSettings({ ...settings, ...change })} />
      <KubernetesSection
        url={url}
        stored={meta?.secureJsonFields ?? {}}
        tokens={tokens}
        unsaved={changed}
        onUrl={(next) => setSettings({ ...settings, kubernetesUrl: next.trim() || undefined })}
        onTokens={setTokens}
      />
      {error !== '' && (
        <Alert severity="error" title={t('configuration.not-saved', 'Not saved')}>
          {error}
        </Alert>
      )}
      <div>
        <Button onClick={save} disabled={!changed || !valid || saving}>
          {t('configuration.save', 'Save')}
        </Button>
      </div>
    </Stack>
  );
}
