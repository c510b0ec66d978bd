/** Paths of objects on the API server. */
import { findKind, SEDNA_GROUP, SEDNA_VERSION, type KindName } from '../sedna/kinds';
import type { ObjectRef } from '../sedna/objectRef';

/** Valid names of custom resources, and of namespaces. */
const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const MAX_NAME = 253;
const MAX_NAMESPACE = 63;

/** Returns whether Kubernetes allows these names. Check them before building a path. */
export const isValidName = ({ namespace, name }: Pick<ObjectRef, 'namespace' | 'name'>): boolean =>
  name.length <= MAX_NAME && NAME.test(name) && namespace.length <= MAX_NAMESPACE && NAMESPACE.test(namespace);

/**
 * Builds the path of all objects of a kind.
 * @param namespace - undefined for all
 */
export function buildCollectionPath(kind: KindName, namespace?: string): string {
  const inNamespace = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `/apis/${SEDNA_GROUP}/${SEDNA_VERSION}${inNamespace}/${findKind(kind)!.plural}`;
}

export const buildObjectPath = ({ kind, namespace, name }: ObjectRef): string =>
  `${buildCollectionPath(kind, namespace)}/${encodeURIComponent(name)}`;

export const buildPodsPath = (namespace: string): string => `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
