import { dateTimeFormat } from '@grafana/data';

/**
 * Formats a time in the user's time zone with its offset from UTC, which is there for every zone, unlike abbreviations.
 * @param seconds Unix time
 */
export const formatAbsoluteTime = (seconds: number): string =>
  `${dateTimeFormat(seconds * 1000)} UTC${dateTimeFormat(seconds * 1000, { format: 'Z' })}`;
