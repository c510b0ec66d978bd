/** Whether what is known comes from before a node was offline. Until its delayed reports have arrived, that may be outdated. */
import { getControllerNode, type Facts, type NodeFact, type WorkerFact } from '../facts';
import { NODE_OFFLINE_AFTER_SECONDS } from '../thresholds';
import { hasEnded } from './workers';

const isUnstable = ({ leaseAge, worstLeaseAge }: NodeFact): boolean =>
  Math.max(leaseAge, worstLeaseAge) > NODE_OFFLINE_AFTER_SECONDS;

/** Time from which on a node is known to be back; infinite while it is offline. */
const getReturn = ({ leaseAge, lastOffline = Infinity }: NodeFact): number =>
  leaseAge > NODE_OFFLINE_AFTER_SECONDS ? Infinity : lastOffline;

/** Whether a worker was last heard of before its node was offline. An end is final, so that it is never outdated. */
export function isOutdated(worker: WorkerFact, { nodes = [], logs = [] }: Facts): boolean {
  const node = nodes.find((each) => each.node === worker.node);
  if (!node || !isUnstable(node) || hasEnded(worker)) {
    return false;
  }
  const back = getReturn(node);
  return !(
    (worker.changedSince ?? -Infinity) > back || logs.some(({ pod, time }) => pod === worker.pod && time > back)
  );
}

/** Whether the local controller was last heard of, about the object or its dataset, before its node was offline. */
function isControllerOutdated({ object, dataset, logs = [] }: Facts, node: NodeFact): boolean {
  const back = getReturn(node);
  const names = [
    `${object.namespace}/${object.kind.toLowerCase()}/${object.name})`,
    ...(dataset ? [`${object.namespace}/dataset/${dataset.name})`] : []),
  ];
  const isAbout = (text: string) => names.some((name) => text.includes(name));
  return !(
    (dataset?.updated ?? -Infinity) > back ||
    logs.some(({ container, time, text }) => container === 'lc' && time > back && isAbout(text))
  );
}

/** Nodes that an object depends on and that are offline, or were a while ago without a report of it since. */
export function getUnstableNodes(facts: Facts): string[] {
  const { nodes = [], workers = [] } = facts;
  const controllerNode = getControllerNode(facts);
  return nodes
    .filter(isUnstable)
    .filter((node) => {
      const own = workers.filter((worker) => worker.node === node.node && !hasEnded(worker));
      const isControllers = node.node === controllerNode;
      return (
        (own.length === 0 && !isControllers) ||
        own.some((worker) => isOutdated(worker, facts)) ||
        (isControllers && isControllerOutdated(facts, node))
      );
    })
    .map(({ node }) => node);
}
