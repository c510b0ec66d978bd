/** Manifests: what of a live object makes the same one anew, and what a person may hand in. */
import { findKind, SEDNA_GROUP, SEDNA_VERSION } from '../sedna/kinds';
import { CREDENTIAL_ANNOTATION, LAST_APPLIED_ANNOTATION, isLikelySecret, MASK, getMaskedPaths } from './mask';
import { isValidName } from './apiPaths';
import type { ObjectMeta, SednaObject } from './types';
import type { ObjectRef } from '../sedna/objectRef';

export const SEDNA_API_VERSION = `${SEDNA_GROUP}/${SEDNA_VERSION}`;

/** Annotations that the global manager writes about the life of an object; a new one starts without them. */
const LIFE_ANNOTATIONS = [`${SEDNA_GROUP}/Train`, `${SEDNA_GROUP}/Eval`, CREDENTIAL_ANNOTATION];

/** Fields of the metadata that the API server gives. */
const SERVER_FIELDS = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

const without = <T>(fields: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** The manifest that makes the same object anew, in its first round: same spec, labels and annotations. */
export function toRestartManifest({ apiVersion, kind, metadata, status: _, ...rest }: SednaObject): SednaObject {
  const { annotations = {}, ...kept } = without(metadata, SERVER_FIELDS) as ObjectMeta;
  const left = without(annotations, LIFE_ANNOTATIONS);
  const made = { ...kept, ...(Object.keys(left).length > 0 && { annotations: left }) } as ObjectMeta;
  return { apiVersion, kind, metadata: made, ...rest };
}

/** Labels and annotations that Sedna, Kubernetes or their tools own; a person does not edit them here. */
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

/** Changed names only; null removes one, as in a JSON merge patch. */
export interface MetadataPatch {
  labels?: Record<string, string | null>;
  annotations?: Record<string, string | null>;
}

function buildPatch(before: Metadata, after: Metadata): Record<string, string | null> | undefined {
  // A name can be that of something every object has.
  const [from, to] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const changed = [...new Set([...from.keys(), ...to.keys()])]
    .filter((name) => from.get(name) !== to.get(name))
    // Reserved names are locked, and what is masked is not the value.
    .filter((name) => !isReserved(name) && !to.get(name)?.includes(MASK))
    .map((name): [string, string | null] => [name, to.get(name) ?? null]);
  return changed.length > 0 ? Object.fromEntries(changed) : undefined;
}

/** What to send for an edit; empty where nothing may be changed. Names that are reserved are left as they are. */
export function buildMetadataPatch(before: MetadataEdit, after: MetadataEdit): MetadataPatch {
  const labels = buildPatch(before.labels, after.labels);
  const annotations = buildPatch(before.annotations, after.annotations);
  return { ...(labels && { labels }), ...(annotations && { annotations }) };
}

const NAME_PART = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

/** Whether Kubernetes takes this as the name of a label or an annotation. */
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
 * Checks what a person handed in, before anything is sent.
 * @param documents the documents of the text, parsed
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
