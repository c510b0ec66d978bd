import { SEDNA_NAMESPACE } from '../../../src/sedna/kinds';
import type { Kernel } from '../kernel';
import { formatKlogLine } from '../logs/format';
import { SimPod } from '../pods';
import type { Random } from '../random';
import type { KubeObject } from '../types';

const IMAGE_VERSION = 'v0.6.0';
const POD_IPS: Record<string, string> = { gm: '10.244.0.10', kb: '10.244.0.11' };

/** Pods of Sedna: global manager (GM), knowledge base (KB), and one local controller (LC) per node. */
export class Components {
  readonly gm: SimPod;
  readonly kb: SimPod;
  private gmIsStopped = false;
  private readonly lcs = new Map<string, SimPod>();

  constructor(
    private readonly kernel: Kernel,
    cloudNode: string,
    nodes: readonly string[]
  ) {
    this.gm = this.createPod('gm', cloudNode, 'ReplicaSet', '256Mi', ['--config', '/config/gm.yaml', '-v2']);
    this.kb = this.createPod('kb', cloudNode, 'ReplicaSet', '512Mi');
    for (const node of nodes) {
      this.lcs.set(node, this.createPod('lc', node, 'DaemonSet', '128Mi'));
    }
    for (const [name, port, ip] of [
      ['gm', 9000, '10.96.30.10'],
      ['kb', 9020, '10.96.30.11'],
    ] as const) {
      kernel.apply(createService(name, port, ip));
    }
    for (const pod of [this.gm, this.kb, ...this.lcs.values()]) {
      pod.create();
      pod.run();
    }
  }

  private createPod(name: string, node: string, kind: string, memoryLimit: string, args?: string[]): SimPod {
    const random = this.kernel.random.fork(`component/${name}/${node}`);
    const ownerName = kind === 'ReplicaSet' ? `${name}-${random.suffix(9)}` : name;
    const uid = random.uuid();
    const owner = { apiVersion: 'apps/v1', kind, name: ownerName, uid, controller: true };
    return new SimPod(
      this.kernel,
      {
        namespace: SEDNA_NAMESPACE,
        name: `${ownerName}-${random.suffix(5)}`,
        node,
        labels: { sedna: name, ...getControllerLabels(kind, ownerName, random) },
        owner,
        container: name,
        image: `kubeedge/sedna-${name}:${IMAGE_VERSION}`,
        args,
        restartPolicy: 'Always',
        podIp: POD_IPS[name],
        memoryLimit,
      },
      random.uuid()
    );
  }

  lc(node: string): SimPod {
    const pod = this.lcs.get(node);
    if (!pod) {
      throw new Error(`Node ${node} has no local controller`);
    }
    return pod;
  }

  /** Stops the GM permanently: its pod can't be scheduled anymore. */
  stopGm(): void {
    this.gm.create();
    this.gmIsStopped = true;
  }

  gmLog(level: 'I' | 'W' | 'E', at: string, message: string, offset = 0): void {
    if (!this.gmIsStopped) {
      this.gm.log('stderr', formatKlogLine(this.kernel.now + offset, level, at, message), offset);
    }
  }

  lcLog(node: string, level: 'I' | 'W' | 'E' | 'F', at: string, message: string, offset = 0): void {
    this.lc(node).log('stderr', formatKlogLine(this.kernel.now + offset, level, at, message), offset);
  }
}

/** Labels that the controllers of Kubernetes set. */
const getControllerLabels = (kind: string, owner: string, random: Random): Record<string, string> =>
  kind === 'ReplicaSet'
    ? { 'pod-template-hash': owner.split('-').at(-1)! }
    : { 'controller-revision-hash': random.suffix(10), 'pod-template-generation': '1' };

function createService(name: string, port: number, clusterIP: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: SEDNA_NAMESPACE, labels: { sedna: name } },
    spec: { clusterIP, selector: { sedna: name }, ports: [{ name: 'tcp-0', port, targetPort: port, protocol: 'TCP' }] },
  };
}
