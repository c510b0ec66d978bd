import React from 'react';
import { dateTimeFormatTimeAgo, dateTimeFormatWithAbbrevation } from '@grafana/data';
import { Tooltip } from '@grafana/ui';

interface Props {
  /** Unix time in seconds. */
  seconds: number;
  /** Returns the whole text, so that a translation decides where the relative time stands. */
  children: (ago: string) => string;
}

/** Shows a text that contains a relative time, with the absolute time and its zone in the tooltip. */
export function TimeAgoText({ seconds, children }: Props) {
  return (
    <Tooltip content={dateTimeFormatWithAbbrevation(seconds * 1000)}>
      <span>{children(dateTimeFormatTimeAgo(seconds * 1000))}</span>
    </Tooltip>
  );
}
