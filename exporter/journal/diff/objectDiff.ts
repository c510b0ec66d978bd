import { formatHash, hashText, toNamedText, type FieldChange, type StatusValue } from '../../../src/sedna/journal';
import { findKind, type KindName } from '../../../src/sedna/kinds';
import { asObject, getPath } from '../../cluster/extract/values';
import { diffConditions, NO_CONDITIONS, type ConditionState } from './conditionDiff';
import { pickTime, toTime, type Draft, type Subject } from './draft';
import { diffFields, diffHashes, hashFields } from './specDiff';

/** What is kept of an object, to compare its next version with. */
export interface ObjectState extends ConditionState {
  namespace: string;
  name: string;
  uid: string;
  version: string;
  /** Version at which it was first seen. */
  since: string;
  /** Number of versions in which the status changed. */
  statusChanges: number;
  /** Number of changes of the spec. */
  generation?: number;
  /** Hash by field of the spec. */
  spec: Readonly<Record<string, number>>;
  /** The spec as JSON; not known after a restart of the exporter. */
  specText?: string;
  /** Values in the status by path. */
  status: Readonly<Record<string, StatusValue>>;
}

export interface ObjectDiff {
  drafts: Draft[];
  state: ObjectState;
  /** First index at which the conditions differ from those before. */
  from: number;
}

/** Maximum number of values in `status.metrics`. */
const MAX_METRICS = 64;

/**
 * Compares two versions of an object. Accepts any JSON and never throws.
 * @param before - undefined for an object that was never seen
 * @returns undefined without a namespace, name, uid, or version, and for a version that is known
 */
export function diffObject(kind: KindName, before: ObjectState | undefined, object: unknown): ObjectDiff | undefined {
  const metadata = getPath(object, 'metadata');
  const read = (field: string) => toText(getPath(metadata, field));
  const [namespace, name, uid, version] = ['namespace', 'name', 'uid', 'resourceVersion'].map(read);
  if (!namespace || !name || !uid || !version || before?.version === version) {
    return undefined;
  }
  const subject = { kind, namespace, name, uid };
  const created = toTime(getPath(metadata, 'creationTimestamp'));
  const list = getPath(object, 'status', 'conditions');
  const since = before?.since ?? version;
  const conditions = diffConditions(subject, since, before ?? NO_CONDITIONS, Array.isArray(list) ? list : []);
  const generation = getPath(metadata, 'generation');
  const specification = getPath(object, 'spec');
  const status = toStatusValues(kind, getPath(object, 'status'));
  const next: ObjectState = {
    ...conditions.state,
    namespace,
    name,
    uid,
    version,
    since,
    statusChanges: before?.statusChanges ?? 0,
    ...(typeof generation === 'number' && { generation }),
    ...toSpecState(before, specification, generation),
    status,
  };
  const fields = before ? diffSpec(before, next, specification) : [];
  const statusDrafts = diffStatus(subject, before, next);
  const state = statusDrafts.length > 0 ? { ...next, statusChanges: next.statusChanges + 1 } : next;
  const drafts: Draft[] = [
    ...(before ? [] : [{ ...subject, what: 'created' as const, id: `${uid}:created`, time: created }]),
    ...(fields.length > 0
      ? [
          {
            ...subject,
            what: 'changed' as const,
            id: `${uid}:changed:${state.generation ?? version}`,
            fields,
            ...(before?.specText === undefined && { away: true as const }),
          },
        ]
      : []),
    ...conditions.drafts,
    ...statusDrafts,
  ];
  return { drafts, state, from: conditions.from };
}

function toSpecState(
  before: ObjectState | undefined,
  spec: unknown,
  generation: unknown
): Pick<ObjectState, 'spec' | 'specText'> {
  const unchanged =
    before?.specText !== undefined && typeof generation === 'number' && before.generation === generation;
  return unchanged
    ? { spec: before.spec, specText: before.specText }
    : { spec: hashFields(spec), specText: JSON.stringify(spec ?? {}) };
}

function diffSpec(before: ObjectState, after: ObjectState, spec: unknown): FieldChange[] {
  if (before.specText === undefined) {
    return diffHashes(before.spec, after.spec);
  }
  return before.specText === after.specText ? [] : diffFields(JSON.parse(before.specText), spec);
}

/** Times that no entry is about: they change with what they are the time of. */
const TIMES: ReadonlySet<string> = new Set(['status.updateTime']);

function diffStatus(subject: Subject, before: ObjectState | undefined, after: ObjectState): Draft[] {
  const old = before?.status ?? {};
  // The same values may come and go more than once. Without progress, each start sees the same for the first time.
  const position = before ? `${after.since}.${after.statusChanges}` : 'first';
  const paths = [...new Set([...Object.keys(old), ...Object.keys(after.status)])];
  const changed = paths.filter((path) => old[path] !== after.status[path] && !TIMES.has(path));
  // When something is seen for the first time, the object may tell when it was written.
  const updated = toTime(after.status['status.updateTime']);
  const drafts: Draft[] = [];
  if (changed.includes(SAMPLES)) {
    const [from, to] = [old[SAMPLES], after.status[SAMPLES]];
    drafts.push({
      ...subject,
      what: 'samples',
      id: `${after.uid}:samples:${to}:${updated ?? position}`,
      time: updated,
      ...(typeof from === 'number' && { before: from }),
      ...(typeof to === 'number' && { after: to }),
    });
  }
  const fields = changed
    .filter((path) => path !== SAMPLES)
    .map((path) => ({
      path,
      ...(old[path] !== undefined && { before: old[path] }),
      ...(after.status[path] !== undefined && { after: after.status[path] }),
    }));
  if (fields.length > 0) {
    const written = [updated, after.status['status.completionTime'], after.status['status.startTime']];
    const time = updated ?? (before ? undefined : pickTime('latest', [...written, getNewestTime(after)]));
    const content = formatHash(hashText(JSON.stringify(fields)));
    drafts.push({ ...subject, what: 'status', id: `${after.uid}:status:${content}:${position}`, time, fields });
  }
  return drafts;
}

function getNewestTime({ recent, hashes }: ObjectState): string | undefined {
  const newest = JSON.parse(recent.get(hashes.length - 1) ?? '{}') as Record<string, unknown>;
  return toTime(newest.lastTransitionTime, newest.lastHeartbeatTime, newest.lastProbeTime);
}

const SAMPLES = 'status.numberOfSamples';

/** Returns the values in a status that aren't conditions, by path. */
function toStatusValues(kind: KindName, status: unknown): Record<string, StatusValue> {
  const values: Record<string, StatusValue> = {};
  for (const field of findKind(kind)?.statusFields ?? []) {
    const value = getPath(status, field);
    if (field === 'metrics') {
      for (const entry of Array.isArray(value) ? value.slice(0, MAX_METRICS) : []) {
        const key = toText(getPath(entry, 'key'));
        const metric = key === undefined ? undefined : toStatusValue(key, getPath(entry, 'value'));
        if (key !== undefined && metric !== undefined) {
          values[`status.metrics.${key.slice(0, 200)}`] = metric;
        }
      }
    } else {
      const own = toStatusValue(field, value);
      if (own !== undefined) {
        values[`status.${field}`] = own;
      }
    }
  }
  return values;
}

function toStatusValue(name: string, value: unknown): StatusValue | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return toNamedText(name, asObject(value) || Array.isArray(value) ? JSON.stringify(value) : value);
}

const toText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
