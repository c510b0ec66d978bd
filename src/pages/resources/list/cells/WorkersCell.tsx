import React from 'react';
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { StaleContent } from '../../../../ui/feedback/Staleness';
import type { ResourceRow } from '../rows';
import { UnavailableValue } from './UnavailableValue';
import { t } from '../../../../platform/i18n';

const formatCount = (value: number) => formattedValueToString(getValueFormat('locale')(value, 0));

/** Shows the numbers of worker pods from the status of the object. */
export function WorkersCell({ row, loaded }: { row: ResourceRow; loaded: boolean }) {
  if (!loaded) {
    return <UnavailableValue />;
  }
  const { active_workers: active, failed_workers: failed, succeeded_workers: succeeded } = row.numbers;
  const counts = [
    active !== undefined && t('resources.workers.active', '{{number}} active', { number: formatCount(active) }),
    succeeded !== undefined &&
      t('resources.workers.succeeded', '{{number}} succeeded', { number: formatCount(succeeded) }),
    failed !== undefined && t('resources.workers.failed', '{{number}} failed', { number: formatCount(failed) }),
  ].filter((text) => text !== false);
  return (
    <StaleContent staleness={row.staleness}>
      {counts.length === 0 ? t('since.unknown', 'Not recorded') : counts.join(' · ')}
    </StaleContent>
  );
}
