import React, { useContext, useState } from 'react';
import { Alert, Button, Stack } from '@grafana/ui';
import { getCurrentSettings } from '../../platform/settings/currentSettings';
import { PluginContext } from '../../platform/PluginContext';
import type { Settings } from '../../platform/settings/settings';
import { reloadPage, updateSettings } from '../../platform/settings/updateSettings';
import { DataSourceField } from './DataSourceField';
import { isServerUrl, KubernetesSection, type Tokens } from './KubernetesSection';
import { LogsSection } from './LogsSection';
import { t } from '../../platform/i18n';

/** Edits the settings of the app for the whole organization. */
export function ConfigurationForm() {
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
      // Grafana and the pages of the app read the settings only when the page loads.
      reloadPage();
    } catch (error) {
      const { data, message } = error as { data?: { message?: string }; message?: string };
      setError(data?.message ?? message ?? String(error));
      setSaving(false);
    }
  };

  return (
    <Stack direction="column" gap={3} maxWidth={90}>
      <DataSourceField
        role="prometheus"
        label={t('configuration.prometheus', 'Prometheus')}
        description={t('configuration.prometheus-help', 'Source of status, metrics, and their history.')}
        uid={settings.prometheusUid}
        onChange={(prometheusUid) => setSettings({ ...settings, prometheusUid })}
      />
      <DataSourceField
        role="loki"
        label={t('configuration.loki', 'Loki')}
        description={t('configuration.loki-help', 'Source of logs.')}
        uid={settings.lokiUid}
        onChange={(lokiUid) => setSettings({ ...settings, lokiUid })}
      />
      <LogsSection settings={settings} onChange={(change) => setSettings({ ...settings, ...change })} />
      <KubernetesSection
        url={url}
        stored={meta?.secureJsonFields ?? {}}
        tokens={tokens}
        hasUnsavedChanges={changed}
        onUrlChange={(next) => setSettings({ ...settings, kubernetesUrl: next.trim() || undefined })}
        onTokensChange={setTokens}
      />
      {error !== '' && (
        <Alert severity="error" title={t('configuration.not-saved', "Settings couldn't be saved")}>
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
