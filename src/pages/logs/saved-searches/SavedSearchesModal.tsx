import React, { useState } from 'react';
import { css } from '@emotion/css';
import { Alert, Button, Modal, Stack, Text, useStyles2 } from '@grafana/ui';
import { useUserStorageList } from '../../../platform/storage/useUserStorageList';
import type { PageTimeRange } from '../pageTimeRange';
import type { Selection } from '../selection';
import { addSearch, MAX_SAVED_SEARCHES, removeSearch, SAVED_SEARCHES_CODEC, type SavedSearch } from './savedSearches';
import { SavedSearchRow } from './SavedSearchRow';
import { SaveSearchForm } from './SaveSearchForm';
import { t } from '../../../platform/i18n';

interface Props {
  selection: Selection;
  timeRange: PageTimeRange;
  onOpenSearch: (search: SavedSearch) => void;
  onClose: () => void;
}

/** A change that needs a confirmation because its name is taken. */
interface Replacement {
  name: string;
  confirm: () => void;
}

/** Opens, renames, deletes, and saves searches of the user. */
export function SavedSearchesModal({ selection, timeRange, onOpenSearch, onClose }: Props) {
  const [searches, change] = useUserStorageList('searches', SAVED_SEARCHES_CODEC);
  const [replacement, setReplacement] = useState<Replacement>();
  const styles = useStyles2(getStyles);

  /** @param oldName the name that a rename frees */
  const save = (search: SavedSearch, oldName?: string) => {
    const confirm = () => {
      setReplacement(undefined);
      change((list) => addSearch(oldName === undefined ? list : removeSearch(list, oldName), search));
    };
    if (search.name !== oldName && searches.some(({ name }) => name === search.name)) {
      setReplacement({ name: search.name, confirm });
    } else {
      confirm();
    }
  };

  return (
    <Modal isOpen title={t('logs.saved.title', 'Saved searches')} onDismiss={onClose}>
      <Stack direction="column" gap={2}>
        <Text element="p" color="secondary">
          {t('logs.saved.description', 'Only you can see your saved searches')}
        </Text>
        {searches.length === 0 ? (
          <Text element="p">{t('logs.saved.none', 'No saved searches yet')}</Text>
        ) : (
          <ul className={styles.list} aria-label={t('logs.saved.title', 'Saved searches')}>
            {searches.map((search) => (
              <SavedSearchRow
                key={search.name}
                search={search}
                timeZone={timeRange.timeZone}
                onOpen={() => {
                  onOpenSearch(search);
                  onClose();
                }}
                onRename={(name) => save({ ...search, name }, search.name)}
                onDelete={() => change((list) => removeSearch(list, search.name))}
              />
            ))}
          </ul>
        )}
        {replacement ? (
          <Alert
            severity="warning"
            title={t('logs.saved.name-taken', '"{{name}}" already exists', {
              name: replacement.name,
            })}
          >
            <Stack direction="row" gap={1}>
              <Button size="sm" variant="destructive" onClick={replacement.confirm}>
                {t('logs.saved.replace', 'Replace')}
              </Button>
              <Button size="sm" variant="secondary" onClick={() => setReplacement(undefined)}>
                {t('logs.saved.cancel', 'Cancel')}
              </Button>
            </Stack>
          </Alert>
        ) : (
          <SaveSearchForm {...{ selection, timeRange }} isFull={searches.length >= MAX_SAVED_SEARCHES} onSave={save} />
        )}
      </Stack>
    </Modal>
  );
}

const getStyles = () => ({
  list: css({ listStyle: 'none', maxHeight: 320, overflowY: 'auto' }),
});
