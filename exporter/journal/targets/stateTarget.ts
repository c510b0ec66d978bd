import { asObject, getPath, type JsonObject } from '../../cluster/extract/values';
import type { WatchTarget } from '../../cluster/watcher';
import type { Draft } from '../diff/draft';
import type { Journal, Room } from '../journal';
import type { SavedState } from '../progress';
import { PostponedObjects, type PostponingTarget } from './postponed';

/** Result of the comparison of an object with its version before. */
export interface Diff<State> {
  drafts: readonly Draft[];
  state: State;
  /** First index at which the saved list differs. */
  from?: number;
}

interface Known<State> {
  state: State;
  /** The last list that had the object; 0 if only the last exporter saw it. */
  generation: number;
}

/** Compares each version of the objects of one resource with the one before and writes what differs to the journal. */
export abstract class StateTarget<State extends object> implements WatchTarget, PostponingTarget {
  readonly postponed = new PostponedObjects();
  protected readonly known = new Map<string, Known<State>>();
  protected isListing = false;
  /** Version of each object that was read again, by uid: the watch is behind it and repeats older versions. */
  private readonly readAhead = new Map<string, string>();
  /** When objects were deleted while the journal had no room, by uid. */
  private readonly unwrittenDeletions = new Map<string, string>();
  private generation = 0;

  /**
   * @param prefix - start of the keys in the progress
   * @param saved - what the last exporter saved
   */
  constructor(
    private readonly prefix: string,
    protected readonly journal: Journal,
    saved: ReadonlyMap<string, SavedState>
  ) {
    for (const [key, entry] of saved) {
      const state = key.startsWith(prefix) ? this.parse(entry) : undefined;
      if (state) {
        this.known.set(key.slice(prefix.length), { state, generation: 0 });
      }
    }
  }

  protected abstract parse(saved: SavedState): State | undefined;
  protected abstract toSaved(state: State): SavedState;
  protected abstract diff(before: State | undefined, object: unknown): Diff<State> | undefined;
  /** @param away - whether it happened while no exporter ran */
  protected abstract toDeletedDrafts(state: State, uid: string, away: boolean): Draft[];

  beginList(): void {
    this.isListing = true;
    this.generation++;
    // This list, and the watch after it, have nothing older than what was read before.
    this.readAhead.clear();
  }

  put(object: unknown): boolean {
    const uid = getUid(object);
    if (uid !== undefined) {
      this.apply(uid, object, 'state');
    }
    return uid !== undefined;
  }

  putPostponed(uid: string, object: unknown): void {
    // A watch may have brought a newer version meanwhile.
    if (!this.postponed.delete(uid)) {
      return;
    }
    if (getUid(object) === uid) {
      this.apply(uid, object, 'state');
      const version = getPath(object, 'metadata', 'resourceVersion');
      if (typeof version === 'string' && this.known.has(uid) && !this.postponed.has(uid)) {
        this.readAhead.set(uid, version);
      }
    } else if (!this.known.has(uid)) {
      this.journal.countLost();
    }
  }

  remove(object: unknown): void {
    const uid = getUid(object);
    if (uid === undefined) {
      return;
    }
    // The last version may have something new.
    this.apply(uid, object, 'last');
    if (this.postponed.delete(uid)) {
      this.journal.countLost();
    }
    this.readAhead.delete(uid);
    this.forget(uid);
  }

  endList(): void {
    this.isListing = false;
    for (const [uid, { generation }] of this.known) {
      if (generation !== this.generation) {
        this.forget(uid);
      }
    }
  }

  /** Keeps everything: the next list shows what is gone. */
  clear(): void {}

  /** Writes deletions that didn't fit when they happened. */
  retry(): void {
    for (const uid of this.unwrittenDeletions.keys()) {
      this.forget(uid);
    }
  }

  private apply(uid: string, object: unknown, room: Room): void {
    const known = this.known.get(uid);
    const diff = this.isRepeated(uid, object) ? undefined : this.diff(known?.state, object);
    if (known) {
      known.generation = this.generation;
    }
    if (!diff) {
      return;
    }
    const { drafts, state, from } = diff;
    const isWritten = drafts.length > 0 || !known;
    if (isWritten && !this.journal.hasRoom(drafts, room)) {
      // The state stays as it is, so that the next version shows what differs.
      this.postponed.add(uid, object);
      this.journal.countPostponed();
      return;
    }
    this.postponed.delete(uid);
    this.known.set(uid, { state, generation: this.generation });
    if (isWritten) {
      this.journal.write(drafts, [{ key: this.prefix + uid, get: () => this.toSaved(state), from }]);
    }
  }

  private isRepeated(uid: string, object: unknown): boolean {
    const read = this.readAhead.get(uid);
    const version = getPath(object, 'metadata', 'resourceVersion');
    if (read === undefined || (typeof version === 'string' && !isNewer(version, read))) {
      return read !== undefined;
    }
    this.readAhead.delete(uid);
    return false;
  }

  private forget(uid: string): void {
    const known = this.known.get(uid);
    const drafts = known ? this.toDeletedDrafts(known.state, uid, known.generation === 0) : [];
    if (known && !this.journal.hasRoom(drafts, 'last')) {
      this.unwrittenDeletions.set(uid, this.unwrittenDeletions.get(uid) ?? new Date().toISOString());
      return;
    }
    const time = this.unwrittenDeletions.get(uid);
    this.unwrittenDeletions.delete(uid);
    if (this.known.delete(uid)) {
      this.journal.write(time === undefined ? drafts : drafts.map((draft) => ({ ...draft, time })), [
        { key: this.prefix + uid },
      ]);
    }
  }
}

/** Compares versions of a resource, which are decimal numbers of any length. */
const isNewer = (version: string, than: string) =>
  version.length === than.length ? version > than : version.length > than.length;

export function getUid(object: unknown): string | undefined {
  const uid = getPath(object, 'metadata', 'uid');
  return typeof uid === 'string' && uid !== '' ? uid : undefined;
}

/** Returns the fields of a saved state if those that must be text are. */
export function parseFields(state: JsonObject, texts: readonly string[]): JsonObject | undefined {
  return texts.every((field) => typeof state[field] === 'string') ? state : undefined;
}

/** Returns the numbers of a saved map. */
export const parseNumbers = (value: unknown): Record<string, number> =>
  Object.fromEntries(
    Object.entries(asObject(value) ?? {}).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  );
