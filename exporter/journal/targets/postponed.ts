import { getPath } from '../../cluster/extract/values';

/** Where an object is read again. */
export interface ObjectLocation {
  uid: string;
  /** Undefined for a node. */
  namespace?: string;
  name: string;
}

/** A target whose objects wait while the journal can't take more entries. They are read again instead of being kept. */
export interface PostponingTarget {
  readonly postponed: PostponedObjects;
  /** Takes an object that was read again; undefined if it is gone. */
  putPostponed(uid: string, object: unknown): void;
  /** Called from time to time: writes what could not be written when it happened. */
  retry(): void;
}

/** Objects that are read again when there is less to write, oldest first. */
export class PostponedObjects {
  private readonly locations = new Map<string, Omit<ObjectLocation, 'uid'>>();

  get size(): number {
    return this.locations.size;
  }

  /** Returns false if the object can't be read again. */
  add(uid: string, object: unknown): boolean {
    const [namespace, name] = ['namespace', 'name'].map((field) => getPath(object, 'metadata', field));
    if (typeof name !== 'string' || (namespace !== undefined && typeof namespace !== 'string')) {
      return false;
    }
    if (!this.locations.has(uid)) {
      this.locations.set(uid, { name, ...(namespace !== undefined && { namespace }) });
    }
    return true;
  }

  has(uid: string): boolean {
    return this.locations.has(uid);
  }

  delete(uid: string): boolean {
    return this.locations.delete(uid);
  }

  /** Lets the others be read before this one. */
  moveToEnd(uid: string): void {
    const location = this.locations.get(uid);
    if (location && this.locations.delete(uid)) {
      this.locations.set(uid, location);
    }
  }

  first(): ObjectLocation | undefined {
    const [first] = this.locations;
    return first && { uid: first[0], ...first[1] };
  }
}
