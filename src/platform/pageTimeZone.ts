import type { TimeZone } from '@grafana/schema';

/** Time zone of the picker on the page that is open; the user's own before there is one. */
let current: TimeZone | undefined;

export const getPageTimeZone = (): TimeZone | undefined => current;

export function setPageTimeZone(timeZone: TimeZone | undefined): void {
  current = timeZone;
}
