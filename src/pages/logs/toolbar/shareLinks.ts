/** Links to lines, and the clipboard. */
import { AppEvents, dateMath } from '@grafana/data';
import { getAppEvents } from '@grafana/runtime';
import { buildCurrentUrl } from '../../../platform/links/buildCurrentUrl';
import { toMilliseconds } from '../../../data/logs/logEntries';
import type { LogsPanelLine } from '../../../panels/builders';
import { t } from '../../../platform/i18n';

/** Time before the line that a link covers if the page's time range has a relative start. */
const LINK_RANGE_MS = 3_600_000;

/** Builds a link to the page that ends with a line as the newest and highlights it. */
export function buildLineLink({ timeEpochNs, uid }: LogsPanelLine): string {
  const time = toMilliseconds(BigInt(timeEpochNs));
  const url = buildCurrentUrl({
    to: time + 1,
    order: 'newest',
    // Read by Grafana's logs panel.
    panelState: JSON.stringify({ logs: { id: uid } }),
  });
  const from = url.searchParams.get('from');
  if (from === null || dateMath.isMathString(from)) {
    url.searchParams.set('from', String(time - LINK_RANGE_MS));
  }
  return url.toString();
}

/** Copies a link and notifies the user; false without HTTPS, or if the browser denies access to the clipboard. */
export async function copyLink(link: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    return false;
  }
  getAppEvents().publish({
    type: AppEvents.alertSuccess.name,
    payload: [t('logs.link.copied', 'Link copied to clipboard')],
  });
  return true;
}
