import React from 'react';
import { dateTimeFormat, dateTimeFormatTimeAgo } from '@grafana/data';
import { Tooltip } from '@grafana/ui';
import { t } from '@grafana/i18n';

/** How long ago a Unix time in seconds is, with the time itself on hover. */
export function RelativeTime({ seconds }: { seconds: number | undefined }) {
  if (seconds === undefined || !Number.isFinite(seconds)) {
    return <span>{t('since.unknown', 'not recorded')}</span>;
  }
  return (
    <Tooltip content={dateTimeFormat(seconds * 1000)}>
      <span>{dateTimeFormatTimeAgo(seconds * 1000)}</span>
    </Tooltip>
  );
}
