/** Restart from round one: the same object made anew. */
import type { KubernetesClient } from './client';
import { toRestartManifest } from './manifest';
import { KubernetesApiError, toApiError, type ApiErrorKind } from './apiError';
import type { ObjectMeta, SednaObject } from './types';
import type { ObjectRef } from '../sedna/objectRef';

/** In this order. Up to `delete` a failure leaves everything as it was. */
export type RecreateStep = 'check' | 'delete' | 'wait' | 'create';

export type RecreateOutcome =
  | { state: 'created'; object: SednaObject }
  | { state: 'unchanged'; step: 'check' | 'delete'; problem: KubernetesApiError }
  /** Deleting was asked for and nobody could say what became of it: the manifest may be all that is left. */
  | { state: 'unknown'; problem: KubernetesApiError; manifest: SednaObject }
  /** It is deleted, or on its way, and not made anew: the manifest is all that is left. */
  | { state: 'halfway'; step: 'wait' | 'create'; problem: KubernetesApiError; manifest: SednaObject };

export interface RecreateOptions {
  client: KubernetesClient;
  ref: ObjectRef;
  /** As it was seen; one that is not like this any more is left alone. */
  object: SednaObject;
  onStep?: (step: RecreateStep) => void;
  /** Resolves after a while; between two looks whether it is gone. */
  pause?: () => Promise<void>;
  /** Looks until something that holds the object is taken for lasting. */
  looks?: number;
}

const SECOND = 1000;
const LOOKS = 60;
const secondLong = () => new Promise<void>((resolve) => setTimeout(resolve, SECOND));

/** Answers after which the API server has surely deleted nothing. */
const REFUSALS: readonly ApiErrorKind[] = [
  'refused-by-grafana',
  'refused-by-kubernetes',
  'token-refused',
  'kind-not-served',
  'conflict',
  'invalid',
];
/** A delete that got no answer may still be under way: so often the object has to be seen as it was. */
const SIGHTINGS = 3;
/** Looks after a delete without an answer, until nobody knows. */
const LOOKS_AFTER_SILENCE = 10;

/** For a try under another name: the name itself is taken by the object that is to be replaced. */
const TRIAL_PREFIX = 50;

function toDryRun(manifest: SednaObject): SednaObject {
  const { name, ...metadata } = manifest.metadata;
  return {
    ...manifest,
    metadata: { ...metadata, generateName: `${name.slice(0, TRIAL_PREFIX)}-` } as unknown as ObjectMeta,
  };
}

/**
 * Checks that the manifest would be accepted and is what is there, deletes the object, waits until it is gone, and
 * creates it from the same spec. Never throws; it does not stop half-way because nobody watches any more.
 */
export async function recreate(options: RecreateOptions): Promise<RecreateOutcome> {
  const { client, ref, object, onStep = () => {}, pause = secondLong, looks = LOOKS } = options;
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
    // Last of all, so that as little time as possible is left for a change that would be lost.
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
    await waitUntilGone(client, ref, uid, pause, looks);
    enter('create');
    return { state: 'created', object: await client.create(ref, manifest) };
  } catch (reason) {
    const problem = toApiError(reason);
    // TypeScript does not see that the callback changes it.
    const failed = step as RecreateStep;
    return failed === 'check' || failed === 'delete'
      ? { state: 'unchanged', step: failed, problem }
      : { state: 'halfway', step: failed, problem, manifest };
  }
}

/** The same text for the same value, in whatever order its fields are. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  );

/** Status, and what Sedna notes in annotations of its own, may go on: neither is made anew. */
const toBeKept = (object: SednaObject): string => {
  const { uid, generation, deletionTimestamp } = object.metadata;
  return canonical([uid, generation, deletionTimestamp, toRestartManifest(object)]);
};

function assertUnchanged(seen: SednaObject, now: SednaObject): void {
  if (toBeKept(seen) !== toBeKept(now)) {
    throw new KubernetesApiError('conflict', 'The object was changed after this page has read it.');
  }
}

/**
 * Asks to delete the object.
 * @returns why nobody knows whether it is deleted; undefined where it is
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

/** What became of an object after a delete without an answer. */
async function fetchOutcome(
  client: KubernetesClient,
  ref: ObjectRef,
  uid: string,
  pause: () => Promise<void>
): Promise<'gone' | 'there' | 'unknown'> {
  let sightings = 0;
  try {
    for (let look = 0; look < LOOKS_AFTER_SILENCE; look++) {
      const found = await lookFor(client, ref);
      if (found !== 'no answer') {
        if (found?.metadata.uid !== uid || found.metadata.deletionTimestamp !== undefined) {
          return 'gone';
        }
        sightings++;
        if (sightings === SIGHTINGS) {
          return 'there';
        }
      }
      await pause();
    }
  } catch {
    // It cannot be read, for whatever reason.
  }
  return 'unknown';
}

async function waitUntilGone(
  client: KubernetesClient,
  ref: ObjectRef,
  uid: string,
  pause: () => Promise<void>,
  looks: number
): Promise<void> {
  for (let look = 0; look < looks; look++) {
    const found = await lookFor(client, ref);
    if (found === undefined) {
      return;
    }
    if (found !== 'no answer' && found.metadata.uid !== uid) {
      throw new KubernetesApiError('conflict', 'Somebody else has created an object of this name meanwhile.');
    }
    await pause();
  }
  throw new KubernetesApiError('still-there', '');
}

/** undefined when it is gone; a server that is away for a moment is asked again. */
async function lookFor(client: KubernetesClient, ref: ObjectRef): Promise<SednaObject | 'no answer' | undefined> {
  try {
    return await client.get(ref);
  } catch (reason) {
    const problem = toApiError(reason);
    if (problem.kind === 'not-found') {
      return undefined;
    }
    if (problem.kind === 'unreachable') {
      return 'no answer';
    }
    throw problem;
  }
}
