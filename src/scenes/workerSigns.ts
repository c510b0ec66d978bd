/** What worker pods tell of the objects that own them, from the answer to `workerTrouble`. */
import { kindKey, type Row } from './rows';

export interface WorkerSigns {
  /** Worker pods that failed of late. */
  failedWorkers: number;
  /** Why a worker container waits. */
  waitingReason?: string;
}

const NONE: WorkerSigns = { failedWorkers: 0 };

/** Signs by kind, namespace and name; of an object without trouble there are none. */
export function workerSigns(trouble: readonly Row[]): (object: Row['labels']) => WorkerSigns {
  const signs = new Map<string, WorkerSigns>();
  for (const { labels, value } of trouble) {
    const key = kindKey(labels);
    const known = signs.get(key) ?? NONE;
    signs.set(key, labels.reason ? { ...known, waitingReason: labels.reason } : { ...known, failedWorkers: value });
  }
  return (object) => signs.get(kindKey(object)) ?? NONE;
}
