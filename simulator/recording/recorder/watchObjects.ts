/** Watches all objects that a recording contains. */
import { setTimeout as sleep } from 'node:timers/promises';
import { KINDS, SEDNA_GROUP, SEDNA_VERSION } from '../../../src/sedna/kinds';
import { maskText } from '../../../src/sedna/masking/maskText';
import type { KubeObject } from '../../engine/types';
import type { ObjectEvent } from '../recording';
import { followLines, type Kubectl } from './kubectl';

/** API paths of everything that is watched. */
const WATCHED_PATHS: readonly string[] = [
  ...KINDS.map(({ plural }) => `/apis/${SEDNA_GROUP}/${SEDNA_VERSION}/${plural}`),
  '/api/v1/pods',
  '/api/v1/nodes',
  '/api/v1/services',
  '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases',
];

const RETRY_MS = 5_000;
const SEDNA_LABEL = new RegExp(`(?:^|\\.)${SEDNA_GROUP.replaceAll('.', '\\.')}/`);
/** Annotations that Sedna reads; all others may contain anything. */
const KEPT_ANNOTATION = /^sedna\.io\/(?:Train|Eval|Deploy)$/;

/** Whether an object belongs to Sedna: pods and services of other applications don't. */
function isOfSedna({ kind, metadata }: KubeObject, namespace: string): boolean {
  return (
    !['Pod', 'Service'].includes(kind) ||
    metadata.namespace === namespace ||
    Object.keys(metadata.labels ?? {}).some((label) => SEDNA_LABEL.test(label))
  );
}

/**
 * Removes annotations and managed fields, and masks secrets in all texts. Also removes spec and status where a mask takes a
 * quote of the JSON with it, as for a secret with a quote.
 */
export function maskObject(object: KubeObject): KubeObject {
  const {
    managedFields: _managed,
    annotations,
    ...metadata
  } = object.metadata as KubeObject['metadata'] & {
    managedFields?: unknown;
  };
  const kept = Object.entries(annotations ?? {}).filter(([name]) => KEPT_ANNOTATION.test(name));
  const shown = {
    ...object,
    metadata: { ...metadata, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) },
  };
  try {
    return JSON.parse(maskText(JSON.stringify(shown))) as KubeObject;
  } catch {
    const { apiVersion, kind, metadata: identity } = shown;
    return { apiVersion, kind, metadata: identity } as KubeObject;
  }
}

interface WatchEvent {
  type: ObjectEvent['event'] | 'BOOKMARK' | 'ERROR';
  object: KubeObject & { metadata: { resourceVersion?: string } };
}

export interface WatchOptions {
  kubectl: Kubectl;
  /** Namespace of Sedna's components. */
  namespace: string;
  onEvent: (event: ObjectEvent['event'], object: KubeObject) => void;
  log: (line: string) => void;
}

/** Watches a path until the signal aborts. Existing objects come first, as added ones. */
async function watchPath(path: string, { kubectl, namespace, onEvent, log }: WatchOptions): Promise<void> {
  let version: string | undefined;
  let problem = '';
  while (!kubectl.signal.aborted) {
    const from = version === undefined ? '' : `&resourceVersion=${version}`;
    await followLines(kubectl, ['get', '--raw', `${path}?watch=true${from}`], (line) => {
      const { type, object } = JSON.parse(line) as WatchEvent;
      if (type === 'ERROR') {
        // The version is too old: start again with all objects.
        version = undefined;
        return;
      }
      version = object.metadata.resourceVersion;
      if (type !== 'BOOKMARK' && isOfSedna(object, namespace)) {
        const masked = maskObject(object);
        if (object.spec !== undefined && masked.spec === undefined) {
          log(
            `  ${object.kind} ${object.metadata.name} is recorded without its spec and status, which can't be masked`
          );
        }
        onEvent(type, masked);
      }
    }).catch((error: Error) => {
      if (error.message !== problem) {
        problem = error.message;
        log(problem);
      }
    });
    await sleep(RETRY_MS, undefined, { signal: kubectl.signal }).catch(() => undefined);
  }
}

/** Watches all paths until the signal aborts. A path that fails is tried again, and its error is logged once. */
export async function watchObjects(options: WatchOptions): Promise<void> {
  await Promise.all(WATCHED_PATHS.map((path) => watchPath(path, options)));
}
