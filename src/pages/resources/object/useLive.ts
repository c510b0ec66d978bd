import { useCallback, useEffect, useState } from 'react';
import {
  toApiError,
  type KubernetesClient,
  type KubernetesApiError,
  type KubernetesObjectRef,
  type SednaObject,
} from '../../../kubernetes';

export type Live =
  | { state: 'loading' }
  /** `readAt` is Unix time in milliseconds. */
  | { state: 'read'; object: SednaObject; readAt: number }
  | { state: 'failed'; problem: KubernetesApiError };

/**
 * Reads an object once, and again when asked to; what was read stays until the next answer is there.
 * @param address each part must be stable
 */
export function useLive(client: KubernetesClient, { kind, namespace, name }: KubernetesObjectRef): [Live, () => void] {
  const [live, setLive] = useState<Live>({ state: 'loading' });
  const [reading, setReading] = useState(0);
  useEffect(() => {
    let wanted = true;
    client.get({ kind, namespace, name }).then(
      (object) => wanted && setLive({ state: 'read', object, readAt: Date.now() }),
      (reason) => wanted && setLive({ state: 'failed', problem: toApiError(reason) })
    );
    return () => {
      wanted = false;
    };
  }, [client, kind, namespace, name, reading]);
  const refresh = useCallback(() => setReading((count) => count + 1), []);
  return [live, refresh];
}
