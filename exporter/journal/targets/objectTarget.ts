import type { StatusValue } from '../../../src/sedna/journal';
import type { KindName } from '../../../src/sedna/kinds';
import { asObject, getPath } from '../../cluster/extract/values';
import type { Draft } from '../diff/draft';
import { diffObject, type ObjectState } from '../diff/objectDiff';
import type { Journal } from '../journal';
import type { SavedState } from '../progress';
import { getUid, parseFields, parseNumbers, StateTarget, type Diff } from './stateTarget';

export interface ObjectTargetOptions {
  kind: KindName;
  journal: Journal;
  saved: ReadonlyMap<string, SavedState>;
  /** Whether so much waits to be written that the history of a listed object has to wait. */
  isBusy: () => boolean;
}

/** The custom resources of one kind. */
export class ObjectTarget extends StateTarget<ObjectState> {
  /** Objects that are read again when there is less to write, by uid. */
  private readonly postponed = new Map<string, { namespace: string; name: string }>();
  /** Version of each postponed object that was read, by uid: the watch starts before it and repeats older versions. */
  private readonly readAhead = new Map<string, string>();
  private listing = false;

  constructor(private readonly options: ObjectTargetOptions) {
    super(`o/${options.kind}/`, options.journal, options.saved);
  }

  /** Number of objects whose history waits to be read. */
  get postponedCount(): number {
    return this.postponed.size;
  }

  /** Returns the uid of an object by its name. */
  find(namespace: string, name: string): string | undefined {
    for (const [uid, { state }] of this.known) {
      if (state.name === name && state.namespace === namespace) {
        return uid;
      }
    }
    return undefined;
  }

  override beginList(): void {
    this.listing = true;
    // This list, and the watch after it, have nothing older than what was read before.
    this.readAhead.clear();
    super.beginList();
  }

  override endList(): void {
    this.listing = false;
    super.endList();
  }

  /** On a first start, postpones objects instead of holding the histories of all in memory. */
  override put(object: unknown): boolean {
    const uid = getUid(object);
    if (uid !== undefined && this.listing && !this.known.has(uid) && this.options.isBusy()) {
      const [namespace, name] = ['namespace', 'name'].map((field) => getPath(object, 'metadata', field));
      if (typeof namespace === 'string' && typeof name === 'string') {
        this.postponed.set(uid, { namespace, name });
        return true;
      }
    }
    const isKnown = super.put(object);
    if (uid !== undefined) {
      this.postponed.delete(uid);
    }
    return isKnown;
  }

  /** Returns the next object to read again. */
  nextPostponed(): { namespace: string; name: string; uid: string } | undefined {
    const [first] = this.postponed;
    return first && { uid: first[0], ...first[1] };
  }

  /** Takes a postponed object that was read again; undefined if it is gone. */
  putPostponed(uid: string, object: unknown): void {
    // A watch may have brought a newer version meanwhile.
    if (this.postponed.delete(uid) && getUid(object) === uid) {
      super.put(object);
      const version = this.known.get(uid)?.state.version;
      if (version !== undefined) {
        this.readAhead.set(uid, version);
      }
    }
  }

  override remove(object: unknown): void {
    super.remove(object);
    this.readAhead.delete(getUid(object) ?? '');
  }

  protected diff(before: ObjectState | undefined, object: unknown): Diff<ObjectState> | undefined {
    const uid = getUid(object) ?? '';
    const read = this.readAhead.get(uid);
    if (read !== undefined) {
      const version = getPath(object, 'metadata', 'resourceVersion');
      if (typeof version === 'string' && !isNewer(version, read)) {
        return undefined;
      }
      this.readAhead.delete(uid);
    }
    return diffObject(this.options.kind, before, object);
  }

  protected toDeletedDrafts({ namespace, name }: ObjectState, uid: string, away: boolean): Draft[] {
    const { kind } = this.options;
    return [
      { kind, namespace, name, uid, what: 'deleted', id: `${uid}:deleted`, ...(away && { away: true as const }) },
    ];
  }

  protected toSaved({ hashes, recent: _, specText: __, ...state }: ObjectState): SavedState {
    return { state, list: hashes };
  }

  protected parse({ state, list = [] }: SavedState): ObjectState | undefined {
    const fields = parseFields(state, ['namespace', 'name', 'uid', 'version']);
    return (
      fields && {
        namespace: fields.namespace as string,
        name: fields.name as string,
        uid: fields.uid as string,
        version: fields.version as string,
        ...(typeof fields.generation === 'number' && { generation: fields.generation }),
        spec: parseNumbers(fields.spec),
        status: (asObject(fields.status) ?? {}) as Record<string, StatusValue>,
        hashes: list,
        maxLength: typeof fields.maxLength === 'number' ? fields.maxLength : list.length,
        recent: new Map(),
      }
    );
  }
}

/** Compares versions of a resource, which are decimal numbers of any length. */
const isNewer = (version: string, than: string) =>
  version.length === than.length ? version > than : version.length > than.length;
