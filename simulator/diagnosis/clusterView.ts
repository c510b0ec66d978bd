import { getSignaturePatterns, type LogFact } from '../../src/sedna/diagnosis';
import {
  NODE_OFFLINE_AFTER_SECONDS,
  RESTART_SETTLED_SECONDS,
  RESTART_WINDOW_SECONDS,
} from '../../src/sedna/diagnosis/thresholds';
import { KIND_NAMES, SEDNA_GROUP, type KindName } from '../../src/sedna/kinds';
import { parseLevel, stripAnsi } from '../../src/sedna/logs';
import { LOG_SIGNATURES } from '../../src/sedna/logs/signatures';
import { getObjectKey, toObjectRef } from '../engine/kernel';
import type { Effect, Json, KubeObject, LogEffect } from '../engine/types';

/** Seconds for which log lines are kept: longer than a round. */
export const KEPT = 3600;
/** Seconds for which ages of leases are kept. */
const LEASE_MEMORY = 600;

/** Matches lines that a signature of some object matches; all others are dropped. Names have no spaces. */
const TELLING = new RegExp(
  Object.values(LOG_SIGNATURES)
    .flat()
    .map(({ pattern }) => pattern('[a-z0-9.-]+', '[a-z0-9.-]+'))
    .join('|')
);

const WORKER_NAME_LABEL = new RegExp(`^([a-z]+)\\.${SEDNA_GROUP.replaceAll('.', '\\.')}/name$`);

/** Returns the objects that a pod works for: by its labels, else its owners. */
function findOwners({ metadata }: KubeObject): Array<{ kind: string; name: string }> {
  const labeled = Object.entries(metadata.labels ?? {}).flatMap(([label, name]) => {
    const [, plural] = WORKER_NAME_LABEL.exec(label) ?? [];
    const kind = KIND_NAMES.find((each) => each.toLowerCase() === plural);
    return kind ? [{ kind, name }] : [];
  });
  return labeled.length > 0 ? labeled : (metadata.ownerReferences ?? []);
}

/** Returns the states of all containers of a pod; none before the kubelet has reported it. */
export const getContainerStatuses = (pod: KubeObject | undefined): Json[] => [
  ...(pod?.status?.initContainerStatuses ?? []),
  ...(pod?.status?.containerStatuses ?? []),
];

/** State of a simulated cluster as the API server and the log store see it; times are Unix seconds. */
export class ClusterView {
  /** Time of the newest effect. */
  seen = 0;
  /** Whether the file of the knowledge base exists. */
  hasDatabase = false;
  private readonly objects = new Map<string, KubeObject>();
  private readonly kinds = new Map<string, Map<string, KubeObject>>();
  /** Pods by kind, namespace and name of the object that owns them. */
  private readonly pods = new Map<string, Map<string, KubeObject>>();
  /** Lines of GM and LC by the key of the object that they are about, lines of workers by that of the pod. */
  private readonly lines = new Map<string, LogFact[]>();
  private readonly about = new Map<string, RegExp>();
  /** All that the global manager logged about the connection of each node; the recording rule never forgets it. */
  private readonly connections = new Map<string, Array<{ time: number; connected: boolean }>>();
  private readonly restarts = new Map<string, number[]>();
  /** When a container of a pod last waited for another reason, or had fewer restarts. */
  private readonly changes = new Map<string, number>();
  private readonly leaseAges = new Map<string, Array<{ time: number; age: number }>>();

  /** Applies the effects until `now`. */
  apply(effects: readonly Effect[], now: number): void {
    this.seen = now;
    for (const effect of effects) {
      switch (effect.type) {
        case 'apply':
          this.countRestarts(effect.object, effect.at / 1000);
          this.noteChange(effect.object, effect.at / 1000);
          this.put(effect.object);
          this.listenFor(effect.object);
          break;
        case 'delete':
          this.remove(getObjectKey(effect.ref));
          break;
        case 'log':
          this.keep(effect);
          break;
        case 'kb':
        case 'kb-file':
          this.hasDatabase = true;
          break;
        default:
      }
    }
    for (const [key, lines] of this.lines) {
      const kept = lines.filter(({ time }) => now - time < KEPT);
      if (kept.length > 0) {
        this.lines.set(key, kept);
      } else {
        this.lines.delete(key);
      }
    }
    for (const lease of this.ofKind('Lease')) {
      const age = now - Date.parse(lease.spec.renewTime) / 1000;
      const ages = (this.leaseAges.get(lease.metadata.name) ?? []).filter(({ time }) => now - time < LEASE_MEMORY);
      this.leaseAges.set(lease.metadata.name, [...ages, { time: now, age }]);
    }
  }

  ofKind(kind: string): KubeObject[] {
    return [...(this.kinds.get(kind)?.values() ?? [])];
  }

  /** Pods that an object owns. */
  podsOf({ kind, metadata }: KubeObject): KubeObject[] {
    return [...(this.pods.get(`${kind}/${metadata.namespace}/${metadata.name}`)?.values() ?? [])];
  }

  /** The maps that hold an object. */
  private mapsOf(object: KubeObject): Array<[Map<string, Map<string, KubeObject>>, string]> {
    const { kind, metadata } = object;
    return [
      [this.kinds, kind],
      ...(kind === 'Pod' ? findOwners(object) : []).map((owner): [Map<string, Map<string, KubeObject>>, string] => [
        this.pods,
        `${owner.kind}/${metadata.namespace}/${owner.name}`,
      ]),
    ];
  }

  private put(object: KubeObject): void {
    const key = getObjectKey(toObjectRef(object));
    this.objects.set(key, object);
    for (const [map, name] of this.mapsOf(object)) {
      map.set(name, (map.get(name) ?? new Map<string, KubeObject>()).set(key, object));
    }
  }

  private remove(key: string): void {
    const object = this.objects.get(key);
    if (object) {
      this.mapsOf(object).forEach(([map, name]) => map.get(name)?.delete(key));
      this.objects.delete(key);
    }
  }

  /** Current and highest recent age of a node's lease (s), and when the node was last seen offline; undefined for a node without a lease. */
  leaseOf(node: string): { age: number; worst: number; lastOffline?: number } | undefined {
    const known = this.leaseAges.get(node);
    const ages = known?.map(({ age }) => age);
    return (
      ages && {
        age: ages[ages.length - 1],
        worst: Math.max(...ages),
        lastOffline: known?.findLast(({ age }) => age > NODE_OFFLINE_AFTER_SECONDS)?.time,
      }
    );
  }

  /** Restarts of a pod's container within the hour before `now`; none where it has settled since. */
  restartsOf(pod: KubeObject, now: number): number {
    const times = this.restarts.get(getObjectKey(toObjectRef(pod))) ?? [];
    return times.some((time) => now - time < RESTART_SETTLED_SECONDS)
      ? times.filter((time) => now - time < RESTART_WINDOW_SECONDS).length
      : 0;
  }

  /** Log lines of the GM and the LC about an object, or of a pod, oldest first. */
  linesOf(objects: readonly KubeObject[]): LogFact[] {
    return objects
      .flatMap((object) => this.lines.get(getObjectKey(toObjectRef(object))) ?? [])
      .sort((a, b) => a.time - b.time);
  }

  /** Whether a node was connected at a time, by the newest line of the global manager. */
  wasConnected(node: string, at: number): boolean | undefined {
    return this.connections.get(node)?.findLast(({ time }) => time <= at)?.connected;
  }

  private listenFor(object: KubeObject): void {
    const key = getObjectKey(toObjectRef(object));
    if (this.about.has(key) || !KIND_NAMES.includes(object.kind as KindName)) {
      return;
    }
    const { namespace = '', name } = object.metadata;
    const patterns = getSignaturePatterns({ kind: object.kind as KindName, namespace, name })
      .filter(({ writer }) => writer !== 'worker')
      .map(({ pattern }) => pattern);
    if (patterns.length > 0) {
      this.about.set(key, new RegExp(patterns.join('|')));
    }
  }

  /** Returns when a pod was last in another state than now, as far as restarts and waiting reasons show it. */
  lastChangeOf(pod: KubeObject): number | undefined {
    return this.changes.get(getObjectKey(toObjectRef(pod)));
  }

  private noteChange(object: KubeObject, at: number): void {
    const key = getObjectKey(toObjectRef(object));
    const before = this.objects.get(key);
    const toState = (of: KubeObject) =>
      JSON.stringify(getContainerStatuses(of).map(({ restartCount, state }) => [restartCount, state?.waiting?.reason]));
    if (object.kind === 'Pod' && before && toState(before) !== toState(object)) {
      this.changes.set(key, at);
    }
  }

  private countRestarts(object: KubeObject, at: number): void {
    const key = getObjectKey(toObjectRef(object));
    const count = (of: KubeObject | undefined): number =>
      getContainerStatuses(of).reduce((sum, { restartCount }) => sum + restartCount, 0);
    if (object.kind === 'Pod' && count(object) > count(this.objects.get(key))) {
      this.restarts.set(key, [...(this.restarts.get(key) ?? []), at]);
    }
  }

  private keep({ line, time, namespace, pod, container }: LogEffect): void {
    // The GM logs the whole history at every sync.
    if (container === 'kb' || (container === 'gm' && line.includes(' conditions: [')) || !TELLING.test(line)) {
      return;
    }
    const text = stripAnsi(line);
    const [, state, node] = /(established|closed) connection for node (.+)$/.exec(text) ?? [];
    if (container === 'gm' && node) {
      const said = { time: time / 1000, connected: state === 'established' };
      this.connections.set(node, [...(this.connections.get(node) ?? []), said]);
    }
    const fact = { time: time / 1000, level: parseLevel(line), namespace, pod, container, text };
    const keys = ['gm', 'lc'].includes(container)
      ? [...this.about].filter(([, pattern]) => pattern.test(text)).map(([key]) => key)
      : [getObjectKey({ apiVersion: 'v1', kind: 'Pod', namespace, name: pod })];
    for (const key of keys) {
      const lines = this.lines.get(key);
      if (lines) {
        lines.push(fact);
      } else {
        this.lines.set(key, [fact]);
      }
    }
  }
}
