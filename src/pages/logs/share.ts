/** Links to what is looked at, for others. */
import { AppEvents, dateMath } from '@grafana/data';
import { t } from '@grafana/i18n';
import { getAppEvents } from '@grafana/runtime';
import { buildCurrentUrl } from '../../platform/links/buildCurrentUrl';
import { toMilliseconds } from '../../data/logs/logEntries';
import type { LogsPanelLine } from '../../panels/panels';

/** Milliseconds before a line that a link to it shows, where the page follows the clock. */
const LINK_SPAN = 3_600_000;

/** A link to the page as it is, whose newest line is this one, marked. */
export function lineLink({ timeEpochNs, uid }: LogsPanelLine): string {
  const time = toMilliseconds(BigInt(timeEpochNs));
  const url = buildCurrentUrl({
    to: time + 1,
    order: 'newest',
    // Read by Grafana's panel.
    panelState: JSON.stringify({ logs: { id: uid } }),
  });
  const from = url.searchParams.get('from');
  if (from === null || dateMath.isMathString(from)) {
    url.searchParams.set('from', String(time - LINK_SPAN));
  }
  return url.toString();
}

/** Puts a link into the clipboard and says so; false where the browser has none for this page, or refuses. */
export async function copyLink(link: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    return false;
  }
  getAppEvents().publish({
    type: AppEvents.alertSuccess.name,
    payload: [t('logs.link-copied', 'The link is in the clipboard')],
  });
  return true;
}
