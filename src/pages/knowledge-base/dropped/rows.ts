/** Dropped tasks and the reason, which only a log line of the evaluation worker has. */
import type { PanelData } from '@grafana/data';
import type { LogRow } from '../../../sedna/diagnosis';
import { getDropReason, type DropReason } from '../../../sedna/learning/modelState';
import { parseLogOrigin } from '../../../sedna/logs';
import { toEvaluations, type Evaluation } from '../evaluations';

export interface DroppedTask extends Evaluation {
  key: string;
  /** Undefined: no log line in the time range. */
  reason?: DropReason;
}

const getReasonKey = (namespace: string, pod: string, task: string) => JSON.stringify([namespace, pod, task]);

/** Returns the reasons by a key of pod and task. */
export function parseDropReasons(lines: readonly LogRow[]): Map<string, DropReason> {
  const reasons = new Map<string, DropReason>();
  for (const { text, labels } of lines) {
    const reason = getDropReason(text);
    const { namespace = '', pod = '' } = parseLogOrigin(labels);
    if (reason) {
      reasons.set(getReasonKey(namespace, pod, reason.task), reason);
    }
  }
  return reasons;
}

/** Returns the tasks that the newest evaluation of a job dropped, newest first. */
export const toDroppedTasks = (data: PanelData | undefined, reasons: ReadonlyMap<string, DropReason>): DroppedTask[] =>
  toEvaluations(data)
    .filter(({ passed }) => !passed)
    .map((each) => ({
      ...each,
      key: JSON.stringify([each.cluster, each.namespace, each.name, each.task]),
      reason: reasons.get(getReasonKey(each.namespace, each.pod, each.task)),
    }));
