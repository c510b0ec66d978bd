import React from 'react';
import { Alert } from '@grafana/ui';
import { t } from '../../platform/i18n';

/** Says how many lines of the journal were skipped; nothing for none. */
export function SkippedLines({ count }: { count: number }) {
  if (count === 0) {
    return null;
  }
  return (
    <Alert
      severity="info"
      title={t('history.skipped', '{{count}} journal lines were skipped', {
        count,
        defaultValue_one: '{{count}} journal line was skipped',
      })}
    >
      {t(
        'history.skipped-text',
        'They are truncated, of another program, or of a newer exporter. For a newer exporter, update the app.'
      )}
    </Alert>
  );
}
