import React from 'react';
import { RelativeTime } from '../../../../ui/RelativeTime';
import { StaleContent } from '../../../../ui/feedback/Staleness';
import type { ResourceRow } from '../rows';
import { UnavailableValue } from './UnavailableValue';

interface Props {
  row: ResourceRow;
  /** Unix time in seconds. */
  seconds: number | undefined;
  loaded: boolean;
}

export function TimeCell({ row, seconds, loaded }: Props) {
  return loaded ? (
    <StaleContent staleness={row.staleness}>
      <RelativeTime seconds={seconds} />
    </StaleContent>
  ) : (
    <UnavailableValue />
  );
}
