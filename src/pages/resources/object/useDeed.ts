import { useCallback, useEffect, useRef, useState } from 'react';
import { toApiError, type KubernetesApiError } from '../../../kubernetes';

/** Runs what a person asked for, once at a time, and keeps why it failed. */
export function useDeed(): {
  running: boolean;
  problem: KubernetesApiError | undefined;
  run: (deed: () => Promise<void>) => Promise<void>;
} {
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<KubernetesApiError>();
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  const run = useCallback(async (deed: () => Promise<void>) => {
    setRunning(true);
    setProblem(undefined);
    try {
      await deed();
    } catch (reason) {
      if (mounted.current) {
        setProblem(toApiError(reason));
      }
    } finally {
      if (mounted.current) {
        setRunning(false);
      }
    }
  }, []);
  return { running, problem, run };
}
