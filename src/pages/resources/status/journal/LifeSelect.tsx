import React from 'react';
import { Alert, Combobox, Field } from '@grafana/ui';
import { formatTime } from '../../../../ui/format/formatTime';
import type { ObjectHistory } from '../../../../data/history/objectHistory';
import { t } from '../../../../platform/i18n';
import type { ObjectLife } from '../../../../sedna/journal';

interface Props {
  history: ObjectHistory | undefined;
  life: ObjectLife | undefined;
  /** Uid from the URL; empty for the newest object. */
  uid: string;
  onSelect: (uid: string) => void;
}

/** Offers the objects that had the same name, if there are several, and says that the selected one was deleted. */
export function LifeSelect({ history, life, uid, onSelect }: Props) {
  const lives = history?.lives ?? [];
  if (!life) {
    return null;
  }
  return (
    <>
      {lives.length > 1 && (
        <Field
          noMargin
          label={t('history.lives.label', 'Object')}
          description={t('history.lives.text', 'Several objects had this name, one after the other')}
        >
          <Combobox
            id="history-object"
            width={60}
            value={life.ref.uid ?? ''}
            options={[...lives].reverse().map((each) => ({ value: each.ref.uid ?? '', label: formatLife(each) }))}
            onChange={({ value }) => onSelect(value)}
          />
        </Field>
      )}
      {uid !== '' && life.ref.uid !== uid && (
        <Alert
          severity="warning"
          title={t('history.not-in-range', 'The selected object has no entries in this time range')}
        >
          {t('history.not-in-range-text', 'The newest object of the same name is shown instead.')}
        </Alert>
      )}
      {life.deleted !== undefined && (
        <Alert severity="info" title={formatDeleted(life, life.deleted)}>
          {lives.at(-1) !== life &&
            t(
              'history.recreated',
              'An object of the same name was created later. The current status is that of the latter.'
            )}
        </Alert>
      )}
    </>
  );
}

const formatDeleted = ({ deletedWhileAway }: ObjectLife, deleted: number) =>
  deletedWhileAway
    ? t('history.deleted-before', 'Deleted before {{time}}', { time: formatTime(deleted * 1000) })
    : t('history.deleted', 'Deleted at {{time}}', { time: formatTime(deleted * 1000) });

function formatLife(life: ObjectLife): string {
  const { created, deleted, first } = life;
  const since =
    created === undefined
      ? t('history.lives.since', 'Known since {{time}}', { time: formatTime(first * 1000) })
      : t('history.lives.created', 'Created at {{time}}', { time: formatTime(created * 1000) });
  return deleted === undefined ? since : `${since} · ${formatDeleted(life, deleted)}`;
}
