/** PromQL for the age of node leases. */
import { NODE_OFFLINE_AFTER_SECONDS, NODE_SETTLE_SECONDS } from '../thresholds';
import { NODE } from './labels';

const LEASES = 'kube_lease_renew_time{namespace="kube-node-lease"}';

/** One series for each cluster whose leases are known. Without leases the age of a report can't be judged. */
export const LEASES_KNOWN = `group by (cluster) (${LEASES})`;

const byNode = (expression: string) => `label_replace(${expression}, "node", "$1", "lease", "(.+)")`;

/** Seconds since each node renewed its lease, as of the newest scrape. */
export const leaseAge = () => `max by (${NODE}) (${byNode(`timestamp(${LEASES}) - ${LEASES}`)})`;

/**
 * Nodes that were offline within a window: their reports may be outdated, or still on their way. Alerts wait for the whole
 * window, where the diagnosis judges an object again with its first newer report.
 */
export const unstableNodes = (window: number = NODE_SETTLE_SECONDS) =>
  `max by (${NODE}) (${byNode(`max_over_time((timestamp(${LEASES}) - ${LEASES})[${window}s:1m])`)}) > ${NODE_OFFLINE_AFTER_SECONDS}`;
