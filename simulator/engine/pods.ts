import { SEDNA_GROUP, SEDNA_VERSION, getWorkerLabelPrefix, type KindName } from '../../src/sedna/kinds';
import { GENERATED_NAME_START } from '../../src/sedna/kinds/workers';
import { rfc3339 } from './clock';
import type { Kernel } from './kernel';
import { getNodeIp } from './nodes';
import type { Random } from './random';
import type { Json, KubeObject, LogSource, OwnerReference, Stream } from './types';

/** Properties of a simulated pod. */
export interface PodSpec {
  namespace: string;
  /** Full name. Refer to {@link createGeneratedName}. */
  name: string;
  node: string;
  labels: Record<string, string>;
  owner: OwnerReference;
  container: string;
  image: string;
  args?: string[];
  env?: Record<string, string>;
  restartPolicy: 'OnFailure' | 'Always' | 'Never';
  /** Address in the pod network. Without it, the pod uses the host network, like the workers of Sedna. */
  podIp?: string;
  /** Policy of the template, ClusterFirst by default. The global manager sets another one only for lifelong learning. */
  dnsPolicy?: 'ClusterFirst';
  /** Adds the init container that downloads remote data and models. */
  storageInitializer?: boolean;
  memoryLimit?: string;
}

const INITIALIZER = 'storage-initializer';

/** Life of a pod as reported by kubelet. Every method updates the status and applies the object. */
export class SimPod {
  readonly object: KubeObject;
  restarts = 0;
  private startedAt = '';
  private lastState: Json = {};
  private isInitialized = false;

  constructor(
    private readonly kernel: Kernel,
    readonly spec: PodSpec,
    uid: string
  ) {
    const { namespace, name, labels, owner } = spec;
    this.object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, uid, labels, ownerReferences: [owner] },
      spec: {
        nodeName: spec.node,
        restartPolicy: spec.restartPolicy,
        ...(spec.podIp ? {} : { hostNetwork: true }),
        dnsPolicy: spec.podIp ? 'ClusterFirst' : (spec.dnsPolicy ?? 'ClusterFirstWithHostNet'),
        ...(spec.storageInitializer
          ? { initContainers: [{ name: INITIALIZER, image: 'kubeedge/sedna-storage-initializer:v0.3.0' }] }
          : {}),
        containers: [
          {
            name: spec.container,
            image: spec.image,
            imagePullPolicy: 'IfNotPresent',
            ...(spec.args ? { args: spec.args } : {}),
            ...(spec.env ? { env: Object.entries(spec.env).map(([key, value]) => ({ name: key, value })) } : {}),
            resources: spec.memoryLimit ? { limits: { memory: spec.memoryLimit } } : {},
          },
        ],
      },
    };
  }

  get name(): string {
    return this.spec.name;
  }

  private get ip(): string {
    return this.spec.podIp ?? getNodeIp(this.spec.node);
  }

  private getLogSource(container: string): LogSource {
    const { node, namespace, name } = this.spec;
    const restart = container === INITIALIZER ? 0 : this.restarts;
    return { node, namespace, pod: name, uid: this.object.metadata.uid!, container, restart };
  }

  /** Writes a line to the log of the main container. */
  log(stream: Stream, line: string, offset = 0): void {
    this.kernel.log(this.getLogSource(this.spec.container), stream, line, offset);
  }

  /** Writes a line to the log of the init container. */
  initLog(line: string, offset = 0): void {
    this.kernel.log(this.getLogSource(INITIALIZER), 'stderr', line, offset);
  }

  private setStatus(phase: string, state: Json, ready: boolean, init?: Json): void {
    const now = rfc3339(this.kernel.now);
    const isInitialized = init === undefined && this.isInitialized;
    const conditions = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => {
      const isMet = type === 'PodScheduled' || (type === 'Initialized' ? init === undefined : ready);
      const old = this.object.status?.conditions.find((condition: Json) => condition.type === type);
      const value = isMet ? 'True' : 'False';
      return { type, status: value, lastTransitionTime: old?.status === value ? old.lastTransitionTime : now };
    });
    const isRunning = state.running !== undefined;
    this.object.status = {
      phase,
      startTime: this.startedAt,
      hostIP: getNodeIp(this.spec.node),
      podIP: this.ip,
      podIPs: [{ ip: this.ip }],
      conditions,
      ...(this.spec.storageInitializer
        ? {
            initContainerStatuses: [
              this.buildContainerStatus(INITIALIZER, init ?? createInitDoneState(this.startedAt), isInitialized),
            ],
          }
        : {}),
      containerStatuses: [
        {
          ...this.buildContainerStatus(this.spec.container, state, ready),
          started: isRunning,
          restartCount: this.restarts,
          lastState: this.lastState,
        },
      ],
    };
    this.kernel.apply(this.object);
  }

  private buildContainerStatus(name: string, state: Json, ready: boolean): Json {
    const image = name === INITIALIZER ? 'kubeedge/sedna-storage-initializer:v0.3.0' : this.spec.image;
    return { name, image, imageID: '', restartCount: 0, ready, lastState: {}, state };
  }

  /** Creates the pod: it is bound, and kubelet prepares the container or runs the init container. */
  create(): void {
    this.startedAt = rfc3339(this.kernel.now);
    const waiting = { waiting: { reason: this.spec.storageInitializer ? 'PodInitializing' : 'ContainerCreating' } };
    const init = this.spec.storageInitializer ? { running: { startedAt: this.startedAt } } : undefined;
    this.setStatus('Pending', waiting, false, init);
  }

  /** Sets the container to waiting, such as for ErrImagePull, ImagePullBackOff, or CrashLoopBackOff. */
  wait(reason: string, message: string): void {
    this.isInitialized = true;
    this.setStatus(this.restarts > 0 ? 'Running' : 'Pending', { waiting: { reason, message } }, false);
  }

  run(): void {
    this.isInitialized = true;
    this.setStatus('Running', { running: { startedAt: rfc3339(this.kernel.now) } }, true);
  }

  /** Terminates the container, which restarts with the restart policy OnFailure or Always. */
  crash(exitCode: number, reason: string): void {
    const terminated = this.terminated(exitCode, reason);
    this.lastState = { terminated };
    this.setStatus('Running', { terminated }, false);
    this.restarts++;
  }

  /** Terminates the container and the pod. */
  finish(exitCode: number): void {
    const terminated = this.terminated(exitCode, exitCode === 0 ? 'Completed' : 'Error');
    this.setStatus(exitCode === 0 ? 'Succeeded' : 'Failed', { terminated }, false);
  }

  private terminated(exitCode: number, reason: string): Json {
    const running = this.object.status?.containerStatuses[0].state.running;
    const now = rfc3339(this.kernel.now);
    return { exitCode, reason, startedAt: running?.startedAt ?? now, finishedAt: now };
  }

  remove(): void {
    this.kernel.remove(this.object);
  }
}

const createInitDoneState = (time: string) => ({
  terminated: { exitCode: 0, reason: 'Completed', startedAt: time, finishedAt: time },
});

/** Generates a name like Kubernetes for `generateName`, which truncates a long prefix. */
export const createGeneratedName = (start: string, random: Random) =>
  `${start.slice(0, GENERATED_NAME_START)}${random.suffix(5)}`;

/** Returns the owner reference that the global manager (GM) sets on objects that it creates. */
export function toOwnerReference(object: KubeObject): OwnerReference {
  const { name, uid } = object.metadata;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name,
    uid: uid!,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Returns the labels of a worker pod: `<kind>.sedna.io/name`, `/uid`, and `/worker-type`. */
export function buildWorkerLabels(object: KubeObject, workerType: string): Record<string, string> {
  const prefix = getWorkerLabelPrefix(object.kind as KindName);
  return {
    [`${prefix}name`]: object.metadata.name,
    [`${prefix}uid`]: object.metadata.uid!,
    [`${prefix}worker-type`]: workerType,
  };
}

/** Creates a custom resource with a simulated uid. */
export function createSednaObject(
  kernel: Kernel,
  kind: KindName,
  namespace: string,
  name: string,
  spec: Json
): KubeObject {
  const uid = kernel.random.fork(`${kind}/${namespace}/${name}`).uuid();
  return { apiVersion: `${SEDNA_GROUP}/${SEDNA_VERSION}`, kind, metadata: { name, namespace, uid }, spec };
}
