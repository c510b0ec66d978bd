import React from 'react';
import { IconButton } from '@grafana/ui';
import type { ResourceRow } from '../rows';
import { t } from '../../../../platform/i18n';

interface Props {
  row: ResourceRow;
  starred: boolean;
  onStar: (row: ResourceRow) => void;
}

export function StarCell({ row, starred, onStar }: Props) {
  const values = { name: row.name };
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
