import { findKind, KINDS } from '../../../src/sedna/kinds';
import { POD_WORKER_TYPES } from '../../../src/sedna/kinds/workers';
import { asObject } from '../../cluster/extract/values';
import type { Draft, Subject } from '../diff/draft';
import { diffNode, toNodeSubject, type NodeState } from '../diff/nodeDiff';
import { diffPod, type PodState } from '../diff/podDiff';
import type { SavedState } from '../progress';
import { parseFields, parseNumbers, StateTarget, type Diff } from './stateTarget';

/** Number of deleted pods that are remembered, because events about them may follow. */
const MAX_DELETED = 1_000;

/** Worker pods, and pods of Sedna's components. */
export class PodTarget extends StateTarget<PodState> {
  private readonly deleted = new Map<string, Subject>();

  /** Returns the object that a pod works for. */
  findSubject(uid: string): Subject | undefined {
    return this.known.get(uid)?.state.subject ?? this.deleted.get(uid);
  }

  protected diff(before: PodState | undefined, object: unknown): Diff<PodState> | undefined {
    return diffPod(before, object);
  }

  protected toDeletedDrafts({ subject, pod, phase }: PodState, uid: string, away: boolean): Draft[] {
    this.deleted.set(uid, subject);
    if (this.deleted.size > MAX_DELETED) {
      this.deleted.delete(this.deleted.keys().next().value!);
    }
    return [
      {
        ...subject,
        what: 'pod-deleted',
        id: `${uid}:deleted`,
        pod,
        ...(phase && { phase }),
        ...(away && { away: true as const }),
      },
    ];
  }

  protected toSaved(state: PodState): SavedState {
    return { state: { ...state } };
  }

  protected parse({ state }: SavedState): PodState | undefined {
    const subject = parseFields(asObject(state.subject) ?? {}, ['kind', 'namespace', 'name']);
    const pod = parseFields(asObject(state.pod) ?? {}, ['name', 'uid']);
    const kind = subject?.kind as string;
    if (!subject || !pod || (kind !== 'Component' && !findKind(kind))) {
      return undefined;
    }
    return {
      subject: subject as unknown as Subject,
      pod: pod as unknown as PodState['pod'],
      ...(typeof state.phase === 'string' && { phase: state.phase }),
      ...(state.started === true && { started: true }),
      ...(state.ended === true && { ended: true }),
      restarts: parseNumbers(state.restarts),
    };
  }
}

export class NodeTarget extends StateTarget<NodeState> {
  findSubject(name: string): Subject | undefined {
    const entry = [...this.known].find(([, { state }]) => state.name === name);
    return entry && toNodeSubject(name, entry[0]);
  }

  protected diff(before: NodeState | undefined, object: unknown): Diff<NodeState> | undefined {
    return diffNode(before, object);
  }

  protected toDeletedDrafts({ name }: NodeState, uid: string, away: boolean): Draft[] {
    return [
      { ...toNodeSubject(name, uid), what: 'deleted', id: `${uid}:deleted`, ...(away && { away: true as const }) },
    ];
  }

  protected toSaved(state: NodeState): SavedState {
    return { state: { ...state } };
  }

  protected parse({ state }: SavedState): NodeState | undefined {
    const fields = parseFields(state, ['name']);
    return fields && { name: fields.name as string, online: fields.online === true };
  }
}

const WORKER_POD = new RegExp(`^(.+)-(${POD_WORKER_TYPES.join('|')})-[a-z0-9]{5}$`);

/** Returns the objects that a worker pod may work for, by its name. They may not exist. */
export function findWorkerOwner(namespace: string, podName: string): Subject[] {
  const [, name, type] = WORKER_POD.exec(podName) ?? [];
  const kinds = KINDS.filter(({ workers }) => workers?.pods?.includes(type));
  return name ? kinds.map(({ kind }) => ({ kind, namespace, name })) : [];
}
