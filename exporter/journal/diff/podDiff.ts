import { toJournalText, type ContainerEnd, type JournalPod } from '../../../src/sedna/journal';
import { getWorkerLabelPrefix, KINDS } from '../../../src/sedna/kinds';
import { asObject, getPath, type JsonObject } from '../../cluster/extract/values';
import { pickTime, toTime, type Draft, type Subject } from './draft';

/** What is kept of a pod, to compare its next version with. */
export interface PodState {
  /** The object that it works for, or the component of Sedna that it is. */
  subject: Subject;
  pod: JournalPod;
  phase?: string;
  started?: true;
  ended?: true;
  /** Restarts by container. */
  restarts: Readonly<Record<string, number>>;
}

/** Values of the label `sedna` of Sedna's own pods. */
const COMPONENTS: readonly string[] = ['gm', 'lc', 'kb'];
const MAX_MESSAGE_LENGTH = 4_000;

const text = (value: unknown) => toJournalText(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Compares two versions of a pod.
 * @returns undefined for a pod that isn't Sedna's, and without a namespace, name, or uid
 */
export function diffPod(
  before: PodState | undefined,
  object: unknown
): { drafts: Draft[]; state: PodState } | undefined {
  const [namespace, name, uid] = ['namespace', 'name', 'uid'].map((field) => text(getPath(object, 'metadata', field)));
  if (!namespace || !name || !uid) {
    return undefined;
  }
  const owner = before?.subject ? { subject: before.subject, worker: before.pod.worker } : findOwner(object, namespace);
  if (!owner) {
    return undefined;
  }
  const { subject, worker } = owner;
  const node = text(getPath(object, 'spec', 'nodeName'));
  const pod: JournalPod = { name, uid, ...(node && { node }), ...(worker && { worker }) };
  const status = getPath(object, 'status');
  const phase = text(getPath(status, 'phase'));
  const containers = ['initContainerStatuses', 'containerStatuses'].flatMap((field) => list(getPath(status, field)));
  const drafts: Draft[] = [];
  if (!before) {
    const time = toTime(getPath(object, 'metadata', 'creationTimestamp'));
    drafts.push({ ...subject, what: 'pod-created', id: `${uid}:created`, time, pod });
  }
  const hasStarted = phase === 'Running' || phase === 'Succeeded' || phase === 'Failed';
  if (hasStarted && !before?.started) {
    const starts = containers.flatMap(getStarts);
    const time = pickTime('earliest', starts) ?? toTime(getPath(status, 'startTime'));
    drafts.push({ ...subject, what: 'pod-started', id: `${uid}:started`, time, pod });
  }
  const restarts: Record<string, number> = {};
  for (const container of containers) {
    const count = getPath(container, 'restartCount');
    const containerName = text(getPath(container, 'name'));
    if (containerName === undefined || typeof count !== 'number') {
      continue;
    }
    restarts[containerName] = count;
    if (count > (before?.restarts[containerName] ?? 0)) {
      drafts.push({
        ...subject,
        what: subject.kind === 'Component' ? 'component-restarted' : 'pod-restarted',
        id: `${uid}:restart:${containerName}:${count}`,
        time: toTime(
          getPath(container, 'state', 'running', 'startedAt'),
          getPath(container, 'lastState', 'terminated', 'finishedAt')
        ),
        pod,
        restarts: count,
        ended: toContainerEnd(containerName, getPath(container, 'lastState', 'terminated')),
      });
    }
  }
  const hasEnded = phase === 'Succeeded' || phase === 'Failed';
  if (hasEnded && !before?.ended) {
    const ends = containers.flatMap((container) => {
      const terminated = asObject(getPath(container, 'state', 'terminated'));
      return terminated ? [toContainerEnd(text(getPath(container, 'name')) ?? '?', terminated)] : [];
    });
    drafts.push({
      ...subject,
      what: 'pod-ended',
      id: `${uid}:ended`,
      time: pickTime(
        'latest',
        ends.map(({ finishedAt }) => finishedAt)
      ),
      pod,
      phase,
      ...pickTexts(status, ['reason', 'message']),
      containers: ends,
    });
  }
  const state: PodState = {
    subject,
    pod,
    ...(phase && { phase }),
    ...((hasStarted || before?.started) && { started: true as const }),
    ...((hasEnded || before?.ended) && { ended: true as const }),
    restarts: { ...before?.restarts, ...restarts },
  };
  return { drafts, state };
}

/** Returns when a container started, now and before its last restart. */
const getStarts = (container: unknown) =>
  [
    ['state', 'running'],
    ['state', 'terminated'],
    ['lastState', 'terminated'],
  ].map((path) => getPath(container, ...path, 'startedAt'));

/** Finds the object that a pod works for by the labels of the global manager, or the component that it is. */
function findOwner(pod: unknown, namespace: string): { subject: Subject; worker?: string } | undefined {
  const labels = asObject(getPath(pod, 'metadata', 'labels')) ?? {};
  for (const { kind, hasWorkers } of KINDS) {
    const prefix = getWorkerLabelPrefix(kind);
    const name = hasWorkers ? text(labels[`${prefix}name`]) : undefined;
    if (name) {
      const uid = text(labels[`${prefix}uid`]);
      return { subject: { kind, namespace, name, ...(uid && { uid }) }, worker: text(labels[`${prefix}worker-type`]) };
    }
  }
  const component = text(labels.sedna);
  return component && COMPONENTS.includes(component)
    ? { subject: { kind: 'Component', namespace, name: component } }
    : undefined;
}

function toContainerEnd(container: string, terminated: unknown): ContainerEnd {
  const numbers = ['exitCode', 'signal'].flatMap((field) => {
    const value = getPath(terminated, field);
    return typeof value === 'number' ? [[field, value] as const] : [];
  });
  const times = ['startedAt', 'finishedAt'].flatMap((field) => {
    const value = text(getPath(terminated, field));
    return value ? [[field, value] as const] : [];
  });
  return { container, ...Object.fromEntries([...numbers, ...times]), ...pickTexts(terminated, ['reason', 'message']) };
}

/** Returns those fields of an object that are text. */
export function pickTexts<Field extends string>(
  object: unknown,
  fields: readonly Field[]
): Partial<Record<Field, string>> {
  const source: JsonObject = asObject(object) ?? {};
  const entries = fields.flatMap((field) => {
    const value = toJournalText(source[field], MAX_MESSAGE_LENGTH);
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(entries) as Partial<Record<Field, string>>;
}
