import { formatTime } from './formatTime';

/**
 * Formats a time in the time zone of the page with its offset from UTC, which is there for every zone, unlike abbreviations.
 * @param seconds Unix time
 */
export const formatAbsoluteTime = (seconds: number): string =>
  `${formatTime(seconds * 1000)} UTC${formatTime(seconds * 1000, { format: 'Z' })}`;
