import { useCallback, useEffect, useState } from 'react';
import { toApiError, type KubernetesClient, type KubernetesApiError, type SednaObject } from '../../../kubernetes';
import type { ObjectRef } from '../../../sedna/objectRef';

export type LiveObjectState =
  | { state: 'loading' }
  /** `loadedAt` is Unix time in milliseconds. */
  | { state: 'loaded'; object: SednaObject; loadedAt: number }
  | { state: 'failed'; problem: KubernetesApiError };

/**
 * Fetches an object once, and again on each call of the returned function. The last state stays until the next response.
 * @param client must be stable
 */
export function useLiveObject(
  client: KubernetesClient,
  { kind, namespace, name }: ObjectRef
): [LiveObjectState, () => void] {
  const [live, setLive] = useState<LiveObjectState>({ state: 'loading' });
  const [refreshes, setRefreshes] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    client.get({ kind, namespace, name }).then(
      (object) => isCurrent && setLive({ state: 'loaded', object, loadedAt: Date.now() }),
      (error) => isCurrent && setLive({ state: 'failed', problem: toApiError(error) })
    );
    return () => {
      isCurrent = false;
    };
  }, [client, kind, namespace, name, refreshes]);
  const refresh = useCallback(() => setRefreshes((count) => count + 1), []);
  return [live, refresh];
}
