/** Restart from round one: the same object made anew. */
import type { KubernetesClient } from './client';
import { restartManifest } from './manifest';
import { KubernetesProblem, problemOf } from './problem';
import type { ObjectAddress, ObjectMeta, SednaObject } from './types';

/** In this order. Up to `delete` a failure leaves everything as it was. */
export type RecreateStep = 'check' | 'delete' | 'wait' | 'create';

export type RecreateOutcome =
  | { state: 'created'; object: SednaObject }
  | { state: 'unchanged'; step: 'check' | 'delete'; problem: KubernetesProblem }
  /** It is deleted, or on its way, and not made anew: the manifest is all that is left. */
  | { state: 'halfway'; step: 'wait' | 'create'; problem: KubernetesProblem; manifest: SednaObject };

export interface RecreateOptions {
  client: KubernetesClient;
  address: ObjectAddress;
  /** As it is now. */
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

/** For a try under another name: the name itself is taken by the object that is to be replaced. */
const TRIAL_PREFIX = 50;

function trialOf(manifest: SednaObject): SednaObject {
  const { name, ...metadata } = manifest.metadata;
  return {
    ...manifest,
    metadata: { ...metadata, generateName: `${name.slice(0, TRIAL_PREFIX)}-` } as unknown as ObjectMeta,
  };
}

/**
 * Checks that the manifest would be accepted, deletes the object, waits until it is gone, and creates it from the same
 * spec. Never throws; it does not stop half-way because nobody watches any more.
 */
export async function recreate(options: RecreateOptions): Promise<RecreateOutcome> {
  const { client, address, object, onStep = () => {}, pause = secondLong, looks = LOOKS } = options;
  const manifest = restartManifest(object);
  const uid = object.metadata.uid ?? '';
  let step: RecreateStep = 'check';
  const enter = (next: RecreateStep) => {
    step = next;
    onStep(next);
  };
  try {
    enter('check');
    await client.tryCreate(address, trialOf(manifest));
    enter('delete');
    await client.remove(address, uid);
    enter('wait');
    await waitUntilGone(client, address, uid, pause, looks);
    enter('create');
    return { state: 'created', object: await client.create(address, manifest) };
  } catch (reason) {
    const problem = problemOf(reason);
    // TypeScript does not see that the callback changes it.
    const failed = step as RecreateStep;
    return failed === 'check' || failed === 'delete'
      ? { state: 'unchanged', step: failed, problem }
      : { state: 'halfway', step: failed, problem, manifest };
  }
}

async function waitUntilGone(
  client: KubernetesClient,
  address: ObjectAddress,
  uid: string,
  pause: () => Promise<void>,
  looks: number
): Promise<void> {
  for (let look = 0; look < looks; look++) {
    const found = await lookFor(client, address);
    if (found === undefined) {
      return;
    }
    if (found !== 'no answer' && found.metadata.uid !== uid) {
      throw new KubernetesProblem('conflict', 'Somebody else has created an object of this name meanwhile.');
    }
    await pause();
  }
  throw new KubernetesProblem('still-there', '');
}

/** undefined when it is gone; a server that is away for a moment is asked again. */
async function lookFor(
  client: KubernetesClient,
  address: ObjectAddress
): Promise<SednaObject | 'no answer' | undefined> {
  try {
    return await client.get(address);
  } catch (reason) {
    const problem = problemOf(reason);
    if (problem.kind === 'not-found') {
      return undefined;
    }
    if (problem.kind === 'unreachable') {
      return 'no answer';
    }
    throw problem;
  }
}
