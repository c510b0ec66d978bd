import type { RecordedFinding } from '../sedna/diagnosis/attention';
import { getKindKey, type Row } from './rows';

export interface WorkerHealth {
  /** Worker pods that failed in the last hour. */
  failedWorkers: number;
  /** Reason of Kubernetes why a worker container waits. */
  waitingReason?: string;
  /** What Prometheus recorded about the object; absent where it records no findings. */
  findings?: readonly RecordedFinding[];
  /** Whether the exporter can't read one of its sources; absent if it can. */
  isExporterStale?: true;
}

const NONE: WorkerHealth = { failedWorkers: 0 };

const getCluster = ({ cluster = '' }: Row['labels']) => cluster;
/** Several clusters may have objects of the same name. */
const getKey = (labels: Row['labels']) => `${getCluster(labels)}/${getKindKey(labels)}`;

/** Returns a lookup by object from the rows of `unhealthyWorkers`. */
export function getWorkerHealth(unhealthy: readonly Row[]): (object: Row['labels']) => WorkerHealth {
  const health = new Map<string, WorkerHealth>();
  const findings = new Map<string, RecordedFinding[]>();
  const recordedClusters = new Set<string>();
  const staleClusters = new Set<string>();
  for (const { labels, value } of unhealthy) {
    const key = getKey(labels);
    if (!labels.kind) {
      (labels.rule ? staleClusters : recordedClusters).add(getCluster(labels));
    } else if (labels.rule) {
      const known = findings.get(key) ?? [];
      const isHeld = Boolean(labels.held) || known.some((each) => each.rule === labels.rule && each.isHeld);
      findings.set(key, [...known.filter(({ rule }) => rule !== labels.rule), { rule: labels.rule, isHeld }]);
    } else {
      const known = health.get(key) ?? NONE;
      health.set(key, labels.reason ? { ...known, waitingReason: labels.reason } : { ...known, failedWorkers: value });
    }
  }
  return (object) => ({
    ...(health.get(getKey(object)) ?? NONE),
    ...(recordedClusters.has(getCluster(object)) && { findings: findings.get(getKey(object)) ?? [] }),
    ...(staleClusters.has(getCluster(object)) && { isExporterStale: true as const }),
  });
}
