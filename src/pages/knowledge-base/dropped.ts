/** Dropped tasks with the rule that dropped them, which only a line of the evaluation worker tells. */
import type { PanelData } from '@grafana/data';
import type { LogRow } from '../../sedna/diagnosis';
import { getDropReason, type DropReason } from '../../sedna/learning/modelState';
import { parseLogOrigin } from '../../sedna/logs';
import { evaluationsOf, type Evaluation } from './taskRows';

export interface DroppedTask extends Evaluation {
  key: string;
  /** Absent where no line tells it. */
  reason?: DropReason;
}

const keyOf = (namespace: string, pod: string, task: string) => JSON.stringify([namespace, pod, task]);

/** Rules by the pod and task that a line is about. */
export function dropReasons(lines: readonly LogRow[]): Map<string, DropReason> {
  const reasons = new Map<string, DropReason>();
  for (const { text, labels } of lines) {
    const reason = getDropReason(text);
    const { namespace = '', pod = '' } = parseLogOrigin(labels);
    if (reason) {
      reasons.set(keyOf(namespace, pod, reason.task), reason);
    }
  }
  return reasons;
}

/** Those that the newest evaluation of a job dropped, newest first. */
export const droppedTasks = (data: PanelData | undefined, reasons: ReadonlyMap<string, DropReason>): DroppedTask[] =>
  evaluationsOf(data)
    .filter(({ passed }) => !passed)
    .map((each) => ({
      ...each,
      key: JSON.stringify([each.cluster, each.namespace, each.name, each.task]),
      reason: reasons.get(keyOf(each.namespace, each.pod, each.task)),
    }));
