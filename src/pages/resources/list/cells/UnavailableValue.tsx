import React from 'react';
import { t } from '@grafana/i18n';
import { Text } from '@grafana/ui';

/** Stands for a value whose query failed; an empty cell would claim that the object has none. */
export function UnavailableValue() {
  return <Text color="secondary">{t('resources.unread', 'Not loaded')}</Text>;
}
