import { SEDNA_GROUP } from '../../src/sedna/kinds';
import { EventQueue } from './clock';
import { createRandom, type Random } from './random';
import type {
  ApplyEffect,
  DeleteEffect,
  Effect,
  KubeObject,
  LogEffect,
  LogSource,
  ObjectRef,
  Process,
  Stream,
} from './types';

/** Returns the key of an object, which is unique in the cluster. */
export function getObjectKey(ref: ObjectRef): string {
  return `${ref.apiVersion}/${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;
}

/** Returns the reference to an object. */
export function toObjectRef(object: KubeObject): ObjectRef {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, namespace: metadata.namespace, name: metadata.name };
}

/**
 * Simulation kernel: runs processes in simulated time and collects their effects. Pod states and log lines of an offline
 * node are delayed until it is online again.
 */
export class Kernel {
  now: number;
  private readonly queue = new EventQueue();
  private effects: Effect[] = [];
  private readonly offline = new Set<string>();
  private readonly delayedLines = new Map<string, LogEffect[]>();
  private readonly delayedPods = new Map<string, Map<string, ApplyEffect | DeleteEffect>>();
  private readonly lastLineTime = new Map<string, number>();

  constructor(
    readonly random: Random,
    readonly start: number
  ) {
    this.now = start;
  }

  /** Starts a process at `time`, by default immediately. */
  spawn(process: Process, time = this.now): void {
    this.queue.push(Math.max(time, this.now), () => {
      const step = process.next();
      if (!step.done) {
        this.spawn(process, this.now + Math.max(0, Math.round(step.value)));
      }
    });
  }

  /** Runs all events up to and including `time`. @returns the effects since the last call, in order */
  runTo(time: number): Effect[] {
    while (this.queue.nextTime() <= time) {
      const entry = this.queue.pop()!;
      this.now = entry.time;
      entry.run();
    }
    this.now = Math.max(this.now, time);
    const done = this.effects;
    this.effects = [];
    return done;
  }

  apply(object: KubeObject): void {
    this.emit({ type: 'apply', at: this.now, object: cloneObject(object) }, toObjectRef(object), object.spec?.nodeName);
  }

  remove(object: KubeObject): void {
    this.emit({ type: 'delete', at: this.now, ref: toObjectRef(object) }, toObjectRef(object), object.spec?.nodeName);
  }

  private emit(effect: ApplyEffect | DeleteEffect, ref: ObjectRef, node?: string): void {
    if (ref.kind !== 'Pod' || node === undefined || !this.offline.has(node)) {
      this.effects.push(effect);
      return;
    }
    const waiting = this.delayedPods.get(node) ?? new Map<string, ApplyEffect | DeleteEffect>();
    waiting.set(getObjectKey(ref), effect);
    this.delayedPods.set(node, waiting);
  }

  /**
   * Writes a line to the log of a container. Times in a file never decrease.
   * @param offset milliseconds after the current time
   */
  log(source: LogSource, stream: Stream, line: string, offset = 0): void {
    const key = `${source.uid}/${source.container}`;
    const time = Math.max(this.now + offset, this.lastLineTime.get(key) ?? 0);
    this.lastLineTime.set(key, time);
    const effect: LogEffect = { type: 'log', at: this.now, time, ...source, stream, line };
    if (!this.offline.has(source.node)) {
      this.effects.push(effect);
      return;
    }
    const lines = this.delayedLines.get(source.node) ?? [];
    lines.push(effect);
    this.delayedLines.set(source.node, lines);
  }

  executeSql(sql: string, params: Array<string | number | null> = []): void {
    this.effects.push({ type: 'kb', at: this.now, sql, params });
  }

  isOffline(node: string): boolean {
    return this.offline.has(node);
  }

  setOffline(node: string): void {
    this.offline.add(node);
  }

  /** Delivers the delayed effects of a node. Lines keep the times at which they were written. */
  setOnline(node: string): void {
    this.offline.delete(node);
    for (const effect of this.delayedPods.get(node)?.values() ?? []) {
      this.effects.push({ ...effect, at: this.now });
    }
    for (const line of this.delayedLines.get(node) ?? []) {
      this.effects.push({ ...line, at: this.now });
    }
    this.delayedPods.delete(node);
    this.delayedLines.delete(node);
  }
}

/**
 * Copies an object, so that later changes don't affect the effect. A job has thousands of conditions per day, which are
 * only appended: copies the list, but not the conditions.
 */
function cloneObject(object: KubeObject): KubeObject {
  const conditions = object.apiVersion.startsWith(`${SEDNA_GROUP}/`) ? object.status?.conditions : undefined;
  if (!conditions) {
    return structuredClone(object);
  }
  const copy = structuredClone({ ...object, status: { ...object.status, conditions: undefined } });
  copy.status.conditions = [...conditions];
  return copy;
}

/** Creates a kernel with a seeded random number generator. */
export function createKernel(seed: number, start: Date): Kernel {
  return new Kernel(createRandom(seed), start.getTime());
}
