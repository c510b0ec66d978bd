import React, { useState } from 'react';
import { Button } from '@grafana/ui';
import type { PageTimeRange } from '../pageTimeRange';
import type { Selection } from '../selection';
import type { SavedSearch } from './savedSearches';
import { SavedSearchesModal } from './SavedSearchesModal';
import { t } from '../../../platform/i18n';

interface Props {
  selection: Selection;
  timeRange: PageTimeRange;
  onOpenSearch: (search: SavedSearch) => void;
}

export function SavedSearchesButton(props: Props) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="secondary" fill="outline" icon="star" onClick={() => setIsOpen(true)}>
        {t('logs.saved.button', 'Saved searches')}
      </Button>
      {isOpen && <SavedSearchesModal {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}
