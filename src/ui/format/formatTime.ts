import { dateTimeFormat, type DateTimeInput, type DateTimeOptionsWithFormat } from '@grafana/data';
import { getPageTimeZone } from '../../platform/pageTimeZone';

/** Formats a time in the time zone of the page's picker. @param time Unix time in milliseconds, or an ISO date */
export const formatTime = (time: DateTimeInput, options: DateTimeOptionsWithFormat = {}): string =>
  dateTimeFormat(time, { timeZone: getPageTimeZone(), ...options });
