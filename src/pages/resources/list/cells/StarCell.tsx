import React from 'react';
import { t } from '@grafana/i18n';
import { IconButton } from '@grafana/ui';
import type { ResourceRow } from '../rows';

interface Props {
  row: ResourceRow;
  starred: boolean;
  onStar: (row: ResourceRow) => void;
}

export function StarCell({ row, starred, onStar }: Props) {
  const values = { name: row.name, interpolation: { escapeValue: false } };
  return (
    <IconButton
      name={starred ? 'favorite' : 'star'}
      iconType={starred ? 'mono' : 'default'}
      aria-pressed={starred}
      aria-label={
        starred ? t('resources.unstar', 'Unstar {{name}}', values) : t('resources.star', 'Star {{name}}', values)
      }
      onClick={() => onStar(row)}
    />
  );
}
