import React from 'react';
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Button, Stack } from '@grafana/ui';
import type { Obstacle } from './check';
import type { LogsScene } from './LogsScene';

/** Why Loki was not asked yet, and how to go on. */
export function ObstacleNotice({ model, obstacle }: { model: LogsScene; obstacle: Obstacle }) {
  if (obstacle.kind === 'pattern') {
    return (
      <Alert
        severity="error"
        title={t('logs.pattern.title', '"{{keyword}}" is no regular expression that Loki can read', {
          keyword: obstacle.keyword,
          interpolation: { escapeValue: false },
        })}
      >
        <Stack direction="column" gap={1} alignItems="flex-start">
          <span>{obstacle.message}</span>
          <Button
            size="sm"
            variant="secondary"
            onClick={() => model.select({ switches: model.state.switches.filter((one) => one !== 'regex') })}
          >
            {t('logs.pattern.plain', 'Search for it as plain text')}
          </Button>
        </Stack>
      </Alert>
    );
  }
  return (
    <Alert
      severity="warning"
      title={t('logs.heavy.title', 'This search may read up to {{bytes}}', {
        bytes: formattedValueToString(getValueFormat('decbytes')(obstacle.bytes, 1)),
      })}
    >
      <Stack direction="column" gap={1} alignItems="flex-start">
        <span>
          {t('logs.heavy.text', 'A pod, a job, or a shorter time range makes it quicker. Loki has to read all of it.')}
        </span>
        <Button size="sm" variant="secondary" onClick={model.searchAnyway}>
          {t('logs.heavy.button', 'Search anyway')}
        </Button>
      </Stack>
    </Alert>
  );
}
