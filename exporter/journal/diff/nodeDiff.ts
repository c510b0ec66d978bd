import { toJournalText } from '../../../src/sedna/journal';
import { SEDNA_NAMESPACE } from '../../../src/sedna/kinds';
import { getPath } from '../../cluster/extract/values';
import { toTime, type Draft, type Subject } from './draft';
import { pickTexts } from './podDiff';

/** What is kept of a node. */
export interface NodeState {
  name: string;
  online: boolean;
}

export const toNodeSubject = (name: string, uid: string): Subject => ({
  kind: 'Node',
  namespace: SEDNA_NAMESPACE,
  name,
  uid,
});

/** Compares two versions of a node. A node that is online when it is first seen has no entry. */
export function diffNode(
  before: NodeState | undefined,
  object: unknown
): { uid: string; drafts: Draft[]; state: NodeState } | undefined {
  const [name, uid] = ['name', 'uid'].map((field) => toJournalText(getPath(object, 'metadata', field)));
  const conditions = getPath(object, 'status', 'conditions');
  const ready = (Array.isArray(conditions) ? conditions : []).find(
    (each) => getPath(each, 'type') === 'Ready'
  ) as unknown;
  if (!name || !uid || ready === undefined) {
    return undefined;
  }
  const online = getPath(ready, 'status') === 'True';
  if (online === (before?.online ?? true)) {
    return { uid, drafts: [], state: { name, online } };
  }
  const time = toTime(getPath(ready, 'lastTransitionTime'));
  const draft: Draft = {
    ...toNodeSubject(name, uid),
    what: online ? 'node-online' : 'node-offline',
    id: `${uid}:${online ? 'online' : 'offline'}:${time ?? ''}`,
    time,
    ...pickTexts(ready, ['reason', 'message']),
  };
  return { uid, drafts: [draft], state: { name, online } };
}
