import type { WatchTarget } from '../../cluster/watcher';
import type { Subject } from '../diff/draft';
import { parseEvent, toEventDraft, type InvolvedObject, type KubernetesEvent } from '../diff/eventDiff';
import type { Journal } from '../journal';
import type { SavedState } from '../progress';
import { PostponedObjects, type PostponingTarget } from './postponed';
import { getUid } from './stateTarget';

const PREFIX = 'e/';
/** How long an event waits for the object that it is about: the watches don't arrive in order. */
const MAX_WAIT_MS = 60_000;
const MAX_UNRESOLVED = 2_000;

interface UnresolvedEvent {
  parsed: KubernetesEvent;
  event: unknown;
  untilMs: number;
}

/** Events of Kubernetes about objects of Sedna, their pods, and nodes. Others are ignored. */
export class EventTarget implements WatchTarget, PostponingTarget {
  readonly postponed = new PostponedObjects();
  /** Count of each event that is written, by uid. */
  private readonly counts = new Map<string, number>();
  private listed?: Set<string>;
  private unresolved: UnresolvedEvent[] = [];

  constructor(
    private readonly journal: Journal,
    saved: ReadonlyMap<string, SavedState>,
    private readonly findSubject: (object: InvolvedObject) => Subject | undefined
  ) {
    for (const [key, { state }] of saved) {
      if (key.startsWith(PREFIX) && typeof state.count === 'number') {
        this.counts.set(key.slice(PREFIX.length), state.count);
      }
    }
  }

  beginList(): void {
    this.listed = new Set();
  }

  put(event: unknown): boolean {
    const parsed = parseEvent(event);
    if (!parsed) {
      return false;
    }
    this.listed?.add(parsed.uid);
    if (!this.write(parsed, event) && isOfWorkers(parsed.object)) {
      this.unresolved.push({ parsed, event, untilMs: Date.now() + MAX_WAIT_MS });
      if (this.unresolved.length > MAX_UNRESOLVED) {
        this.unresolved.shift();
      }
    }
    return true;
  }

  putPostponed(uid: string, event: unknown): void {
    if (this.postponed.delete(uid)) {
      if (getUid(event) === uid) {
        this.put(event);
      } else {
        this.journal.countLost();
      }
    }
  }

  /** The API server deletes events after an hour. */
  remove(event: unknown): void {
    const uid = getUid(event) ?? '';
    if (this.postponed.delete(uid)) {
      this.journal.countLost();
    }
    this.forget(uid);
  }

  endList(): void {
    for (const uid of this.counts.keys()) {
      if (!this.listed?.has(uid)) {
        this.forget(uid);
      }
    }
    this.listed = undefined;
  }

  clear(): void {}

  /** Writes events whose object is known now. */
  retry(): void {
    const now = Date.now();
    // Without room, objects are not known yet that the events may be about.
    const hasRoom = this.journal.hasRoom([], 'state');
    this.unresolved = this.unresolved.filter(
      ({ parsed, event, untilMs }) => !this.write(parsed, event) && (untilMs > now || !hasRoom)
    );
  }

  private write(parsed: KubernetesEvent, event: unknown): boolean {
    const { uid, count, object } = parsed;
    if (count <= (this.counts.get(uid) ?? 0)) {
      return true;
    }
    const subject = parsed.subject ?? this.findSubject(object);
    if (!subject) {
      return false;
    }
    const draft = toEventDraft(subject, parsed, event);
    if (!this.journal.hasRoom([draft], 'state')) {
      this.postponed.add(uid, event);
      this.journal.countPostponed();
      return true;
    }
    this.counts.set(uid, count);
    this.journal.write([draft], [{ key: PREFIX + uid, get: () => ({ state: { count } }) }]);
    return true;
  }

  private forget(uid: string): void {
    // Without room, the next list shows that it is gone.
    if (this.counts.has(uid) && this.journal.hasRoom([], 'state')) {
      this.counts.delete(uid);
      this.journal.write([], [{ key: PREFIX + uid }]);
    }
  }
}

const WORKER_KINDS: readonly string[] = ['Pod', 'Deployment', 'ReplicaSet', 'Node'];
const isOfWorkers = ({ kind }: InvolvedObject) => WORKER_KINDS.includes(kind);
