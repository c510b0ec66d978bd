/** Restart from round 1: deletes an object and creates it again. */
import type { KubernetesClient } from './client';
import { toRestartManifest } from './manifest';
import { KubernetesApiError, toApiError, type ApiErrorKind } from './apiError';
import type { ObjectMeta, SednaObject } from './types';
import type { ObjectRef } from '../sedna/objectRef';

/** Steps in their order. A failure up to `delete` changes nothing. */
export type RecreateStep = 'check' | 'delete' | 'wait' | 'create';

export type RecreateOutcome =
  | { state: 'created'; object: SednaObject }
  | { state: 'unchanged'; step: 'check' | 'delete'; problem: KubernetesApiError }
  /** The result of the delete request is unknown. The manifest may be the only copy left. */
  | { state: 'unknown'; problem: KubernetesApiError; manifest: SednaObject }
  /** The object is deleted or terminating, but not recreated. The manifest is the only copy left. */
  | { state: 'halfway'; step: 'wait' | 'create'; problem: KubernetesApiError; manifest: SednaObject };

export interface RecreateOptions {
  client: KubernetesClient;
  ref: ObjectRef;
  /** The object as the user saw it. One that has changed since isn't deleted. */
  object: SednaObject;
  onStep?: (step: RecreateStep) => void;
  /** Waits between two checks whether the object is gone. */
  pause?: () => Promise<void>;
  /** Number of checks until the deletion counts as blocked. */
  maxChecks?: number;
}

const CHECK_INTERVAL_MS = 1000;
const MAX_CHECKS = 60;
const waitForNextCheck = () => new Promise<void>((resolve) => setTimeout(resolve, CHECK_INTERVAL_MS));

/** Errors after which the API server has certainly deleted nothing. */
const REFUSALS: readonly ApiErrorKind[] = [
  'refused-by-grafana',
  'refused-by-kubernetes',
  'token-refused',
  'kind-not-served',
  'conflict',
  'invalid',
];
/** Times that the object must be found unchanged, because a delete without a response may still be in progress. */
const REQUIRED_SIGHTINGS = 3;
/** Maximum number of checks after a delete without a response. */
const MAX_CHECKS_WITHOUT_RESPONSE = 10;

/** Characters of the name in a dry run, which needs another name because the object still exists. */
const DRY_RUN_NAME_LENGTH = 50;

function toDryRun(manifest: SednaObject): SednaObject {
  const { name, ...metadata } = manifest.metadata;
  return {
    ...manifest,
    metadata: { ...metadata, generateName: `${name.slice(0, DRY_RUN_NAME_LENGTH)}-` } as unknown as ObjectMeta,
  };
}

/**
 * Checks that the API server accepts the manifest and that the object is unchanged, deletes it, waits until it is gone, and
 * creates it from the same spec. Never throws. It can't be canceled, so that it never stops halfway.
 */
export async function recreate(options: RecreateOptions): Promise<RecreateOutcome> {
  const { client, ref, object, onStep = () => {}, pause = waitForNextCheck, maxChecks = MAX_CHECKS } = options;
  const manifest = toRestartManifest(object);
  const uid = object.metadata.uid ?? '';
  let step: RecreateStep = 'check';
  const enter = (next: RecreateStep) => {
    step = next;
    onStep(next);
  };
  try {
    enter('check');
    await client.tryCreate(ref, toDryRun(manifest));
    // Last check, to minimize the time for a change that would be lost.
    assertUnchanged(object, await client.get(ref));
    enter('delete');
    const silence = await remove(client, ref, uid);
    if (silence) {
      const fate = await fetchOutcome(client, ref, uid, pause);
      if (fate === 'unknown') {
        return { state: 'unknown', problem: silence, manifest };
      }
      if (fate === 'there') {
        throw silence;
      }
    }
    enter('wait');
    await waitUntilGone(client, ref, uid, pause, maxChecks);
    enter('create');
    return { state: 'created', object: await client.create(ref, manifest) };
  } catch (reason) {
    const problem = toApiError(reason);
    // TypeScript doesn't see the assignment in the callback.
    const failed = step as RecreateStep;
    return failed === 'check' || failed === 'delete'
      ? { state: 'unchanged', step: failed, problem }
      : { state: 'halfway', step: failed, problem, manifest };
  }
}

/** Formats a value so that equal values give the same text, whatever the order of their fields. */
const toCanonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  );

/** Formats all that a recreated object keeps. Status and Sedna's own annotations may change meanwhile. */
const formatKeptState = (object: SednaObject): string => {
  const { uid, generation, deletionTimestamp } = object.metadata;
  return toCanonicalJson([uid, generation, deletionTimestamp, toRestartManifest(object)]);
};

function assertUnchanged(seen: SednaObject, now: SednaObject): void {
  if (formatKeptState(seen) !== formatKeptState(now)) {
    throw new KubernetesApiError('conflict', 'The object was changed after this page loaded it.');
  }
}

/**
 * Requests the deletion.
 * @returns undefined if it is confirmed, or the error that leaves the result unknown
 */
async function remove(client: KubernetesClient, ref: ObjectRef, uid: string): Promise<KubernetesApiError | undefined> {
  try {
    await client.remove(ref, uid);
    return undefined;
  } catch (reason) {
    const problem = toApiError(reason);
    if (REFUSALS.includes(problem.kind)) {
      throw problem;
    }
    return problem;
  }
}

/** Finds out the result of a delete request without a response. */
async function fetchOutcome(
  client: KubernetesClient,
  ref: ObjectRef,
  uid: string,
  pause: () => Promise<void>
): Promise<'gone' | 'there' | 'unknown'> {
  let sightings = 0;
  try {
    for (let check = 0; check < MAX_CHECKS_WITHOUT_RESPONSE; check++) {
      const found = await fetchIfExists(client, ref);
      if (found !== 'no response') {
        if (found?.metadata.uid !== uid || found.metadata.deletionTimestamp !== undefined) {
          return 'gone';
        }
        sightings++;
        if (sightings === REQUIRED_SIGHTINGS) {
          return 'there';
        }
      }
      await pause();
    }
  } catch {
    // The object can't be read, so the result stays unknown.
  }
  return 'unknown';
}

async function waitUntilGone(
  client: KubernetesClient,
  ref: ObjectRef,
  uid: string,
  pause: () => Promise<void>,
  maxChecks: number
): Promise<void> {
  for (let check = 0; check < maxChecks; check++) {
    const found = await fetchIfExists(client, ref);
    if (found === undefined) {
      return;
    }
    if (found !== 'no response' && found.metadata.uid !== uid) {
      throw new KubernetesApiError('conflict', 'Someone else created an object with this name in the meantime.');
    }
    await pause();
  }
  throw new KubernetesApiError('still-there', '');
}

/** Fetches the object if it still exists. An unreachable server isn't an error, because the check is repeated. */
async function fetchIfExists(
  client: KubernetesClient,
  ref: ObjectRef
): Promise<SednaObject | 'no response' | undefined> {
  try {
    return await client.get(ref);
  } catch (reason) {
    const problem = toApiError(reason);
    if (problem.kind === 'not-found') {
      return undefined;
    }
    if (problem.kind === 'unreachable') {
      return 'no response';
    }
    throw problem;
  }
}
