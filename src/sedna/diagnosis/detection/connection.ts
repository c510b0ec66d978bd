/** Whether the local controller (LC) that watches the dataset of a job is connected to the global manager (GM). */
import { getControllerNode, type Facts } from '../facts';
import { hasCondition, type RuleContext } from '../rule';
import { REPORT_WRITE_TIMEOUT_SECONDS, SIGNATURE_ACTIVE_SECONDS } from '../thresholds';

const hasReported = hasCondition('*/Ready');

/** When the LC last got a report through, by the clock of the GM, which is that of its log, too. */
function lastReport(facts: Facts): number {
  // Samples, and that a stage is ready, are what an LC alone tells.
  const ready = hasReported(facts) ? facts.condition?.since : undefined;
  return Math.max(facts.dataset?.updated ?? -Infinity, ready ?? -Infinity);
}

export interface Connection {
  connected: boolean;
  /** When the GM said so; absent where only the series tells. */
  since?: number;
}

/** @returns undefined where nothing tells */
export function getConnection({ facts, signs, now }: RuleContext): Connection | undefined {
  const node = getControllerNode(facts);
  const told = signs
    .all('node-connected', 'node-disconnected')
    .filter((sign) => sign.value === node)
    .pop();
  // A line is newer than the series that is made from it.
  const connected = told ? told.id === 'node-connected' : facts.localController?.connected;
  if (connected === undefined || connected) {
    return connected === undefined ? undefined : { connected, since: told?.line.time };
  }
  // An old connection that was cut half may be closed long after the LC has made another one: then reports go on.
  const closedAt = told?.line.time ?? now - SIGNATURE_ACTIVE_SECONDS;
  return { connected: lastReport(facts) - closedAt > REPORT_WRITE_TIMEOUT_SECONDS, since: told?.line.time };
}
