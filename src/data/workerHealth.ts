import { getKindKey, type Row } from './rows';

export interface WorkerHealth {
  /** Worker pods that failed in the last hour. */
  failedWorkers: number;
  /** Reason of Kubernetes why a worker container waits. */
  waitingReason?: string;
  /** Rules whose conditions Prometheus recorded for the object. */
  findings?: readonly string[];
}

const NONE: WorkerHealth = { failedWorkers: 0 };

/** Returns a lookup by object from the rows of `unhealthyWorkers`. */
export function getWorkerHealth(unhealthy: readonly Row[]): (object: Row['labels']) => WorkerHealth {
  const health = new Map<string, WorkerHealth>();
  for (const { labels, value } of unhealthy) {
    const key = getKindKey(labels);
    const known = health.get(key) ?? NONE;
    if (labels.rule) {
      health.set(key, { ...known, findings: [...(known.findings ?? []), labels.rule] });
    } else {
      health.set(key, labels.reason ? { ...known, waitingReason: labels.reason } : { ...known, failedWorkers: value });
    }
  }
  return (object) => health.get(getKindKey(object)) ?? NONE;
}
