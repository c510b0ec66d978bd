/** Manifests: to recreate a live object, and to create one from user input. */
import { findKind, SEDNA_GROUP, SEDNA_VERSION } from '../sedna/kinds';
import { CREDENTIAL_ANNOTATION, LAST_APPLIED_ANNOTATION, isLikelySecret, MASK, getMaskedPaths } from './maskManifest';
import { isValidName } from './apiPaths';
import type { ObjectMeta, SednaObject } from './types';
import type { ObjectRef } from '../sedna/objectRef';
import { SERVER_FIELDS } from '../sedna/serverFields';

export const SEDNA_API_VERSION = `${SEDNA_GROUP}/${SEDNA_VERSION}`;

/** Annotations with state of the global manager, which a new object must not have. */
const LIFE_ANNOTATIONS = [`${SEDNA_GROUP}/Train`, `${SEDNA_GROUP}/Eval`, CREDENTIAL_ANNOTATION];

const without = <T>(fields: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Converts an object to a manifest that recreates it with the same spec, labels, and annotations, from round 1. */
export function toRestartManifest({ apiVersion, kind, metadata, status: _, ...rest }: SednaObject): SednaObject {
  const { annotations = {}, ...kept } = without(metadata, SERVER_FIELDS) as ObjectMeta;
  const left = without(annotations, LIFE_ANNOTATIONS);
  const made = { ...kept, ...(Object.keys(left).length > 0 && { annotations: left }) } as ObjectMeta;
  return { apiVersion, kind, metadata: made, ...rest };
}

/** Returns whether Sedna, Kubernetes, or their tools own a label or annotation, so that users can't edit it here. */
export function isReserved(name: string): boolean {
  const prefix = name.includes('/') ? name.slice(0, name.indexOf('/')) : '';
  return (
    isLikelySecret(name) ||
    name === LAST_APPLIED_ANNOTATION ||
    [SEDNA_GROUP, 'kubernetes.io', 'k8s.io'].some((owner) => prefix === owner || prefix.endsWith(`.${owner}`))
  );
}

export type Metadata = Readonly<Record<string, string>>;
export interface MetadataEdit {
  labels: Metadata;
  annotations: Metadata;
}

/** JSON merge patch with changed names only; null removes a name. */
export interface MetadataPatch {
  labels?: Record<string, string | null>;
  annotations?: Record<string, string | null>;
}

function buildPatch(before: Metadata, after: Metadata): Record<string, string | null> | undefined {
  // Maps, because a name may be a property that every object has.
  const [from, to] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const changed = [...new Set([...from.keys(), ...to.keys()])]
    .filter((name) => from.get(name) !== to.get(name))
    // Reserved names can't be edited, and a masked value isn't the real one.
    .filter((name) => !isReserved(name) && !to.get(name)?.includes(MASK))
    .map((name): [string, string | null] => [name, to.get(name) ?? null]);
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}

/** Builds the patch of an edit, without reserved names. Empty if nothing changed. */
export function buildMetadataPatch(before: MetadataEdit, after: MetadataEdit): MetadataPatch {
  const labels = buildPatch(before.labels, after.labels);
  const annotations = buildPatch(before.annotations, after.annotations);
  return { ...(labels && { labels }), ...(annotations && { annotations }) };
}

const NAME_PART = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

/** Returns whether Kubernetes accepts a name of a label or annotation. */
export function isMetadataName(name: string): boolean {
  const parts = name.split('/');
  return parts.length === 1
    ? NAME_PART.test(name)
    : parts.length === 2 && PREFIX.test(parts[0]) && NAME_PART.test(parts[1]);
}

export const isLabelValue = (value: string): boolean => LABEL_VALUE.test(value);

export type ManifestIssue =
  | { fault: 'no-object' }
  | { fault: 'several-objects' }
  | { fault: 'not-sedna'; apiVersion: string; kind: string }
  | { fault: 'name' }
  /** Values that were masked when the manifest was downloaded. */
  | { fault: 'masked'; paths: readonly string[] };

export type CheckedManifest =
  { state: 'ok'; manifest: SednaObject; ref: ObjectRef } | ({ state: 'faulty' } & ManifestIssue);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks a manifest from user input before any request.
 * @param documents - parsed YAML documents
 */
export function checkManifest(documents: readonly unknown[]): CheckedManifest {
  const given = documents.filter((document) => document !== null && document !== undefined);
  const [value] = given;
  if (given.length > 1) {
    return { state: 'faulty', fault: 'several-objects' };
  }
  if (!isObject(value)) {
    return { state: 'faulty', fault: 'no-object' };
  }
  const kind = findKind(String(value.kind ?? ''));
  if (!kind || value.apiVersion !== SEDNA_API_VERSION) {
    return {
      state: 'faulty',
      fault: 'not-sedna',
      apiVersion: String(value.apiVersion ?? ''),
      kind: String(value.kind ?? ''),
    };
  }
  const { name, namespace } = isObject(value.metadata) ? value.metadata : {};
  if (typeof name !== 'string' || typeof namespace !== 'string' || !isValidName({ name, namespace })) {
    return { state: 'faulty', fault: 'name' };
  }
  const paths = getMaskedPaths(value);
  if (paths.length > 0) {
    return { state: 'faulty', fault: 'masked', paths };
  }
  return {
    state: 'ok',
    manifest: toRestartManifest(value as unknown as SednaObject),
    ref: { kind: kind.kind, namespace, name },
  };
}
