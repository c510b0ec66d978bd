import React from 'react';
import { dateTimeFormatTimeAgo } from '@grafana/data';
import { Tooltip } from '@grafana/ui';
import { formatAbsoluteTime } from './format/formatAbsoluteTime';

interface Props {
  /** Unix time in seconds. */
  seconds: number;
  /** Returns the whole text, so that a translation decides where the relative time stands. */
  children: (ago: string) => string;
}

/** Shows a text that contains a relative time, with the absolute time and its zone in the tooltip. */
export function TimeAgoText({ seconds, children }: Props) {
  return (
    <Tooltip content={formatAbsoluteTime(seconds)}>
      <span>{children(dateTimeFormatTimeAgo(seconds * 1000))}</span>
    </Tooltip>
  );
}
