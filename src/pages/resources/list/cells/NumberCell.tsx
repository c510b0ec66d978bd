import React from 'react';
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { StaleContent } from '../../../../ui/feedback/Staleness';
import type { ResourceRow } from '../rows';
import { UnavailableValue } from './UnavailableValue';
import { t } from '../../../../platform/i18n';

interface Props {
  row: ResourceRow;
  number: number | undefined;
  loaded: boolean;
}

export function NumberCell({ row, number, loaded }: Props) {
  if (!loaded) {
    return <UnavailableValue />;
  }
  return (
    <StaleContent staleness={row.staleness}>
      {number === undefined
        ? t('since.unknown', 'Not recorded')
        : formattedValueToString(getValueFormat('locale')(number, 0))}
    </StaleContent>
  );
}
