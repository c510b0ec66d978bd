import React, { useState, type FormEvent } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Checkbox, Field, Input, Stack, Text, useStyles2 } from '@grafana/ui';
import type { PageTimeRange } from '../pageTimeRange';
import { isSearchable, type Selection } from '../selection';
import { formatWrittenRange } from './formatWrittenRange';
import { MAX_NAME_LENGTH, MAX_SAVED_SEARCHES, normalizeName, type SavedSearch } from './savedSearches';
import { t } from '../../../platform/i18n';

interface Props {
  selection: Selection;
  timeRange: PageTimeRange;
  isFull: boolean;
  onSave: (search: SavedSearch) => void;
}

/** Saves the current search, or says why it can't be saved. */
export function SaveSearchForm({ selection, timeRange, isFull, onSave }: Props) {
  const [typed, setTyped] = useState('');
  const [withRange, setWithRange] = useState(false);
  const styles = useStyles2(getStyles);
  const name = normalizeName(typed);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name !== '') {
      onSave({ name, selection, ...(withRange && { range: timeRange.written }) });
      setTyped('');
    }
  };
  if (!isSearchable(selection)) {
    return (
      <Text color="secondary">
        {t('logs.saved.not-searchable', 'To save a search, select a namespace, a job, a component, or a pod')}
      </Text>
    );
  }
  if (isFull) {
    return (
      <Text color="secondary">
        {t('logs.saved.full', 'You can save up to {{count}} searches. To save another, delete one.', {
          count: MAX_SAVED_SEARCHES,
          defaultValue_one: 'You can save up to {{count}} search. To save another, delete it.',
        })}
      </Text>
    );
  }
  return (
    <form onSubmit={save}>
      <Stack direction="column" gap={1}>
        <Field label={t('logs.saved.name', 'Save this search as')} htmlFor="logs-saved-name" noMargin>
          <div className={styles.row}>
            <Input
              id="logs-saved-name"
              value={typed}
              maxLength={MAX_NAME_LENGTH}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
            <Button type="submit" disabled={name === ''}>
              {t('logs.saved.save', 'Save')}
            </Button>
          </div>
        </Field>
        <div>
          <Checkbox
            label={t('logs.saved.with-range', 'Include time range')}
            description={formatWrittenRange(timeRange.written, timeRange.timeZone)}
            value={withRange}
            onChange={({ currentTarget }) => setWithRange(currentTarget.checked)}
          />
        </div>
      </Stack>
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minWidth: 0 }),
});
