/** Whether a value is current, stale, or reported by a node that is now offline. */

/** Longer than the grace period after which Kubernetes marks a node unknown (40 s, since 1.32 50 s). */
export const NODE_OFFLINE_AFTER_SECONDS = 60;

/** Longer than two of the longest common scrape intervals (60 s), so that one scrape may fail. */
export const SAMPLES_STALE_AFTER_SECONDS = 150;

export type Staleness =
  | { state: 'fresh' }
  /** Prometheus has no newer samples; `since` is the Unix time in seconds of the newest. */
  | { state: 'stale'; since: number }
  /** The reporting node is offline; `since` is the Unix time in seconds of its last lease renewal. */
  | { state: 'offline'; node: string; since: number };

export interface ReportedState {
  /** Unix time in seconds. */
  now: number;
  /** Unix time in seconds of the newest sample; absent if unknown. */
  sampledAt?: number;
  /** Reporting node with an old lease, and the age of the lease in seconds. */
  offlineNode?: { node: string; age: number };
}

/** Returns the staleness of an object. An offline node takes precedence, because fresh samples repeat its last report. */
export function getStaleness({ now, sampledAt, offlineNode }: ReportedState): Staleness {
  if (offlineNode && offlineNode.age > NODE_OFFLINE_AFTER_SECONDS) {
    return { state: 'offline', node: offlineNode.node, since: now - offlineNode.age };
  }
  if (sampledAt !== undefined && now - sampledAt > SAMPLES_STALE_AFTER_SECONDS) {
    return { state: 'stale', since: sampledAt };
  }
  return { state: 'fresh' };
}
