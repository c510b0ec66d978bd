import { MINUTE, SECOND } from '../clock';
import type { Components } from './components';
import { getConditions, type StagedCondition } from '../jobs/conditions';
import type { Kernel } from '../kernel';
import { NODES } from '../nodes';
import type { KubeObject, Process } from '../types';

/** `2026-11-23 08:41:16 +0000 UTC`: how Go prints a time. */
function goTime(rfc: string): string {
  return `${rfc.slice(0, 10)} ${rfc.slice(11, 19)} +0000 UTC`;
}

function printed(condition: StagedCondition): string {
  const { type, status, stage, lastHeartbeatTime, lastTransitionTime, message, data } = condition;
  const times = `${goTime(lastHeartbeatTime)} ${goTime(lastTransitionTime)}`;
  return `{${type} ${status} ${stage} ${times}  ${message ?? ''} ${data ?? ''}}`;
}

/** What the global manager writes: its syncs with the whole history in each, and its background noise. */
export class GlobalManager {
  private readonly watched: Array<{ object: KubeObject; node: string }> = [];
  /** Jobs whose dataset is not there, with its name: they are handed to nobody. */
  private readonly lacking = new Map<KubeObject, string>();

  constructor(
    private readonly kernel: Kernel,
    readonly parts: Components
  ) {
    for (const name of ['IncrementalLearning', 'FederatedLearning', 'JointInference', 'LifelongLearning']) {
      parts.gmLog('I', 'manager.go:111', `initialized controller ${name}`);
    }
    for (const { name } of NODES) {
      parts.gmLog('I', 'server.go:109', `established connection for node ${name}`);
    }
    kernel.spawn(this.resync());
    kernel.spawn(this.reprint());
  }

  /**
   * Takes an object up into the periodic hand-over to its node.
   * @param lacks the dataset that a job names, where it is not there
   */
  watch(object: KubeObject, node: string, lacks?: string): void {
    this.watched.push({ object, node });
    if (lacks !== undefined) {
      this.lacking.set(object, lacks);
    }
  }

  private datasetNotFound(job: KubeObject): void {
    const cause = `datasets.sedna.io "${this.lacking.get(job)}" not found`;
    const text = `not found job(name=${job.kind}/${job.metadata.name})'s dataset, error: ${cause}`;
    this.parts.gmLog('E', 'downstream.go:48', text);
  }

  private key(object: KubeObject): string {
    return `${object.metadata.namespace}/${object.metadata.name}`;
  }

  /** Every 45 s the informers hand everything over again: background noise. */
  private *resync(): Process {
    for (;;) {
      yield 45 * SECOND;
      for (const { object, node } of this.watched) {
        if (this.lacking.has(object)) {
          this.datasetNotFound(object);
        } else if (!this.kernel.isOffline(node)) {
          const key = `${object.kind.toLowerCase()}/${this.key(object)}`;
          this.parts.gmLog('I', 'context.go:184', `write key ${key} to node ${node} successfully`);
        }
      }
    }
  }

  private *reprint(): Process {
    for (;;) {
      yield 10 * MINUTE;
      for (const { object } of this.watched.filter((entry) => entry.object.kind === 'LifelongLearningJob')) {
        this.sync(object);
      }
    }
  }

  /** One sync of a lifelong learning job. */
  sync(job: KubeObject): void {
    const conditions = getConditions(job);
    const stage = conditions.at(-1)?.stage ?? 'Train';
    const name = `lifelonglearning job ${this.key(job)}`;
    this.parts.gmLog('I', 'lifelonglearningjob.go:359', `${name} latest stage ${stage}:`);
    this.parts.gmLog('I', 'lifelonglearningjob.go:432', `${name}, conditions: [${conditions.map(printed).join(' ')}]`);
  }

  send(job: KubeObject, node: string): void {
    if (this.lacking.has(job)) {
      this.datasetNotFound(job);
      return;
    }
    const what = `${job.kind.toLowerCase()} ${this.key(job)}`;
    this.parts.gmLog('I', 'context.go:89', `sending ${what} to node(${node})`);
  }

  podCreated(job: KubeObject, pod: string): void {
    const owner = `${job.apiVersion}, Kind=${job.kind} ${this.key(job)}`;
    this.parts.gmLog('I', 'worker.go:190', `pod ${pod} is created successfully for ${owner}`);
  }

  stageEnded(job: KubeObject, stage: string, ok: boolean): void {
    const name = `lifelonglearning job ${this.key(job)}`;
    const outcome = ok ? 'completed' : 'failed';
    this.parts.gmLog('I', `lifelonglearningjob.go:${ok ? 415 : 418}`, `${name} ${stage} stage ${outcome}!`);
  }

  inferenceRestarted(job: KubeObject): void {
    const name = `lifelonglearning job ${this.key(job)}`;
    this.parts.gmLog('I', 'lifelonglearningjob.go:391', `${name} inference pod restarts successfully`);
  }

  /** The pod of a stage cannot be created: an INFO line carries the error, an ERROR line the retry. */
  refused(job: KubeObject, cause: string): void {
    const key = this.key(job);
    this.parts.gmLog(
      'I',
      'lifelonglearningjob.go:280',
      `lifelonglearning job ${key} failed to be updated, err:${cause}`
    );
    this.parts.gmLog('E', 'lifelonglearningjob.go:228', `Error syncing lifelonglearning job: ${cause}`);
  }

  /** A report without a usable stage. */
  invalidStage(job: KubeObject): void {
    const text = `Error to handle lifelonglearningjob ${this.key(job)} operation(status): invalid condition stage: `;
    this.parts.gmLog('E', 'upstream.go:71', text);
  }

  connectionClosed(node: string): void {
    const cause = 'websocket: close 1006 (abnormal closure): unexpected EOF';
    this.parts.gmLog('E', 'context.go:153', `read loop of node ${node} closed, due to: ${cause}`);
    this.parts.gmLog('I', 'server.go:115', `closed connection for node ${node}`);
  }

  connected(node: string): void {
    this.parts.gmLog('I', 'server.go:109', `established connection for node ${node}`);
  }
}
