import React, { useState, type FormEvent } from 'react';
import { css } from '@emotion/css';
import { dateMath, dateTimeFormat, rangeUtil, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Alert, Button, Checkbox, Field, IconButton, Input, Modal, Stack, Text, useStyles2 } from '@grafana/ui';
import { useUserStorageList } from '../../platform/storage/useUserStorageList';
import type { LogsScene } from './LogsScene';
import { setPageRange, writtenRange } from './pageRange';
import {
  cleanName,
  KEPT_SEARCHES,
  NAME_LIMIT,
  SAVED_FORMAT,
  withoutSearch,
  withSearch,
  type SavedSearch,
} from './searchList';
import { isSearchable, NOTHING_SELECTED, type Selection } from './selection';

interface Props {
  model: LogsScene;
}

/** Opens the searches that this person saved. */
export function SavedSearches({ model }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" fill="outline" icon="star" onClick={() => setOpen(true)}>
        {t('logs.saved.button', 'Saved searches')}
      </Button>
      {open && <SavedModal model={model} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Searches for what was saved; the time range stays as it is where none was saved with it. */
function openSearch(model: LogsScene, { selection, range }: SavedSearch): void {
  const time = sceneGraph.getTimeRange(model);
  const { value } = time.state;
  model.choose(selection);
  if (range) {
    setPageRange(model, range.from, range.to);
  }
  // Another time range searches by itself.
  if (time.state.value === value) {
    model.search();
  }
}

const selectionOf = (model: LogsScene): Selection =>
  Object.fromEntries(
    (Object.keys(NOTHING_SELECTED) as Array<keyof Selection>).map((part) => [part, model.state[part]])
  ) as unknown as Selection;

function rangeText(range: NonNullable<SavedSearch['range']>): string {
  const isRelative = (end: string) => dateMath.isMathString(end);
  const { from, to } = range;
  return isRelative(from) && isRelative(to)
    ? rangeUtil.describeTimeRange(range)
    : [from, to].map((end) => (isRelative(end) ? end : dateTimeFormat(end))).join(' – ');
}

/** What is to be done under a name that is taken already. */
interface Question {
  name: string;
  goOn: () => void;
}

function SavedModal({ model, onClose }: Props & { onClose: () => void }) {
  const [searches, change] = useUserStorageList('searches', SAVED_FORMAT);
  const [question, setQuestion] = useState<Question>();
  const styles = useStyles2(getStyles);

  /** Keeps a search under a name, which replaces another one only after a question. */
  const keep = (search: SavedSearch, instead?: string) => {
    const goOn = () => {
      setQuestion(undefined);
      change((list) => withSearch(instead === undefined ? list : withoutSearch(list, instead), search));
    };
    if (search.name !== instead && searches.some(({ name }) => name === search.name)) {
      setQuestion({ name: search.name, goOn });
    } else {
      goOn();
    }
  };

  return (
    <Modal isOpen title={t('logs.saved.title', 'Saved searches')} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        <Text element="p" color="secondary">
          {t('logs.saved.about', 'Only you see them.')}
        </Text>
        {searches.length === 0 ? (
          <Text element="p">{t('logs.saved.none', 'Nothing is saved yet.')}</Text>
        ) : (
          <ul className={styles.list} aria-label={t('logs.saved.title', 'Saved searches')}>
            {searches.map((search) => (
              <SavedRow
                key={search.name}
                search={search}
                onOpen={() => {
                  openSearch(model, search);
                  onClose();
                }}
                onRename={(name) => keep({ ...search, name }, search.name)}
                onDelete={() => change((list) => withoutSearch(list, search.name))}
              />
            ))}
          </ul>
        )}
        {question ? (
          <Alert
            severity="warning"
            title={t('logs.saved.taken', '"{{name}}" is there already', {
              name: question.name,
              interpolation: { escapeValue: false },
            })}
          >
            <Stack direction="row" gap={1}>
              <Button size="sm" variant="destructive" onClick={question.goOn}>
                {t('logs.saved.replace', 'Replace it')}
              </Button>
              <Button size="sm" variant="secondary" onClick={() => setQuestion(undefined)}>
                {t('logs.saved.keep', 'Keep it')}
              </Button>
            </Stack>
          </Alert>
        ) : (
          <SaveForm model={model} isFull={searches.length >= KEPT_SEARCHES} onSave={keep} />
        )}
      </Stack>
    </Modal>
  );
}

interface RowProps {
  search: SavedSearch;
  onOpen: () => void;
  onRename: (name: string) => void;
  onDelete: () => void;
}

function SavedRow({ search, onOpen, onRename, onDelete }: RowProps) {
  const { name, range } = search;
  const [typed, setTyped] = useState<string>();
  const styles = useStyles2(getStyles);
  const named = { name, interpolation: { escapeValue: false } };
  if (typed !== undefined) {
    const rename = (event: FormEvent) => {
      event.preventDefault();
      if (cleanName(typed) !== '') {
        setTyped(undefined);
        onRename(cleanName(typed));
      }
    };
    return (
      <li>
        <form className={styles.row} onSubmit={rename}>
          <Input
            aria-label={t('logs.saved.new-name', 'New name of {{name}}', named)}
            value={typed}
            maxLength={NAME_LIMIT}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Button type="submit" size="sm" disabled={cleanName(typed) === ''}>
            {t('logs.saved.rename', 'Rename')}
          </Button>
        </form>
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <Button className={styles.name} variant="secondary" fill="text" onClick={onOpen}>
        {/* A name may be of a script that is written the other way. */}
        <bdi>{name}</bdi>
      </Button>
      {range && (
        <Text variant="bodySmall" color="secondary">
          {rangeText(range)}
        </Text>
      )}
      <IconButton
        name="pen"
        tooltip={t('logs.saved.rename-this', 'Rename {{name}}', named)}
        onClick={() => setTyped(name)}
      />
      <IconButton name="trash-alt" tooltip={t('logs.saved.delete', 'Delete {{name}}', named)} onClick={onDelete} />
    </li>
  );
}

interface FormProps extends Props {
  isFull: boolean;
  onSave: (search: SavedSearch) => void;
}

/** Saves what is searched for now. */
function SaveForm({ model, isFull, onSave }: FormProps) {
  const [typed, setTyped] = useState('');
  const [withRange, setWithRange] = useState(false);
  const styles = useStyles2(getStyles);
  const name = cleanName(typed);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name !== '') {
      onSave({ name, selection: selectionOf(model), ...(withRange && { range: writtenRange(model) }) });
      setTyped('');
    }
  };
  if (!isSearchable(model.state)) {
    return (
      <Text color="secondary">{t('logs.saved.choose', 'Choose a namespace, a pod or a job to save a search.')}</Text>
    );
  }
  if (isFull) {
    return (
      <Text color="secondary">
        {t('logs.saved.full', '{{limit}} are kept: delete one to save another.', { limit: KEPT_SEARCHES })}
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
              maxLength={NAME_LIMIT}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
            <Button type="submit" disabled={name === ''}>
              {t('logs.saved.save', 'Save')}
            </Button>
          </div>
        </Field>
        <div>
          <Checkbox
            label={t('logs.saved.with-range', 'With its time range')}
            description={rangeText(writtenRange(model))}
            value={withRange}
            onChange={({ currentTarget }) => setWithRange(currentTarget.checked)}
          />
        </div>
      </Stack>
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', maxHeight: 320, overflowY: 'auto' }),
  row: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), minWidth: 0 }),
  name: css({ flex: 1, minWidth: 0, overflowWrap: 'anywhere', height: 'auto' }),
});
