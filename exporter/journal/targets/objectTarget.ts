import type { StatusValue } from '../../../src/sedna/journal';
import type { KindName } from '../../../src/sedna/kinds';
import { asObject } from '../../cluster/extract/values';
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
  constructor(private readonly options: ObjectTargetOptions) {
    super(`o/${options.kind}/`, options.journal, options.saved);
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

  /** On a first start, postpones objects instead of holding the histories of all in memory. */
  override put(object: unknown): boolean {
    const uid = getUid(object);
    const isFirst = uid !== undefined && this.isListing && !this.known.has(uid);
    return (isFirst && this.options.isBusy() && this.postponed.add(uid, object)) || super.put(object);
  }

  protected diff(before: ObjectState | undefined, object: unknown): Diff<ObjectState> | undefined {
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
        // Absent in a file of an older exporter.
        since: typeof fields.since === 'string' ? fields.since : (fields.version as string),
        statusChanges: typeof fields.statusChanges === 'number' ? fields.statusChanges : 0,
        ...(typeof fields.generation === 'number' && { generation: fields.generation }),
        spec: parseNumbers(fields.spec),
        status: (asObject(fields.status) ?? {}) as Record<string, StatusValue>,
        hashes: list,
        maxLength: typeof fields.maxLength === 'number' ? fields.maxLength : list.length,
        losses: typeof fields.losses === 'number' ? fields.losses : 0,
        recent: new Map(),
      }
    );
  }
}
