/** Whether the local controller (LC) that watches the dataset of a job is connected to the global manager (GM). */
import { getControllerNode, type Facts } from '../facts';
import { hasCondition, type RuleContext } from '../rule';
import { REPORT_WRITE_TIMEOUT_SECONDS, SIGNATURE_ACTIVE_SECONDS } from '../thresholds';

const hasReported = hasCondition('*/Ready');

/** Time of the newest report of the LC, by the clock of the GM, which also writes the log. */
function lastReport(facts: Facts): number {
  // Only an LC reports samples and Ready stages.
  const ready = hasReported(facts) ? facts.condition?.since : undefined;
  return Math.max(facts.dataset?.updated ?? -Infinity, ready ?? -Infinity);
}

export interface Connection {
  connected: boolean;
  /** Time of the log line; absent where only the series is known. */
  since?: number;
}

/** Returns the state of the connection; undefined if neither logs nor series show it. */
export function getConnection({ facts, signatures, now }: RuleContext): Connection | undefined {
  const node = getControllerNode(facts);
  const newest = signatures
    .all('node-connected', 'node-disconnected')
    .filter((sign) => sign.value === node)
    .pop();
  // A log line is newer than the series made from it.
  const connected = newest ? newest.id === 'node-connected' : facts.localController?.connected;
  if (connected === undefined || connected) {
    return connected === undefined ? undefined : { connected, since: newest?.line.time };
  }
  // A half-open connection may be closed long after the LC opened a new one. Then reports continue.
  const closedAt = newest?.line.time ?? now - SIGNATURE_ACTIVE_SECONDS;
  return { connected: lastReport(facts) - closedAt > REPORT_WRITE_TIMEOUT_SECONDS, since: newest?.line.time };
}
