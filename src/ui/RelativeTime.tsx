import React from 'react';
import { dateTimeFormatTimeAgo } from '@grafana/data';
import { Tooltip } from '@grafana/ui';
import { formatAbsoluteTime } from './format/formatAbsoluteTime';
import { t } from '../platform/i18n';

/** Shows a Unix time in seconds as a relative time, with the absolute time on hover. */
export function RelativeTime({ seconds }: { seconds: number | undefined }) {
  if (seconds === undefined || !Number.isFinite(seconds)) {
    return <span>{t('since.unknown', 'Not recorded')}</span>;
  }
  return (
    <Tooltip content={formatAbsoluteTime(seconds)}>
      <span>{dateTimeFormatTimeAgo(seconds * 1000)}</span>
    </Tooltip>
  );
}
