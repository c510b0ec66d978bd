/** What worker pods tell of the objects that own them, from the answer to `workerTrouble`. */
import { getKindKey, type Row } from './rows';

export interface WorkerHealth {
  /** Worker pods that failed of late. */
  failedWorkers: number;
  /** Why a worker container waits. */
  waitingReason?: string;
}

const NONE: WorkerHealth = { failedWorkers: 0 };

/** Signs by kind, namespace and name; of an object without trouble there are none. */
export function getWorkerHealth(trouble: readonly Row[]): (object: Row['labels']) => WorkerHealth {
  const signs = new Map<string, WorkerHealth>();
  for (const { labels, value } of trouble) {
    const key = getKindKey(labels);
    const known = signs.get(key) ?? NONE;
    signs.set(key, labels.reason ? { ...known, waitingReason: labels.reason } : { ...known, failedWorkers: value });
  }
  return (object) => signs.get(getKindKey(object)) ?? NONE;
}
