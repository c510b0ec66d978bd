/** What is known of an object over time, of the most exact sources. */
import { fetchObjectJournal, type JournalRange, type ObjectJournal } from '../journal/fetchJournal';
import type { QueryErrorLike } from '../errors/classifyQueryError';
import { chooseDataSource } from '../../platform/dataSources';
import { canReadObjects } from '../../platform/permissions';
import { getCurrentSettings } from '../../platform/settings/currentSettings';
import { PLUGIN_ID } from '../../platform/links/links';
import { grafanaClient } from '../../kubernetes/grafanaClient';
import type { SednaObject } from '../../kubernetes';
import { mergeLiveConditions, toObjectLives, type ObjectLife } from '../../sedna/journal';
import type { ObjectRef } from '../../sedna/objectRef';

export interface ObjectHistory {
  /**
   * Objects of the name, by when they began: of the journal, with the conditions of the live object. Empty if neither is
   * there; then only scraped metrics are left.
   */
  lives: readonly ObjectLife[];
  /** Uid of the live object; absent if it wasn't read. */
  liveUid?: string;
  journal?: ObjectJournal;
  /** Why Loki didn't answer. */
  journalError?: QueryErrorLike;
  range: JournalRange;
}

const hasLoki = () => chooseDataSource('loki', getCurrentSettings()).state === 'chosen';
const canReadLive = () => getCurrentSettings().kubernetesUrl !== undefined && canReadObjects();

/** Returns whether any source of exact history is configured. */
export const hasExactSource = () => hasLoki() || canReadLive();

/** Returns the object with a uid, or else the newest one. */
export const findLife = (history: ObjectHistory | undefined, uid: string): ObjectLife | undefined =>
  history?.lives.find(({ ref }) => ref.uid === uid) ?? history?.lives.at(-1);

/**
 * Fetches the live object, if there is a connection, and the journal, if there is a Loki.
 * @param pages - maximum number of pages of the journal
 * @param known - history of the same object that was fetched before
 * @returns also if Loki doesn't answer; `journalError` says why
 */
export async function fetchObjectHistory(
  ref: ObjectRef,
  range: JournalRange,
  { pages, known }: { pages: number; known?: ObjectHistory },
  signal?: AbortSignal
): Promise<ObjectHistory> {
  const [journal, live] = await Promise.all([
    hasLoki()
      ? fetchObjectJournal(ref, range, { pages, known: known?.journal }, signal).then(
          (value) => ({ value }),
          (error: QueryErrorLike) => ({ error })
        )
      : undefined,
    fetchLiveObject(ref, signal),
  ]);
  const found = journal && 'value' in journal ? journal.value : undefined;
  return {
    lives: addLiveObject(ref, toObjectLives(found?.entries ?? []), live),
    liveUid: live?.metadata.uid,
    journal: found,
    journalError: journal && 'error' in journal ? journal.error : undefined,
    range,
  };
}

/** Returns undefined if the object can't be read. The Object tab says why. */
async function fetchLiveObject(ref: ObjectRef, signal?: AbortSignal): Promise<SednaObject | undefined> {
  try {
    return canReadLive() ? await grafanaClient(PLUGIN_ID).get(ref, signal) : undefined;
  } catch {
    return undefined;
  }
}

function addLiveObject(
  { kind, namespace, name }: ObjectRef,
  lives: readonly ObjectLife[],
  live: SednaObject | undefined
): readonly ObjectLife[] {
  if (!live) {
    return lives;
  }
  const { uid, creationTimestamp = '' } = live.metadata;
  const now = new Date();
  const created = Date.parse(creationTimestamp) / 1000;
  const known = lives.find(({ ref }) => ref.uid === uid);
  const { conditions } = (live.status ?? {}) as { conditions?: unknown };
  const merged: ObjectLife = {
    pods: [],
    first: created,
    last: now.getTime() / 1000,
    ...known,
    ref: { kind, namespace, name, uid },
    created: Number.isFinite(created) ? created : known?.created,
    deleted: undefined,
    deletedWhileAway: false,
    conditions: mergeLiveConditions(kind, conditions, now.toISOString(), known?.conditions ?? []),
  };
  return [...lives.filter((life) => life !== known), merged];
}
