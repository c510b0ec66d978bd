import React from 'react';
import { t } from '@grafana/i18n';
import { RelativeTime } from '../../../../ui/RelativeTime';

/** @param seconds Unix time; undefined: before the time range */
export const PeriodStart = ({ seconds }: { seconds: number | undefined }) =>
  seconds === undefined ? (
    <>{t('metrics.before-range', 'Before this time range')}</>
  ) : (
    <RelativeTime seconds={seconds} />
  );
