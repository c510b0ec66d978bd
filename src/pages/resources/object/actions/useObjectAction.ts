import { useCallback, useEffect, useRef, useState } from 'react';
import { toApiError, type KubernetesApiError } from '../../../../kubernetes';

/** Runs an action and returns whether it is running and why the last one failed; `run` never rejects. */
export function useObjectAction(): {
  running: boolean;
  problem: KubernetesApiError | undefined;
  run: (action: () => Promise<void>) => Promise<void>;
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
  const run = useCallback(async (action: () => Promise<void>) => {
    setRunning(true);
    setProblem(undefined);
    try {
      await action();
    } catch (error) {
      if (mounted.current) {
        setProblem(toApiError(error));
      }
    } finally {
      if (mounted.current) {
        setRunning(false);
      }
    }
  }, []);
  return { running, problem, run };
}
