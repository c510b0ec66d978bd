import React from 'react';
import { Text } from '@grafana/ui';
import { t } from '../../../../platform/i18n';

/** Stands for a value whose query failed; an empty cell would claim that the object has none. */
export function UnavailableValue() {
  return <Text color="secondary">{t('resources.unread', 'Not loaded')}</Text>;
}
