import { MINUTE, SECOND } from '../clock';
import type { Components } from './components';
import { formatCondition, getConditions } from '../jobs/conditions';
import type { Kernel } from '../kernel';
import { NODES } from '../nodes';
import type { KubeObject, Process } from '../types';

/** Log of the global manager. Each sync of a job logs its whole condition history. */
export class GlobalManager {
  private readonly watched: Array<{ object: KubeObject; node: string }> = [];
  /** Names of missing datasets by job. The GM sends such a job to no node. */
  private readonly missingDatasets = new Map<KubeObject, string>();

  constructor(
    private readonly kernel: Kernel,
    readonly components: Components
  ) {
    for (const name of ['IncrementalLearning', 'FederatedLearning', 'JointInference', 'LifelongLearning']) {
      components.gmLog('I', 'manager.go:111', `initialized controller ${name}`);
    }
    for (const { name } of NODES) {
      components.gmLog('I', 'server.go:109', `established connection for node ${name}`);
    }
    kernel.spawn(this.resync());
    kernel.spawn(this.logConditions());
  }

  /**
   * Adds an object to the periodic sync with its node.
   * @param missingDataset name of the job's dataset if it doesn't exist
   */
  watch(object: KubeObject, node: string, missingDataset?: string): void {
    this.watched.push({ object, node });
    if (missingDataset !== undefined) {
      this.missingDatasets.set(object, missingDataset);
    }
  }

  private logMissingDataset(job: KubeObject): void {
    const cause = `datasets.sedna.io "${this.missingDatasets.get(job)}" not found`;
    const text = `not found job(name=${job.kind}/${job.metadata.name})'s dataset, error: ${cause}`;
    this.components.gmLog('E', 'downstream.go:48', text);
  }

  private getKey(object: KubeObject): string {
    return `${object.metadata.namespace}/${object.metadata.name}`;
  }

  /** Logs the resync of all objects every 45 s. */
  private *resync(): Process {
    for (;;) {
      yield 45 * SECOND;
      for (const { object, node } of this.watched) {
        if (this.missingDatasets.has(object)) {
          this.logMissingDataset(object);
        } else if (!this.kernel.isOffline(node)) {
          const key = `${object.kind.toLowerCase()}/${this.getKey(object)}`;
          this.components.gmLog('I', 'context.go:184', `write key ${key} to node ${node} successfully`);
        }
      }
    }
  }

  private *logConditions(): Process {
    for (;;) {
      yield 10 * MINUTE;
      for (const { object } of this.watched.filter((entry) => entry.object.kind === 'LifelongLearningJob')) {
        this.logSync(object);
      }
    }
  }

  /** Logs a sync of a lifelong learning job. */
  logSync(job: KubeObject): void {
    const conditions = getConditions(job);
    const stage = conditions.at(-1)?.stage ?? 'Train';
    const name = `lifelonglearning job ${this.getKey(job)}`;
    this.components.gmLog('I', 'lifelonglearningjob.go:359', `${name} latest stage ${stage}:`);
    this.components.gmLog(
      'I',
      'lifelonglearningjob.go:432',
      `${name}, conditions: [${conditions.map(formatCondition).join(' ')}]`
    );
  }

  logSend(job: KubeObject, node: string): void {
    if (this.missingDatasets.has(job)) {
      this.logMissingDataset(job);
      return;
    }
    const what = `${job.kind.toLowerCase()} ${this.getKey(job)}`;
    this.components.gmLog('I', 'context.go:89', `sending ${what} to node(${node})`);
  }

  logPodCreated(job: KubeObject, pod: string): void {
    const owner = `${job.apiVersion}, Kind=${job.kind} ${this.getKey(job)}`;
    this.components.gmLog('I', 'worker.go:190', `pod ${pod} is created successfully for ${owner}`);
  }

  logStageEnded(job: KubeObject, stage: string, ok: boolean): void {
    const name = `lifelonglearning job ${this.getKey(job)}`;
    const outcome = ok ? 'completed' : 'failed';
    this.components.gmLog('I', `lifelonglearningjob.go:${ok ? 415 : 418}`, `${name} ${stage} stage ${outcome}!`);
  }

  logInferenceRestarted(job: KubeObject): void {
    const name = `lifelonglearning job ${this.getKey(job)}`;
    this.components.gmLog('I', 'lifelonglearningjob.go:391', `${name} inference pod restarts successfully`);
  }

  /** Logs that the pod of a stage can't be created: the error at level INFO, the retry at level ERROR. */
  logPodRefused(job: KubeObject, cause: string): void {
    const key = this.getKey(job);
    this.components.gmLog(
      'I',
      'lifelonglearningjob.go:280',
      `lifelonglearning job ${key} failed to be updated, err:${cause}`
    );
    this.components.gmLog('E', 'lifelonglearningjob.go:228', `Error syncing lifelonglearning job: ${cause}`);
  }

  /** Logs a worker report without a valid stage. */
  logInvalidStage(job: KubeObject): void {
    const text = `Error to handle lifelonglearningjob ${this.getKey(job)} operation(status): invalid condition stage: `;
    this.components.gmLog('E', 'upstream.go:71', text);
  }

  connectionClosed(node: string): void {
    const cause = 'websocket: close 1006 (abnormal closure): unexpected EOF';
    this.components.gmLog('E', 'context.go:153', `read loop of node ${node} closed, due to: ${cause}`);
    this.components.gmLog('I', 'server.go:115', `closed connection for node ${node}`);
  }

  connected(node: string): void {
    this.components.gmLog('I', 'server.go:109', `established connection for node ${node}`);
  }
}
