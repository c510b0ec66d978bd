import { HOUR, MINUTE, SECOND } from '../clock';
import type { Components } from './components';
import type { SimDataset } from '../jobs/dataset';
import type { GlobalManager } from './globalManager';
import type { Kernel } from '../kernel';
import { formatGormLines } from '../logs/format';
import type { Process } from '../types';

/** Training trigger of a job: time window in the LC container's time zone (UTC), and number of unused samples. */
export interface Trigger {
  /** Format `15:04`. A start after the end wraps around midnight. */
  start: string;
  end: string;
  /** `>` or `>=`. With any other operator, training never starts. */
  operator: string;
  threshold: number;
}

function parseMinutes(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Whether `time` is in a daily window. `start` and `end` have the format `15:04` and are inclusive. */
export function isInWindow(time: number, start: string, end: string): boolean {
  const now = Math.floor((time % (24 * HOUR)) / MINUTE);
  const [from, to] = [parseMinutes(start), parseMinutes(end)];
  return from <= to ? now >= from && now <= to : now >= from || now <= to;
}

/**
 * State of a job in its LC. The LC takes new samples from the dataset every 10 s, splits them by trainProb, and triggers
 * training. It loses round and samples on a restart, so all samples count as new.
 */
export class LocalJob {
  round = 0;
  /** Training samples that no round has used. */
  unusedSamples = 0;
  private countedSamples = 0;
  private evalVersions: number[] = [];
  private evalTotal = 0;

  constructor(
    private readonly kernel: Kernel,
    private readonly components: Components,
    readonly key: string,
    private readonly dataset: SimDataset,
    readonly node: string,
    private readonly trainProb: number,
    readonly trigger: Trigger,
    /** Samples used by rounds before the start of the simulation. */
    usedSamples = 0
  ) {
    this.countedSamples = usedSamples;
    kernel.spawn(this.takeOverSamples());
  }

  private *takeOverSamples(): Process {
    for (;;) {
      yield 10 * SECOND;
      const delta = this.dataset.readError ? 0 : this.dataset.samples - this.countedSamples;
      if (delta > 0) {
        const train = Math.floor(delta * this.trainProb);
        this.countedSamples = this.dataset.samples;
        this.unusedSamples += train;
        // Sedna adds the samples of the last versions again each time.
        this.evalVersions.push(delta - train);
        this.evalTotal += this.evalVersions.slice(-4).reduce((sum, version) => sum + version, 0);
        const job = `job(${this.key})`;
        this.log('I', 'lifelonglearningjob.go:650', `${job}'s current train samples nums is ${train}`);
        this.log('I', 'lifelonglearningjob.go:659', `${job}'s current eval samples nums is ${this.evalTotal}`);
      }
    }
  }

  log(level: 'I' | 'W' | 'E', at: string, message: string): void {
    this.components.lcLog(this.node, level, at, message);
  }

  get canTrain(): boolean {
    const { start, end, operator, threshold } = this.trigger;
    const enough =
      (operator === '>' && this.unusedSamples > threshold) || (operator === '>=' && this.unusedSamples >= threshold);
    return enough && isInWindow(this.kernel.now, start, end) && !this.kernel.isOffline(this.node);
  }

  /** Checks the trigger every 10 s until it fires, then starts the round and uses its samples. */
  *waitForTrigger(): Process {
    while (!this.canTrain) {
      if (this.dataset.readError) {
        // Sedna wraps an error that is nil, for which Go's fmt prints this.
        const text = 'failed to load dataset, and waiting it: %!w(<nil>)';
        this.log(
          'E',
          'lifelonglearningjob.go:204',
          `job(${this.key}) failed to complete the Train task: job(${this.key}) ${text}`
        );
      }
      yield 10 * SECOND;
    }
    this.round += 1;
    this.unusedSamples = 0;
    this.log(
      'I',
      'lifelonglearningjob.go:261',
      `job(name=${this.key}) complete the Training phase triggering task successfully`
    );
  }

  /** Resets the state, as a restart of the LC does. */
  forget(): void {
    this.round = 0;
    this.unusedSamples = 0;
    this.countedSamples = 0;
    this.evalVersions = [];
    this.evalTotal = 0;
  }
}

/** Logs the start of an LC: its managers, its port, its connection, and a database lookup without a result. */
export function logLcStart(components: Components, kernel: Kernel, node: string): void {
  const log = (at: string, message: string) => components.lcLog(node, 'I', at, message);
  for (const manager of [
    'dataset',
    'model',
    'jointinferenceservice',
    'federatedlearningjob',
    'incrementallearningjob',
    'lifelonglearningjob',
  ]) {
    log('server.go:120', `manager ${manager} is started`);
  }
  log('server.go:140', 'server binds port 9100 successfully');
  log('websocket.go:176', 'client starts to connect global manager(address: gm.sedna:9000)');
  log('websocket.go:187', 'websocket connects global manager(address: gm.sedna:9000) successful');
  const sql =
    'SELECT * FROM `resources` WHERE name = "default/dataset/lifelong-dataset" AND `resources`.`deleted_at` IS NULL ORDER BY `resources`.`id` LIMIT 1';
  formatGormLines(kernel.now, sql).forEach((line) => components.lc(node).log('stdout', line));
}

/** Logs an LC that can't reach its GM: rounds of five attempts 5 s apart and an error, until it is connected again. */
export function* lcWithoutGm(
  components: Components,
  gm: GlobalManager,
  node: string,
  isCutOff: () => boolean
): Process {
  const address = 'gm.sedna:9000';
  const cause = 'dial tcp: lookup gm.sedna on 169.254.96.16:53: no such host';
  gm.connectionClosed(node);
  while (isCutOff()) {
    components.lcLog(node, 'I', 'websocket.go:176', `client starts to connect global manager(address: ${address})`);
    for (let i = 0; i < 5 && isCutOff(); i++) {
      components.lcLog(
        node,
        'E',
        'websocket.go:192',
        `client tries to connect global manager(address: ${address}) failed, error: ${cause}`
      );
      yield 5 * SECOND;
    }
    if (isCutOff()) {
      components.lcLog(
        node,
        'E',
        'websocket.go:200',
        `max retry count reached when connecting global manager(address: ${address})`
      );
    }
  }
  components.lcLog(node, 'I', 'websocket.go:187', `websocket connects global manager(address: ${address}) successful`);
  gm.connected(node);
}
