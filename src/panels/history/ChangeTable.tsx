import React, { useState } from 'react';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Text, useStyles2 } from '@grafana/ui';
import { t } from '../../platform/i18n';
import { formatTime } from '../../ui/format/formatTime';
import { plainTable } from '../../ui/plainTable';
import type { ChangeRow } from './changes';

/** Changes that are shown at first. */
const INITIAL_ROWS = 20;
const ROWS_STEP = 200;

interface Props {
  /** Newest first. */
  rows: readonly ChangeRow[];
  /** Loads older changes; absent if there are none. */
  onLoadOlder?: () => void;
}

/** Lists changes with their exact times; nothing without changes. */
export function ChangeTable({ rows, onLoadOlder }: Props) {
  const styles = useStyles2(getStyles);
  const [shown, setShown] = useState(INITIAL_ROWS);
  if (rows.length === 0 && !onLoadOlder) {
    return null;
  }
  const showOlder = () => {
    setShown(shown + ROWS_STEP);
    if (rows.length < shown + ROWS_STEP) {
      onLoadOlder?.();
    }
  };
  return (
    <div>
      <Text element="h3" variant="h5">
        {onLoadOlder
          ? t('changes.title-newest', 'Changes (newest {{count}})', { count: rows.length })
          : t('changes.title', 'Changes ({{count}})', { count: rows.length })}
      </Text>
      <table className={styles.table} aria-label={t('changes.label', 'Changes')}>
        <thead>
          <tr>
            <th>{t('changes.time', 'Time')}</th>
            <th>{t('changes.change', 'Change')}</th>
            <th>{t('changes.details', 'Details')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map(({ id, time, title, details }) => (
            <tr key={id}>
              <td>{formatTime(time)}</td>
              <td>{title}</td>
              <td>
                {details.map((detail, place) => (
                  <div key={place}>{detail}</div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {(shown < rows.length || onLoadOlder) && (
        <Button variant="secondary" fill="text" onClick={showOlder}>
          {t('changes.older', 'Show older changes')}
        </Button>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: plainTable(theme, 'th, td:first-child'),
});
