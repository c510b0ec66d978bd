import type { ObjectHistory } from './objectHistory';
import { findKind } from '../../sedna/kinds';
import type { ObjectLife } from '../../sedna/journal';

/** Where exact conditions come from. */
export type HistorySource = 'object' | 'object-and-journal' | 'journal';

/**
 * Returns the sources of the history of an object: its conditions, or for a kind without conditions its entries. Undefined if
 * neither the live object nor the journal has any, so that only scraped metrics are left.
 */
export function getHistorySource(
  history: ObjectHistory | undefined,
  life: ObjectLife | undefined
): HistorySource | undefined {
  const hasConditions = life !== undefined && (findKind(life.ref.kind)?.conditionTypes.length ?? 0) > 0;
  if (life && !hasConditions) {
    return history?.journal?.entries.some(({ uid }) => uid === life.ref.uid) ? 'journal' : undefined;
  }
  if (!history || !life || life.conditions.length === 0) {
    return undefined;
  }
  if (history.liveUid === undefined || life.ref.uid !== history.liveUid) {
    return 'journal';
  }
  return history.journal && history.journal.entries.length > 0 ? 'object-and-journal' : 'object';
}
