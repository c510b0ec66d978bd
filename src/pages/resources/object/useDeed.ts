import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf, type KubernetesProblem } from '../../../kubernetes';

/** Runs what a person asked for, once at a time, and keeps why it failed. */
export function useDeed(): {
  running: boolean;
  problem: KubernetesProblem | undefined;
  run: (deed: () => Promise<void>) => Promise<void>;
} {
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<KubernetesProblem>();
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
        setProblem(problemOf(reason));
      }
    } finally {
      if (mounted.current) {
        setRunning(false);
      }
    }
  }, []);
  return { running, problem, run };
}
