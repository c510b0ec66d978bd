import { asObject, getPath, type JsonObject } from '../../cluster/extract/values';
import type { WatchTarget } from '../../cluster/watcher';
import type { Draft } from '../diff/draft';
import type { Journal } from '../journal';
import type { SavedState } from '../progress';

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
export abstract class StateTarget<State extends object> implements WatchTarget {
  protected readonly known = new Map<string, Known<State>>();
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
    this.generation++;
  }

  put(object: unknown): boolean {
    const uid = getUid(object);
    if (uid === undefined) {
      return false;
    }
    const known = this.known.get(uid);
    const diff = this.diff(known?.state, object);
    if (!diff) {
      if (known) {
        known.generation = this.generation;
      }
      return true;
    }
    const { drafts, state, from } = diff;
    this.known.set(uid, { state, generation: this.generation });
    if (drafts.length > 0 || !known) {
      this.journal.write(drafts, [{ key: this.prefix + uid, get: () => this.toSaved(state), from }]);
    }
    return true;
  }

  remove(object: unknown): void {
    const uid = getUid(object);
    if (uid !== undefined) {
      // The last version may have something new.
      this.put(object);
      this.forget(uid);
    }
  }

  endList(): void {
    for (const [uid, { generation }] of this.known) {
      if (generation !== this.generation) {
        this.forget(uid);
      }
    }
  }

  /** Keeps everything: the next list shows what is gone. */
  clear(): void {}

  private forget(uid: string): void {
    const known = this.known.get(uid);
    if (known && this.known.delete(uid)) {
      const drafts = this.toDeletedDrafts(known.state, uid, known.generation === 0);
      this.journal.write(drafts, [{ key: this.prefix + uid }]);
    }
  }
}

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
