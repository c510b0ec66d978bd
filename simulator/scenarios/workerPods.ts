/** Worker pods and conditions of the kinds beside LifelongLearningJob, as the global manager creates them. */
import { getDeploymentName } from '../../src/sedna/kinds/workers';
import { rfc3339 } from '../engine/clock';
import { buildWorkerLabels, createGeneratedName, SimPod, toOwnerReference, type PodSpec } from '../engine/pods';
import type { Random } from '../engine/random';
import type { SimulationContext } from '../engine/simulationContext';
import type { Json, KubeObject } from '../engine/types';

/** Part of a spec: the template of a worker. */
export const template = (nodeName: string, name: string, image: string): Json => ({
  template: { spec: { nodeName, containers: [{ name, image: `kubeedge/${image}` }] } },
});

/** A condition of a kind without stages. A failure has a reason, unless a worker could not be created. */
export function condition(type: string, at: number, message?: string): Json {
  const time = rfc3339(at);
  const reason = message !== undefined && /^the worker of .* failed$/.test(message) ? 'workerFailed' : undefined;
  return {
    type,
    status: 'True',
    lastHeartbeatTime: time,
    lastTransitionTime: time,
    ...(reason && { reason }),
    ...(message && { message }),
  };
}

/** A condition of a federated learning job, which has another time instead of that of the transition. */
export function federatedCondition(type: string, at: number, message?: string): Json {
  const { lastTransitionTime: lastProbeTime, ...rest } = condition(type, at, message);
  return { ...rest, lastProbeTime };
}

/** Where and from what a worker is made. */
export interface WorkerSpec {
  /** As GM has it; labels and names have it in lower case. */
  type: string;
  node: string;
  container: string;
  image: string;
  /** Tells workers of one owner, type and node apart. */
  run?: number;
  /** Uses the host network, as training workers of incremental and federated learning. */
  hostNetwork?: boolean;
  restartPolicy?: PodSpec['restartPolicy'];
}

type PodDetails = Pick<PodSpec, 'name' | 'labels' | 'owner' | 'restartPolicy' | 'podIp' | 'dnsPolicy'>;

function runPod(
  context: SimulationContext,
  owner: KubeObject,
  worker: WorkerSpec,
  rng: Random,
  more: PodDetails
): SimPod {
  const { node, container, image } = worker;
  const namespace = owner.metadata.namespace!;
  const spec = { namespace, node, container, image: `kubeedge/${image}`, ...more };
  const pod = new SimPod(context.kernel, spec, rng.uuid());
  pod.create();
  pod.run();
  return pod;
}

const forkRandom = (
  { kernel }: SimulationContext,
  { kind, metadata }: KubeObject,
  { type, node, run = 1 }: WorkerSpec
) => kernel.random.fork(`pod/${kind}/${metadata.name}/${type.toLowerCase()}/${node}/${run}`);

/** Creates one worker pod that the resource itself owns, and that runs. */
export function worker(context: SimulationContext, owner: KubeObject, spec: WorkerSpec): SimPod {
  const rng = forkRandom(context, owner, spec);
  const type = spec.type.toLowerCase();
  return runPod(context, owner, spec, rng, {
    name: createGeneratedName(`${owner.metadata.name}-${type}-`, rng),
    labels: buildWorkerLabels(owner, type),
    owner: toOwnerReference(owner),
    restartPolicy: spec.restartPolicy ?? 'OnFailure',
    podIp: spec.hostNetwork ? undefined : `10.244.1.${rng.int(2, 250)}`,
    dnsPolicy: 'ClusterFirst',
  });
}

/**
 * Creates the pod of a worker that runs as a Deployment of one replica: its ReplicaSet owns it, and it has an address
 * in the pod network. Of the Deployment and the ReplicaSet nothing but their names is simulated.
 */
export function deployedWorker(context: SimulationContext, owner: KubeObject, spec: WorkerSpec): SimPod {
  const rng = forkRandom(context, owner, spec);
  const { name } = owner.metadata;
  const type = spec.type.toLowerCase();
  const hash = rng.suffix(10);
  const set = `${getDeploymentName(name, type)}-${hash}`;
  return runPod(context, owner, spec, rng, {
    name: createGeneratedName(`${set}-`, rng),
    labels: {
      ...buildWorkerLabels(owner, type),
      'app.sedna.io': `${name}-${spec.type}-svc`,
      'pod-template-hash': hash,
    },
    owner: {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: set,
      uid: rng.uuid(),
      controller: true,
      blockOwnerDeletion: true,
    },
    restartPolicy: 'Always',
    podIp: `10.244.1.${rng.int(2, 250)}`,
  });
}
