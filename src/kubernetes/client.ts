/** Client of the Kubernetes API, independent of the transport. */
import { getWorkerLabelPrefix, type KindName } from '../sedna/kinds';
import type { MetadataPatch } from './manifest';
import { isValidName, buildCollectionPath, buildObjectPath, buildPodsPath } from './apiPaths';
import { KubernetesApiError, toApiError } from './apiError';
import type { ApiRequest, ObjectMeta, SednaObject, Transport } from './types';
import type { ObjectRef } from '../sedna/objectRef';

/** Field manager that Kubernetes records for changes. */
const FIELD_MANAGER = 'sedna-ops';
/** Maximum length of a label value. The global manager can't create pods for objects with a longer name. */
const MAX_LABEL_VALUE = 63;

export interface WorkerPod {
  name: string;
  node?: string;
  phase?: string;
}

/** Every call may throw a {@link KubernetesApiError}. */
export interface KubernetesClient {
  /** Version of the API server, as in `v1.34.3`. */
  version(): Promise<string>;
  /** Checks that the objects of a kind can be listed, by listing at most one. */
  canList(kind: KindName): Promise<void>;
  get(ref: ObjectRef, signal?: AbortSignal): Promise<SednaObject>;
  /** Lists the worker pods of an object, which are deleted with it. */
  pods(object: SednaObject, kind: KindName): Promise<WorkerPod[]>;
  /** Deletes the object with this uid. A recreated object of the same name is a conflict. */
  remove(ref: ObjectRef, uid: string): Promise<void>;
  /** Changes labels and annotations of the object with this uid. */
  patchMetadata(ref: ObjectRef, uid: string, patch: MetadataPatch): Promise<SednaObject>;
  create(ref: ObjectRef, manifest: SednaObject): Promise<SednaObject>;
  /** Creates the object as a dry run and returns the result. */
  tryCreate(ref: ObjectRef, manifest: SednaObject): Promise<SednaObject>;
  /** Applies the manifest to the existing object as a dry run and returns the result. */
  tryApply(ref: ObjectRef, manifest: SednaObject): Promise<SednaObject>;
}

const DRY_RUN = { dryRun: 'All' };
/** Unknown fields are an error instead of silently dropped. */
const CREATE = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' };

interface PodList {
  items?: Array<{
    metadata?: Partial<ObjectMeta>;
    spec?: { nodeName?: string };
    status?: { phase?: string };
  }>;
}

export function createClient(transport: Transport): KubernetesClient {
  const call = async <T>(request: ApiRequest): Promise<T> => {
    try {
      return (await transport(request)) as T;
    } catch (reason) {
      throw toApiError(reason);
    }
  };
  const at = (ref: ObjectRef): string => {
    if (!isValidName(ref)) {
      throw new KubernetesApiError('not-found', `Not a valid Kubernetes object name: ${JSON.stringify(ref.name)}.`);
    }
    return buildObjectPath(ref);
  };
  const post = async (ref: ObjectRef, body: SednaObject, query: Record<string, string>) => {
    at(ref);
    const path = buildCollectionPath(ref.kind, ref.namespace);
    return call<SednaObject>({ method: 'POST', path, query, body });
  };

  return {
    version: async () => {
      const { gitVersion = '' } = await call<{ gitVersion?: string }>({ method: 'GET', path: '/version' });
      return gitVersion;
    },
    canList: async (kind) => {
      await call({ method: 'GET', path: buildCollectionPath(kind), query: { limit: '1' } });
    },
    get: async (ref, signal) => call({ method: 'GET', path: at(ref), signal }),
    pods: async ({ metadata }, kind) => {
      if (metadata.name.length > MAX_LABEL_VALUE) {
        return [];
      }
      const prefix = getWorkerLabelPrefix(kind);
      const query = { labelSelector: `${prefix}name=${metadata.name}` };
      const { items = [] } = await call<PodList>({ method: 'GET', path: buildPodsPath(metadata.namespace), query });
      return items
        .filter(
          ({ metadata: pod }) =>
            pod?.labels?.[`${prefix}uid`] === metadata.uid ||
            pod?.ownerReferences?.some(({ uid }) => uid === metadata.uid)
        )
        .map(({ metadata: pod, spec, status }) => ({
          name: pod?.name ?? '',
          node: spec?.nodeName,
          phase: status?.phase,
        }));
    },
    remove: async (ref, uid) => {
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid }, propagationPolicy: 'Background' };
      await call({ method: 'DELETE', path: at(ref), body });
    },
    patchMetadata: async (ref, uid, patch) =>
      call({
        method: 'PATCH',
        path: at(ref),
        query: { fieldManager: FIELD_MANAGER },
        contentType: 'application/merge-patch+json',
        body: { metadata: { uid, ...patch } },
      }),
    create: (ref, manifest) => post(ref, manifest, CREATE),
    tryCreate: (ref, manifest) => post(ref, manifest, { ...CREATE, ...DRY_RUN }),
    tryApply: async (ref, manifest) =>
      call({
        method: 'PATCH',
        path: at(ref),
        query: { fieldManager: FIELD_MANAGER, force: 'true', fieldValidation: 'Strict', ...DRY_RUN },
        contentType: 'application/apply-patch+yaml',
        body: manifest,
      }),
  };
}
