import React from 'react';
import { Button, IconButton, Input, Stack, Text } from '@grafana/ui';
import { getRowError, type MetadataField, type MetadataRow } from './metadataRows';
import { TEST_IDS } from '../../../../../ui/testIds';
import { t } from '../../../../../platform/i18n';

interface Props {
  title: string;
  field: MetadataField;
  rows: readonly MetadataRow[];
  onChange: (rows: readonly MetadataRow[]) => void;
}

/** Edits the names and values of labels or annotations; locked rows are read-only. */
export function MetadataEditor({ title, field, rows, onChange }: Props) {
  const updateRow = (position: number, change: Partial<MetadataRow>) =>
    onChange(rows.map((row, index) => (index === position ? { ...row, ...change } : row)));
  return (
    <div data-testid={TEST_IDS.object[field]}>
      <Text element="h3" variant="h6">
        {title}
      </Text>
      {rows.map((row, index) => {
        const error = getRowError(field, row, rows);
        return (
          <div key={index}>
            <Stack direction="row" gap={1} alignItems="center">
              <Input
                value={row.name}
                disabled={row.locked}
                aria-label={t('object.metadata.name', 'Name')}
                onChange={({ currentTarget }) => updateRow(index, { name: currentTarget.value })}
              />
              <Input
                value={row.value}
                disabled={row.locked}
                aria-label={t('object.metadata.value', 'Value of {{name}}', { name: row.name })}
                onChange={({ currentTarget }) => updateRow(index, { value: currentTarget.value })}
              />
              <IconButton
                name={row.locked ? 'lock' : 'trash-alt'}
                disabled={row.locked}
                tooltip={
                  row.locked
                    ? t('object.metadata.locked', 'Owned by Sedna or Kubernetes, or secret')
                    : t('object.metadata.remove', 'Remove {{name}}', { name: row.name })
                }
                onClick={() => onChange(rows.filter((_, position) => position !== index))}
              />
            </Stack>
            {error && (
              <Text variant="bodySmall" color="error">
                {error}
              </Text>
            )}
          </div>
        );
      })}
      <Button
        variant="secondary"
        size="sm"
        icon="plus"
        onClick={() => onChange([...rows, { name: '', value: '', locked: false }])}
      >
        {field === 'labels'
          ? t('object.metadata.add-label', 'Add label')
          : t('object.metadata.add-annotation', 'Add annotation')}
      </Button>
    </div>
  );
}
