import { formatMicroTime, rfc3339, SECOND, MINUTE } from './clock';
import type { Kernel } from './kernel';
import type { KubeObject, Process } from './types';

/** A node of the simulated cluster. */
export interface NodeSpec {
  name: string;
  ip: string;
  /** Roles, as in the label `node-role.kubernetes.io/<role>`. */
  roles: string[];
}

export const NODES: readonly NodeSpec[] = [
  { name: 'cloud-node', ip: '10.0.0.4', roles: ['control-plane'] },
  { name: 'edge-node', ip: '10.0.0.7', roles: ['edge', 'agent'] },
  { name: 'edge0', ip: '10.0.0.8', roles: ['edge', 'agent'] },
  { name: 'edge1', ip: '10.0.0.9', roles: ['edge', 'agent'] },
];

/** Returns the IP address of a node. Its pods share it, because they use the host network. @throws for an unknown node */
export function getNodeIp(name: string): string {
  const node = NODES.find((candidate) => candidate.name === name);
  if (!node) {
    throw new Error(`The simulation has no node ${name}. Add it to NODES.`);
  }
  return node.ip;
}

const CONDITION_REASONS: Array<[string, string, string]> = [
  ['MemoryPressure', 'KubeletHasSufficientMemory', 'False'],
  ['DiskPressure', 'KubeletHasNoDiskPressure', 'False'],
  ['PIDPressure', 'KubeletHasSufficientPID', 'False'],
  ['Ready', 'KubeletReady', 'True'],
];

function createNodeObject(spec: NodeSpec, bootTime: number): KubeObject {
  const isEdge = spec.roles.includes('edge');
  const labels: Record<string, string> = {
    'kubernetes.io/hostname': spec.name,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': isEdge ? 'arm64' : 'amd64',
  };
  for (const role of spec.roles) {
    labels[`node-role.kubernetes.io/${role}`] = '';
  }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: spec.name, labels },
    spec: {},
    status: {
      capacity: { cpu: isEdge ? '4' : '16', memory: isEdge ? '8Gi' : '64Gi', pods: '110' },
      allocatable: { cpu: isEdge ? '4' : '16', memory: isEdge ? '8Gi' : '64Gi', pods: '110' },
      conditions: CONDITION_REASONS.map(([type, reason, status]) => ({
        type,
        status,
        reason,
        lastHeartbeatTime: rfc3339(bootTime),
        lastTransitionTime: rfc3339(bootTime),
      })),
      addresses: [
        { type: 'InternalIP', address: spec.ip },
        { type: 'Hostname', address: spec.name },
      ],
      nodeInfo: {
        architecture: isEdge ? 'arm64' : 'amd64',
        bootID: '',
        containerRuntimeVersion: 'containerd://1.7.27',
        kernelVersion: '6.1.0',
        kubeProxyVersion: '',
        kubeletVersion: isEdge ? 'v1.30.7-kubeedge-v1.20.0' : 'v1.30.7',
        machineID: '',
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: '',
      },
    },
  };
}

/** Period in which a node is offline, in milliseconds since its process started. */
export interface Outage {
  from: number;
  to: number;
}

/** A node that renews its lease every 10 s and reports its status every 5 minutes while it is online. */
export class SimNode {
  readonly object: KubeObject;

  constructor(
    private readonly kernel: Kernel,
    readonly spec: NodeSpec
  ) {
    this.object = createNodeObject(spec, kernel.start - 30 * 24 * 60 * MINUTE);
    kernel.spawn(this.renewLease());
    kernel.spawn(this.reportStatus());
  }

  private *renewLease(): Process {
    for (;;) {
      if (!this.kernel.isOffline(this.spec.name)) {
        this.kernel.apply({
          apiVersion: 'coordination.k8s.io/v1',
          kind: 'Lease',
          metadata: { name: this.spec.name, namespace: 'kube-node-lease' },
          spec: {
            holderIdentity: this.spec.name,
            leaseDurationSeconds: 40,
            renewTime: formatMicroTime(this.kernel.now),
          },
        });
      }
      yield 10 * SECOND;
    }
  }

  private *reportStatus(): Process {
    for (;;) {
      if (!this.kernel.isOffline(this.spec.name)) {
        this.setConditions();
      }
      yield 5 * MINUTE;
    }
  }

  private setConditions(): void {
    const now = rfc3339(this.kernel.now);
    this.object.status.conditions = CONDITION_REASONS.map(([type, reason, status], i) => {
      const old = this.object.status.conditions[i];
      const since = old.status === status ? old.lastTransitionTime : now;
      return { type, status, reason, lastHeartbeatTime: now, lastTransitionTime: since };
    });
    this.kernel.apply(this.object);
  }

  /** Takes the node offline. The node controller marks all conditions Unknown 40 s later. */
  *outage({ from, to }: Outage): Process {
    yield from;
    this.kernel.setOffline(this.spec.name);
    yield 40 * SECOND;
    const now = rfc3339(this.kernel.now);
    for (const condition of this.object.status.conditions) {
      condition.status = 'Unknown';
      condition.reason = 'NodeStatusUnknown';
      condition.message = 'Kubelet stopped posting node status.';
      condition.lastTransitionTime = now;
    }
    this.kernel.apply(this.object);
    yield to - from - 40 * SECOND;
    this.kernel.setOnline(this.spec.name);
    this.setConditions();
  }
}
