import React from 'react';
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { Alert, Button, Stack } from '@grafana/ui';
import type { Selection } from '../selection';
import type { SearchBlocker } from './preflight';
import { t } from '../../../platform/i18n';

interface Props {
  blocker: SearchBlocker;
  selection: Selection;
  onSelect: (change: Partial<Selection>) => void;
  onSearchAnyway: () => void;
}

/** Why the search hasn't started, with a button that starts it. */
export function SearchBlockerAlert({ blocker, selection, onSelect, onSearchAnyway }: Props) {
  if (blocker.kind === 'regex') {
    return (
      <Alert
        severity="error"
        title={t('logs.regex-error.title', 'Loki can\'t parse "{{keyword}}" as a regular expression', {
          keyword: blocker.keyword,
        })}
      >
        <Stack direction="column" gap={1} alignItems="flex-start">
          <span>{blocker.message}</span>
          <Button
            size="sm"
            variant="secondary"
            onClick={() =>
              onSelect({ keywordOptions: selection.keywordOptions.filter((option) => option !== 'regex') })
            }
          >
            {t('logs.regex-error.plain', 'Search as plain text')}
          </Button>
        </Stack>
      </Alert>
    );
  }
  return (
    <Alert
      severity="warning"
      title={t('logs.large-search.title', 'Large search: up to {{bytes}}', {
        bytes: formattedValueToString(getValueFormat('decbytes')(blocker.bytes, 1)),
      })}
    >
      <Stack direction="column" gap={1} alignItems="flex-start">
        <span>
          {t(
            'logs.large-search.text',
            'Loki has to read all of these logs. To search faster, select a pod, a job, or a shorter time range.'
          )}
        </span>
        <Button size="sm" variant="secondary" onClick={onSearchAnyway}>
          {t('logs.large-search.button', 'Search anyway')}
        </Button>
      </Stack>
    </Alert>
  );
}
