import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { KINDS, SEDNA_GROUP, SEDNA_VERSION } from '../../src/sedna/kinds';
import { getObjectKey, toObjectRef } from '../engine/kernel';
import type { ApplyEffect, DeleteEffect, Json, KubeObject, ObjectMeta, ObjectRef } from '../engine/types';
import { ApiClient, ApiError } from './apiClient';
import { CRD_FOLDER } from '../../tools/projectRoot';
import { SERVER_FIELDS } from '../../src/sedna/serverFields';

const MERGE_PATCH = 'application/merge-patch+json';
const JSON_PATCH = 'application/json-patch+json';
const APPLY_PATCH = 'application/apply-patch+yaml';
const FIELD_MANAGER = 'sedna-ops-demo';
const CRD_PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ESTABLISH_TIMEOUT_MS = 30_000;

const CORE_PLURALS: Record<string, string> = {
  Namespace: 'namespaces',
  Node: 'nodes',
  Pod: 'pods',
  Service: 'services',
  Lease: 'leases',
};
const UID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Bad Request, Forbidden, and Unprocessable Entity: the same write is refused again. */
const REFUSALS: readonly number[] = [400, 403, 422];
const NO_STATUS = new Set(['Lease', 'Service', 'Namespace']);

/** Builds the API path of the collection of a kind. @throws for a kind that the simulation doesn't use */
export function buildCollectionPath({ apiVersion, kind, namespace }: ObjectRef): string {
  const isSedna = apiVersion === `${SEDNA_GROUP}/${SEDNA_VERSION}`;
  const plural = isSedna ? KINDS.find((entry) => entry.kind === kind)?.plural : CORE_PLURALS[kind];
  if (!plural) {
    throw new Error(`${apiVersion} ${kind} has no known API path. Add it to CORE_PLURALS.`);
  }
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}${namespace ? `/namespaces/${namespace}` : ''}/${plural}`;
}

export interface ApiDriverOptions {
  /** Whether each version of an object is written; otherwise only the last one of a call. */
  writesEveryVersion?: boolean;
  /** Called with each version that the API server refuses, which is left out. Without it, a refusal is an error. */
  onRefused?: (error: ApiError) => void;
}

/** Last written state of an object. */
interface WrittenState {
  uid?: string;
  main: Json;
  status: string;
}

const isMap = (value: Json): value is Record<string, Json> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Returns a JSON merge patch (RFC 7386), which removes a key by null; undefined if nothing changed. */
export function createMergePatch(before: Json, after: Json): Json {
  if (!isMap(before) || !isMap(after)) {
    return JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = keys.flatMap((key): Array<[string, Json]> => {
    const change = key in after ? createMergePatch(before[key], after[key]) : null;
    return change === undefined ? [] : [[key, change]];
  });
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

/**
 * Writes simulated or recorded objects to a real Kubernetes API server. Creates objects, and then patches them if they
 * change, for the status in its subresource.
 *
 * The API server sets uid and creationTimestamp. References to owners are translated to the real uids, and the creation
 * time is the time of writing.
 */
export class ApiDriver {
  private readonly client: ApiClient;
  private readonly written = new Map<string, WrittenState>();
  private readonly pending = new Map<string, ApplyEffect | DeleteEffect>();
  /** Uids of the API server by simulated uid. */
  private readonly uids = new Map<string, string>();

  constructor(
    kubeconfig: string,
    private readonly options: ApiDriverOptions = {}
  ) {
    this.client = new ApiClient(kubeconfig);
  }

  /**
   * Applies the CRDs by server-side apply, creates the namespaces, and waits until all kinds are served.
   * @throws if a CRD isn't established within 30 s
   */
  async prepare(namespaces: readonly string[]): Promise<void> {
    const crds = readdirSync(CRD_FOLDER)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => parse(readFileSync(path.join(CRD_FOLDER, file), 'utf8')));
    await Promise.all(
      crds.map((crd) => {
        const url = `${CRD_PATH}/${crd.metadata.name}?fieldManager=${FIELD_MANAGER}&force=true`;
        return this.client.expect('PATCH', url, crd, APPLY_PATCH);
      })
    );
    const deadline = Date.now() + ESTABLISH_TIMEOUT_MS;
    for (const crd of crds) {
      await this.waitUntilEstablished(crd.metadata.name, deadline);
    }
    for (const name of namespaces) {
      await this.applyOne({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
  }

  private async waitUntilEstablished(name: string, deadline: number): Promise<void> {
    for (;;) {
      const { body } = await this.client.expect('GET', `${CRD_PATH}/${name}`);
      const conditions: Array<{ type: string; status: string }> = JSON.parse(body).status?.conditions ?? [];
      if (conditions.some(({ type, status }) => type === 'Established' && status === 'True')) {
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(`The API server doesn't serve ${name}: ${JSON.stringify(conditions)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /**
   * Writes effects in the order of each object.
   * @throws ApiError of the first rejected write; the next call retries all that failed
   */
  async apply(effects: ReadonlyArray<ApplyEffect | DeleteEffect>): Promise<void> {
    for (const effect of effects) {
      const key = getObjectKey(effect.type === 'apply' ? toObjectRef(effect.object) : effect.ref);
      if (this.options.writesEveryVersion && this.pending.has(key)) {
        await this.writePending();
      }
      this.pending.set(key, effect);
    }
    await this.writePending();
  }

  private async writePending(): Promise<void> {
    const all = [...this.pending];
    const isOwned = ([, effect]: [string, ApplyEffect | DeleteEffect]) =>
      effect.type === 'apply' && effect.object.metadata.ownerReferences !== undefined;
    // Owners first, because their objects need the uids.
    for (const group of [all.filter((entry) => !isOwned(entry)), all.filter(isOwned)]) {
      const results = await Promise.allSettled(
        group.map(async ([key, effect]) => {
          await (effect.type === 'apply' ? this.applyOne(effect.object) : this.deleteOne(effect.ref)).catch((error) =>
            this.leaveOut(error)
          );
          this.pending.delete(key);
        })
      );
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) {
        throw failed.reason;
      }
    }
  }

  /** @throws the error unless it is a refusal that the caller wants to know of */
  private leaveOut(error: unknown): void {
    const { onRefused } = this.options;
    if (!onRefused || !(error instanceof ApiError) || !REFUSALS.includes(error.status)) {
      throw error;
    }
    onRefused(error);
  }

  private async applyOne(object: KubeObject): Promise<void> {
    const key = getObjectKey(toObjectRef(object));
    const collection = buildCollectionPath(toObjectRef(object));
    const url = `${collection}/${object.metadata.name}`;
    const { status, ...main } = object;
    const { uid } = object.metadata;
    const body = this.translateUids(main);
    const statusText = JSON.stringify(status ?? null);
    let before = this.written.get(key);
    if (before?.uid !== uid && before !== undefined) {
      // Deleted and created again between two writes.
      await this.deleteOne(toObjectRef(object));
      before = undefined;
    }
    if (before) {
      await this.update(url, before.main, body);
    } else {
      await this.create(collection, url, object, body);
    }
    if (status !== undefined && !NO_STATUS.has(object.kind) && before?.status !== statusText) {
      // A merge patch would keep keys that are gone.
      const replacement = [{ op: 'add', path: '/status', value: status }];
      await this.client.expect('PATCH', `${url}/status`, replacement, JSON_PATCH);
    }
    this.written.set(key, { uid, main: body, status: statusText });
  }

  private async update(url: string, before: Json, after: Json): Promise<void> {
    const node: string | undefined = after.kind === 'Pod' ? after.spec.nodeName : undefined;
    if (node !== undefined && before.spec.nodeName === undefined) {
      // A pod can't be changed to run on a node, only bound to it.
      const { name, namespace } = after.metadata;
      const target = { apiVersion: 'v1', kind: 'Node', name: node };
      const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name, namespace }, target };
      await this.client.expect('POST', `${url}/binding`, binding);
      before = { ...before, spec: { ...before.spec, nodeName: node } };
    }
    const patch = createMergePatch(before, after);
    if (patch !== undefined) {
      await this.client.expect('PATCH', url, patch, MERGE_PATCH);
    }
  }

  private async create(collection: string, url: string, object: KubeObject, body: Json): Promise<void> {
    let response = await this.client.send('POST', collection, body);
    if (response.status === 422 && object.kind === 'Service') {
      // Its address is outside of the range of this API server.
      const { clusterIP: _ip, clusterIPs: _ips, ...spec } = body.spec;
      response = await this.client.send('POST', collection, { ...body, spec });
    }
    let text = response.body;
    if (response.status === 409) {
      // Left by an earlier run, or a namespace that always exists.
      text = (await this.client.expect('PATCH', url, body, MERGE_PATCH)).body;
    } else if (response.status >= 300) {
      throw new ApiError(response.status, `POST ${url}`, response.body);
    }
    const { uid } = object.metadata;
    if (uid) {
      this.uids.set(uid, JSON.parse(text).metadata.uid);
    }
  }

  /** Returns the uid that the API server gave to an object; undefined before it was written. */
  getServerUid(uid: string): string | undefined {
    return this.uids.get(uid);
  }

  /** Replaces the uids of the API server in a text by those of the objects that were written. */
  restoreUids(text: string): string {
    const own = new Map([...this.uids].map(([uid, serverUid]) => [serverUid, uid]));
    return text.replace(UID, (uid) => own.get(uid) ?? uid);
  }

  /** Returns the object without its own uid and with the real uids of owners. */
  private translateUids(object: Omit<KubeObject, 'status'>): Omit<KubeObject, 'status'> {
    const metadata = Object.fromEntries(
      Object.entries(object.metadata).filter(([field]) => !SERVER_FIELDS.includes(field))
    ) as ObjectMeta;
    const toServerUid = (uid: string) => this.uids.get(uid) ?? uid;
    return {
      ...object,
      metadata: {
        ...metadata,
        ...(metadata.labels
          ? {
              labels: Object.fromEntries(
                Object.entries(metadata.labels).map(([name, value]) => [name, toServerUid(value)])
              ),
            }
          : {}),
        ...(metadata.ownerReferences
          ? { ownerReferences: metadata.ownerReferences.map((owner) => ({ ...owner, uid: toServerUid(owner.uid) })) }
          : {}),
      },
    };
  }

  private async deleteOne(ref: ObjectRef): Promise<void> {
    const url = `${buildCollectionPath(ref)}/${ref.name}`;
    const response = await this.client.send('DELETE', url, { gracePeriodSeconds: 0 });
    if (response.status >= 300 && response.status !== 404) {
      throw new ApiError(response.status, `DELETE ${url}`, response.body);
    }
    this.written.delete(getObjectKey(ref));
  }

  /** Closes the connections. */
  close(): void {
    this.client.close();
  }
}
