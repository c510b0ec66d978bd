/** Groups entries of the journal by the object that they are about. */
import { findKind } from '../kinds';
import type { ObjectRef } from '../objectRef';
import type { ContainerEnd, JournalEntry, JournalPod } from './entry';
import { replayConditions, type ReplayedCondition } from './replay';

/** A worker pod, as far as its entries were found. Times are Unix time in seconds. */
export interface JournalPodRun extends JournalPod {
  created?: number;
  started?: number;
  ended?: number;
  deleted?: number;
  phase?: string;
  restarts: number;
  /** Containers of a pod that ended. */
  containers: readonly ContainerEnd[];
}

/** An object from its creation until it was deleted. One that was created again is another. Times are Unix time in seconds. */
export interface ObjectLife {
  ref: ObjectRef;
  /** Absent if its entry wasn't found. */
  created?: number;
  /** Absent while the object exists, as far as the journal knows. */
  deleted?: number;
  /** Whether it was deleted while the exporter was away, so that `deleted` is when that was noticed. */
  deletedWhileAway: boolean;
  /** Time of its first and last entry. */
  first: number;
  last: number;
  conditions: readonly ReplayedCondition[];
  pods: readonly JournalPodRun[];
}

const toSeconds = (time: string) => Date.parse(time) / 1000;

function toPods(entries: readonly JournalEntry[]): JournalPodRun[] {
  const pods = new Map<string, JournalPodRun>();
  for (const entry of entries) {
    if (!('pod' in entry)) {
      continue;
    }
    const { pod } = entry;
    const run = pods.get(pod.uid) ?? { ...pod, restarts: 0, containers: [] };
    pods.set(pod.uid, { ...run, ...pod });
    const known = pods.get(pod.uid)!;
    const time = toSeconds(entry.time);
    if (entry.what === 'pod-created') {
      known.created = time;
    } else if (entry.what === 'pod-started') {
      known.started = time;
    } else if (entry.what === 'pod-ended') {
      Object.assign(known, { ended: time, phase: entry.phase, containers: entry.containers });
    } else if (entry.what === 'pod-deleted') {
      Object.assign(known, { deleted: time, phase: known.phase ?? entry.phase });
    } else if (entry.what === 'pod-restarted') {
      known.restarts = Math.max(known.restarts, entry.restarts);
    }
  }
  return [...pods.values()];
}

function toLife(ref: ObjectRef, entries: readonly JournalEntry[]): ObjectLife {
  const created = entries.find(({ what }) => what === 'created');
  const deleted = [...entries].reverse().find((entry) => entry.what === 'deleted');
  const times = entries.map(({ time }) => toSeconds(time));
  return {
    ref,
    created: created && toSeconds(created.time),
    deleted: deleted && toSeconds(deleted.time),
    deletedWhileAway: deleted?.what === 'deleted' && deleted.away === true,
    first: times.reduce((a, b) => Math.min(a, b)),
    last: times.reduce((a, b) => Math.max(a, b)),
    conditions: replayConditions(entries),
    pods: toPods(entries),
  };
}

/**
 * Returns the objects that the entries are about, by when they began. Entries about nodes, components, and the knowledge base
 * are ignored.
 * @param entries - in the order of `compareEntries`
 */
export function toObjectLives(entries: readonly JournalEntry[]): ObjectLife[] {
  const objects = new Map<string, { ref: ObjectRef; entries: JournalEntry[] }>();
  for (const entry of entries) {
    const kind = findKind(entry.kind)?.kind;
    if (kind) {
      const { cluster, namespace, name, uid } = entry;
      // Earlier entries may not have a cluster.
      const key = JSON.stringify([kind, namespace, name, uid ?? { cluster }]);
      const object = objects.get(key) ?? { ref: { kind, namespace, name, uid }, entries: [] };
      object.ref = { ...object.ref, ...(cluster !== undefined && { cluster }) };
      object.entries.push(entry);
      objects.set(key, object);
    }
  }
  return [...objects.values()].map(({ ref, entries: own }) => toLife(ref, own)).sort((a, b) => a.first - b.first);
}
