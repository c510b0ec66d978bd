import { toJournalText } from '../../../src/sedna/journal';
import { findKind, SEDNA_GROUP } from '../../../src/sedna/kinds';
import { DEPLOYMENT_WORKER_TYPES } from '../../../src/sedna/kinds/workers';
import { asObject, getPath } from '../../cluster/extract/values';
import { toTime, type Draft, type Subject } from './draft';
import { pickTexts } from './podDiff';

/** The object that an event of Kubernetes is about. */
export interface InvolvedObject {
  kind: string;
  name: string;
  namespace?: string;
  uid?: string;
  fieldPath?: string;
}

export interface KubernetesEvent {
  uid: string;
  /** How often it happened. An event that happens again is the same object with a higher count. */
  count: number;
  object: InvolvedObject;
  /** Subject that the event names itself; undefined for one of a pod, node, or Deployment. */
  subject?: Subject;
}

/** Parses what identifies an event. Accepts any JSON. */
export function parseEvent(event: unknown): KubernetesEvent | undefined {
  const uid = toJournalText(getPath(event, 'metadata', 'uid'));
  const involved = getPath(event, 'involvedObject');
  const {
    kind,
    name,
    namespace,
    uid: objectUid,
    fieldPath,
  } = pickTexts(involved, ['kind', 'name', 'namespace', 'uid', 'fieldPath']);
  if (!uid || !kind || !name) {
    return undefined;
  }
  const count = [getPath(event, 'series', 'count'), getPath(event, 'count')].find(
    (value): value is number => Number.isSafeInteger(value) && (value as number) > 0
  );
  const isSedna = toJournalText(getPath(involved, 'apiVersion'))?.startsWith(`${SEDNA_GROUP}/`);
  const known = isSedna ? findKind(kind) : undefined;
  return {
    uid,
    count: count ?? 1,
    object: {
      kind,
      name,
      ...(namespace && { namespace }),
      ...(objectUid && { uid: objectUid }),
      ...(fieldPath && { fieldPath }),
    },
    ...(known && namespace && { subject: { kind: known.kind, namespace, name, ...(objectUid && { uid: objectUid }) } }),
  };
}

/** Creates the entry of an event. */
export function toEventDraft(subject: Subject, { uid, count, object }: KubernetesEvent, event: unknown): Draft {
  const read = (...path: string[]) => getPath(event, ...path);
  const firstTime = toTime(read('firstTimestamp'), read('eventTime'), read('metadata', 'creationTimestamp'));
  const lastTime = toTime(read('series', 'lastObservedTime'), read('lastTimestamp')) ?? firstTime;
  const source = toJournalText(read('source', 'component')) ?? toJournalText(read('reportingComponent'));
  return {
    ...subject,
    what: 'event',
    id: `${uid}:${count}`,
    time: lastTime,
    event: {
      uid,
      count,
      ...pickTexts(asObject(event), ['type', 'reason', 'message']),
      ...(firstTime && { firstTime }),
      ...(lastTime && { lastTime }),
      ...(source && { source }),
      object,
    },
  };
}

const WORKER_OWNER = new RegExp(
  `^(.+)-deployment-(${DEPLOYMENT_WORKER_TYPES.flatMap(({ types }) => types).join('|')})(?:-[a-z0-9]+)?$`
);

/** Returns the object whose workers a Deployment or ReplicaSet runs, by its name. It may not exist. */
export function findDeploymentOwner({ kind, name, namespace }: InvolvedObject): Subject | undefined {
  const [, owner, type] = (kind === 'Deployment' || kind === 'ReplicaSet' ? WORKER_OWNER.exec(name) : undefined) ?? [];
  const ownerKind = DEPLOYMENT_WORKER_TYPES.find(({ types }) => types.includes(type))?.kind;
  return owner && ownerKind && namespace ? { kind: ownerKind, namespace, name: owner } : undefined;
}
