/** Entries that the watch of a recorded Sedna would have led to, for tests. */
import { findKind, getWorkerLabelPrefix, KINDS, type KindName } from '../kinds';
import { readRecordedVersions, type RecordedVersion } from '../recording.fixture';
import { hashCondition, toJournalCondition } from './condition';
import { JOURNAL_VERSION, type JournalEntry, type JournalPod } from './entry';
import { formatHash } from './hash';

/** Returns the worker type and the owner's kind and name of a pod. */
function findOwner({ metadata: { labels = {} } }: RecordedVersion['object']) {
  for (const { kind } of KINDS) {
    const prefix = getWorkerLabelPrefix(kind);
    if (labels[`${prefix}name`] !== undefined) {
      const [name, uid, worker] = ['name', 'uid', 'worker-type'].map((label) => labels[`${prefix}${label}`]);
      return { kind, name, uid, worker };
    }
  }
  return undefined;
}

/** Returns entries of conditions, lives, and worker pods of all objects, in the order in which they were seen. */
export function readRecordedEntries(): JournalEntry[] {
  const entries: JournalEntry[] = [];
  const conditions = new Map<string, unknown[]>();
  const phases = new Map<string, string | undefined>();
  let seq = 0;
  for (const { time: seen, event, object } of readRecordedVersions()) {
    const { name, namespace = '', uid, creationTimestamp } = object.metadata;
    const add = (subject: object, what: string, time: string, body: object = {}) =>
      entries.push({
        v: JOURNAL_VERSION,
        what,
        id: `${uid}:${what}:${seq}`,
        ...subject,
        time,
        seen,
        seq: seq++,
        at: time,
        ...body,
      } as JournalEntry);
    if (object.kind === 'Pod') {
      const owner = findOwner(object);
      const phase = object.status?.phase as string | undefined;
      const before = phases.get(uid);
      if (owner && phase !== before) {
        const pod: JournalPod = { name, uid, node: object.spec?.nodeName as string | undefined, worker: owner.worker };
        const subject = { kind: owner.kind, namespace, name: owner.name, uid: owner.uid };
        if (before === undefined) {
          add(subject, 'pod-created', creationTimestamp, { pod });
        }
        if (phase === 'Running') {
          add(subject, 'pod-started', (object.status?.startTime as string | undefined) ?? seen, { pod });
        } else if (phase === 'Succeeded' || phase === 'Failed') {
          add(subject, 'pod-ended', seen, { pod, phase, containers: [] });
        }
        phases.set(uid, phase);
      }
      continue;
    }
    if (!findKind(object.kind)) {
      continue;
    }
    const kind = object.kind as KindName;
    const subject = { kind, namespace, name, uid };
    const before = conditions.get(uid);
    const now = (object.status?.conditions ?? []) as unknown[];
    if (!before) {
      add(subject, 'created', creationTimestamp);
    }
    now.forEach((raw, index) => {
      const condition = toJournalCondition(kind, raw, index);
      const time = condition.lastTransitionTime ?? condition.lastHeartbeatTime ?? seen;
      if (index >= (before?.length ?? 0)) {
        add(subject, 'condition', time, { condition });
      } else if (hashCondition(before![index]) !== hashCondition(raw)) {
        add(subject, 'condition-replaced', time, { condition, lost: toJournalCondition(kind, before![index], index) });
      }
    });
    if (before && now.length < before.length) {
      const lost = before.slice(now.length).map((raw, offset) => ({
        index: now.length + offset,
        hash: formatHash(hashCondition(raw)),
      }));
      add(subject, 'conditions-lost', seen, { before: before.length, after: now.length, lost });
    }
    conditions.set(uid, now);
    if (event === 'DELETED') {
      add(subject, 'deleted', seen);
    }
  }
  return entries;
}
