/** Whether a value is what is now, or what was when somebody last told of it. */

/** Seconds; more than the time after which Kubernetes itself calls a node unknown (40 s, since 1.32 50 s). */
export const NODE_OFFLINE_AFTER_SECONDS = 60;

/** Seconds; more than the longest usual interval between two scrapes (60 s), with one of them lost. */
export const SAMPLES_STALE_AFTER_SECONDS = 150;

export type Staleness =
  | { state: 'fresh' }
  /** Prometheus got no newer samples; `since` is Unix time in seconds of the newest. */
  | { state: 'stale'; since: number }
  /** The node that reports is offline; `since` is Unix time in seconds of its last sign of life. */
  | { state: 'offline'; node: string; since: number };

export interface ReportedState {
  /** Unix time in seconds. */
  now: number;
  /** Unix time in seconds of the newest sample; absent where it is not known. */
  sampledAt?: number;
  /** A node that reports and is silent: its name, and how many seconds ago it last gave a sign of life. */
  offlineNode?: { node: string; age: number };
}

/** Judges what is shown of one object. A silent node counts more: fresh samples only repeat what it last said. */
export function getStaleness({ now, sampledAt, offlineNode }: ReportedState): Staleness {
  if (offlineNode && offlineNode.age > NODE_OFFLINE_AFTER_SECONDS) {
    return { state: 'offline', node: offlineNode.node, since: now - offlineNode.age };
  }
  if (sampledAt !== undefined && now - sampledAt > SAMPLES_STALE_AFTER_SECONDS) {
    return { state: 'stale', since: sampledAt };
  }
  return { state: 'fresh' };
}
