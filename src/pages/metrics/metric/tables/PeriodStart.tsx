import React from 'react';
import { RelativeTime } from '../../../../ui/RelativeTime';
import { t } from '../../../../platform/i18n';

/** @param seconds Unix time; undefined: before the time range */
export const PeriodStart = ({ seconds }: { seconds: number | undefined }) =>
  seconds === undefined ? (
    <>{t('metrics.before-range', 'Before this time range')}</>
  ) : (
    <RelativeTime seconds={seconds} />
  );
