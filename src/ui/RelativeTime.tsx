import React from 'react';
import { dateTimeFormatTimeAgo } from '@grafana/data';
import { Tooltip } from '@grafana/ui';
import { formatAbsoluteTime } from '../components/formatAbsoluteTime';
import { t } from '../platform/i18n';

/** How long ago a Unix time in seconds is, with the time itself on hover. */
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
