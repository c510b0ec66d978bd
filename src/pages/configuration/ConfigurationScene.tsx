import React, { useContext, useState } from 'react';
import { t } from '@grafana/i18n';
import { SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { Alert, Button, Stack } from '@grafana/ui';
import { currentSettings } from '../../app/currentSettings';
import { PluginContext } from '../../app/PluginContext';
import type { Settings } from '../../app/settings';
import { reloadPage, updateSettings } from '../../app/updateSettings';
import { DataSourceField } from './DataSourceField';

/** Which data sources the app asks, for everyone in this organisation. */
export class ConfigurationScene extends SceneObjectBase<SceneObjectState> {
  static Component = ConfigurationForm;
}

function ConfigurationForm() {
  const meta = useContext(PluginContext);
  const [settings, setSettings] = useState<Settings>(currentSettings());
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState('');
  const saved = currentSettings();
  const changed = settings.prometheusUid !== saved.prometheusUid || settings.lokiUid !== saved.lokiUid;

  const save = async () => {
    if (!meta) {
      return;
    }
    setSaving(true);
    setError('');
    try {
      await updateSettings(meta, settings);
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
      {error !== '' && (
        <Alert severity="error" title={t('configuration.not-saved', 'Not saved')}>
          {error}
        </Alert>
      )}
      <div>
        <Button onClick={save} disabled={!changed || saving}>
          {t('configuration.save', 'Save')}
        </Button>
      </div>
    </Stack>
  );
}
