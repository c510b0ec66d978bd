import React, { useState, type FormEvent } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { Button, IconButton, Input, Text, useStyles2 } from '@grafana/ui';
import { formatWrittenRange } from './formatWrittenRange';
import { MAX_NAME_LENGTH, normalizeName, type SavedSearch } from './savedSearches';
import { t } from '../../../platform/i18n';

interface Props {
  search: SavedSearch;
  timeZone: TimeZone;
  onOpen: () => void;
  onRename: (name: string) => void;
  onDelete: () => void;
}

/** A saved search in the list; becomes a form while it is renamed. */
export function SavedSearchRow({ search, timeZone, onOpen, onRename, onDelete }: Props) {
  const { name, range } = search;
  const [typed, setTyped] = useState<string>();
  const styles = useStyles2(getStyles);
  const params = { name };
  if (typed !== undefined) {
    const rename = (event: FormEvent) => {
      event.preventDefault();
      if (normalizeName(typed) !== '') {
        setTyped(undefined);
        onRename(normalizeName(typed));
      }
    };
    return (
      <li>
        <form className={styles.row} onSubmit={rename}>
          <Input
            aria-label={t('logs.saved.new-name', 'New name of {{name}}', params)}
            value={typed}
            maxLength={MAX_NAME_LENGTH}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Button type="submit" size="sm" disabled={normalizeName(typed) === ''}>
            {t('logs.saved.rename', 'Rename')}
          </Button>
        </form>
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <Button className={styles.name} variant="secondary" fill="text" onClick={onOpen}>
        {/* A name in a right-to-left script must not reorder the rest of the row. */}
        <bdi>{name}</bdi>
      </Button>
      {range && (
        <Text variant="bodySmall" color="secondary">
          {formatWrittenRange(range, timeZone)}
        </Text>
      )}
      <IconButton
        name="pen"
        tooltip={t('logs.saved.rename-this', 'Rename {{name}}', params)}
        onClick={() => setTyped(name)}
      />
      <IconButton name="trash-alt" tooltip={t('logs.saved.delete', 'Delete {{name}}', params)} onClick={onDelete} />
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minWidth: 0 }),
  name: css({ flex: 1, minWidth: 0, overflowWrap: 'anywhere', height: 'auto' }),
});
