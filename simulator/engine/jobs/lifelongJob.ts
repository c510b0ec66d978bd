import type { Stage } from '../../../src/sedna/kinds';
import { MINUTE, SECOND } from '../clock';
import {
  appendCondition,
  emptyKnowledgeBase,
  inputData,
  model,
  outputData,
  REPORTED_BY_LC,
  type ModelData,
} from './conditions';
import { LocalJob } from '../components/localController';
import { lifelongSpec, workerEnv, type LifelongOptions } from './lifelongSpec';
import { initializerLine } from '../logs/format';
import type { SimulationContext } from '../simulationContext';
import { crashLoop, failingWork, repeatForever, hang, imagePull, loseReport, worsen, type Outcome } from './outcomes';
import { toOwnerReference, createSednaObject, SimPod, buildWorkerLabels } from '../pods';
import type { Random } from '../random';
import type { KubeObject, Process } from '../types';
import { evaluate, infer, train, type EvalResult, type WorkContext } from './workers';

/** How one round goes; what is left out goes well. */
export interface RoundScript {
  train?: Outcome;
  eval?: Outcome;
  /** `copy-fails`: the LC cannot copy the model, says so and sends nothing. */
  deploy?: 'copy-fails';
  /** The KB has lost its index: the worker cannot update it and reports all the same. */
  kbBroken?: boolean;
}

/** A LifelongLearningJob with its rounds, pods and reports. */
export class LifelongJob {
  readonly object: KubeObject;
  readonly local: LocalJob;
  private readonly rng: Random;
  private inference?: SimPod;
  /** What the stages have reported last: the LC takes the newest model that came through, of whatever round. */
  private readonly reported: {
    Train?: { round: number; model: ModelData };
    Eval?: { round: number; model: ModelData };
  } = {};
  /** Called after each evaluation. */
  onEvaluated?: (result: EvalResult) => void;

  constructor(
    readonly parts: SimulationContext,
    readonly options: LifelongOptions
  ) {
    const { kernel } = parts;
    const { namespace, name, dataset, annotations } = options;
    this.rng = kernel.rng.fork(`job/${namespace}/${name}`);
    this.object = createSednaObject(kernel, 'LifelongLearningJob', namespace, name, lifelongSpec(options));
    this.object.metadata.annotations = { ...annotations };
    this.object.status = { knowledgeBase: emptyKnowledgeBase() };
    const key = `${namespace}/lifelonglearningjob/${name}`;
    const node = dataset.options.node;
    this.local = new LocalJob(
      kernel,
      parts.components,
      key,
      dataset,
      node,
      options.trainProb,
      options.trigger,
      options.usedSamples
    );
    this.local.round = options.roundsBefore ?? 0;
    parts.gm.watch(this.object, node, dataset.absent);
  }

  private get kernel() {
    return this.parts.kernel;
  }

  private get s3(): boolean {
    return this.options.outputDir.startsWith('s3://');
  }

  /** Appends a condition and hands the job out; `at` back-dates it. */
  set(
    stage: Stage,
    type: Parameters<typeof appendCondition>[2],
    data?: string,
    reported = false,
    at = this.kernel.now
  ): void {
    const report = data !== undefined || reported ? { message: REPORTED_BY_LC, data } : undefined;
    appendCondition(this.object, stage, type, at, report);
    if (at === this.kernel.now) {
      this.kernel.apply(this.object);
      this.parts.gm.sync(this.object);
      if (type !== 'Running' && type !== 'Starting') {
        this.parts.gm.send(this.object, this.local.node);
      }
    }
  }

  /** All rounds, for ever; `script` says how the round goes, counted from 1 in this world. */
  *run(script: (round: number) => RoundScript = () => ({})): Process {
    if (!this.object.status.conditions?.length) {
      this.set('Train', 'Waiting');
    }
    for (let round = 1; ; round++) {
      yield* this.round(script(round));
      this.set('Train', 'Waiting');
    }
  }

  /**
   * Writes a whole healthy round into the history, before the start of the world.
   * @param at when the round's training was waiting; the next round waits since `at` + 12 minutes.
   */
  backdateRound(at: number): void {
    const round = ++this.local.round;
    const urls = this.urls(round);
    const trained = model(urls.trained);
    const evaluated = model(urls.evaluated, 'pkl', { precision_score: 0.8906 });
    this.reported.Train = { round, model: trained };
    this.reported.Eval = { round, model: evaluated };
    const evalInput = inputData({ models: [trained], ...urls.evalInput });
    const minute = (n: number) => at + n * MINUTE;
    this.set('Train', 'Waiting', undefined, false, at);
    this.set('Train', 'Ready', inputData(urls.trainInput), true, minute(4));
    this.set('Train', 'Starting', undefined, false, minute(4) + SECOND);
    this.set('Train', 'Running', undefined, false, minute(4) + 7 * SECOND);
    this.set('Train', 'Completed', outputData([trained]), true, minute(9));
    this.set('Eval', 'Waiting', undefined, false, minute(9));
    this.set('Eval', 'Ready', evalInput, true, minute(9) + 8 * SECOND);
    this.set('Eval', 'Starting', undefined, false, minute(9) + 9 * SECOND);
    this.set('Eval', 'Running', undefined, false, minute(9) + 15 * SECOND);
    this.set('Eval', 'Completed', outputData([evaluated]), true, minute(11));
    this.set('Deploy', 'Waiting', undefined, false, minute(11));
    this.set('Deploy', 'Ready', inputData({ models: [evaluated] }), true, minute(11) + 6 * SECOND);
    this.set('Deploy', 'Completed', undefined, false, minute(11) + 7 * SECOND);
    this.set('Train', 'Waiting', undefined, false, minute(12));
    this.startInference();
    this.kernel.apply(this.object);
  }

  private *round(script: RoundScript): Process {
    yield 4 * SECOND;
    const samples = this.local.fresh;
    yield* this.local.waitForTrigger();
    const used = Math.max(samples, this.options.trigger.threshold + 1);
    if (!(yield* this.stage('Train', script.train ?? 'ok', used, false))) {
      return;
    }
    this.set('Eval', 'Waiting');
    yield this.rng.int(4, 11) * SECOND;
    yield* this.connected();
    this.local.log(
      'I',
      'lifelonglearningjob.go:305',
      `job(name=${this.local.key}) completed the Evaling phase triggering task successfully`
    );
    if (!(yield* this.stage('Eval', script.eval ?? 'ok', used, script.kbBroken ?? false))) {
      return;
    }
    this.set('Deploy', 'Waiting');
    yield* this.deploy(script.deploy === 'copy-fails');
  }

  private urls(round: number) {
    const { outputDir } = this.options;
    const data = (stage: string) => `${outputDir}/data/${stage}/${round}/data.${this.s3 ? 'txt' : 'csv'}`;
    const index = (stage: string) =>
      this.s3 ? { dataIndexURL: `${outputDir}/data/${stage}/${round}/dataIndex.txt` } : {};
    return {
      trained: `${outputDir}/train/${round}/index.pkl`,
      evaluated: `${outputDir}/eval/${round}/index.pkl`,
      trainInput: { dataURL: data('train'), ...index('train'), outputDir: `${outputDir}/train/${round}` },
      evalInput: { dataURL: data('eval'), ...index('eval'), outputDir: `${outputDir}/eval/${round}` },
    };
  }

  /** One stage with a pod. @returns false when it failed and the round is over. */
  private *stage(stage: 'Train' | 'Eval', outcome: Outcome, samples: number, kbBroken: boolean): Process<boolean> {
    const { kernel } = this;
    const round = this.local.round;
    const urls = this.urls(round);
    const trained = this.reported.Train;
    const input = stage === 'Train' ? urls.trainInput : { models: [trained!.model], ...urls.evalInput };
    this.set(stage, 'Ready', inputData(input), true);
    yield SECOND;
    if (outcome === 'refused') {
      for (let pause = 5; ; pause = Math.min(pause * 2, 120)) {
        this.parts.gm.refused(this.object, `failed to get secret s3-secret: secrets "s3-secret" not found`);
        yield pause * SECOND;
      }
    }
    const pod = this.pod(stage === 'Train' ? 'train' : 'eval');
    pod.create();
    this.parts.gm.podCreated(this.object, pod.name);
    this.set(stage, 'Starting');
    if (outcome === 'image-pull') {
      yield* imagePull(pod);
    }
    yield* this.prepare(pod);
    pod.run();
    if (outcome !== 'short') {
      yield SECOND;
      this.object.metadata.annotations![`sedna.io/${stage}`] = pod.spec.node;
      this.set(stage, 'Running');
    }
    if (outcome === 'crash-loop') {
      yield* crashLoop(kernel, pod);
    }
    if (outcome === 'pod-gone' || outcome === 'gm-stops') {
      yield 20 * SECOND;
      yield* this.neverMoves(outcome, pod);
    }
    if (outcome === 'fail') {
      yield* failingWork(kernel, pod, stage);
      this.parts.gm.stageEnded(this.object, stage, false);
      this.set(stage, 'Failed');
      return false;
    }
    if (outcome === 'hangs') {
      yield* hang(kernel, pod);
    }
    const context = this.context(stage === 'Eval' ? trained!.round : round);
    if (outcome === 'short') {
      yield 2 * SECOND;
      context.work = { ...context.work, trainSeconds: 2, evalSeconds: 2 };
    }
    if (outcome === 'poor') {
      context.work = worsen(context.work);
    }
    const result = stage === 'Train' ? yield* train(pod, context, samples) : yield* evaluate(pod, context, kbBroken);
    if (result) {
      this.onEvaluated?.(result);
    }
    yield SECOND;
    yield* this.finish(stage, outcome, pod, model(result ? urls.evaluated : urls.trained, 'pkl', result?.metrics));
    return true;
  }

  /** The pod goes, or who would see its end does. */
  private *neverMoves(outcome: 'pod-gone' | 'gm-stops', pod: SimPod): Process {
    if (outcome === 'pod-gone') {
      pod.remove();
    } else {
      this.parts.components.stopGm();
      yield MINUTE;
      pod.finish(0);
    }
    yield* repeatForever();
  }

  /** The report through the LC, or its loss, and the end of the pod. */
  private *finish(stage: 'Train' | 'Eval', outcome: Outcome, pod: SimPod, result: ModelData): Process {
    const report = () => {
      this.reported[stage] = { round: this.local.round, model: result };
      this.set(stage, 'Completed', outputData([result]), true);
    };
    if (outcome === 'report-lost' || outcome === 'late-report') {
      yield* loseReport(this.kernel, pod);
      pod.finish(0);
      this.parts.gm.stageEnded(this.object, stage, true);
      this.set(stage, 'Completed');
      if (outcome === 'late-report') {
        // GM went on without the report; then, before the LC looks, the report comes, and the stage goes back.
        this.set('Eval', 'Waiting');
        yield 6 * SECOND;
        report();
      } else if (!this.reported.Train) {
        this.set('Eval', 'Waiting');
        yield* this.nothingToEvaluate();
      }
      return;
    }
    yield* this.connected();
    report();
    this.parts.gm.stageEnded(this.object, stage, true);
    yield 900;
    pod.finish(0);
  }

  /** Without a model of any round the LC sends an empty message, once, and takes the stage for triggered. */
  private *nothingToEvaluate(): Process {
    yield 8 * SECOND;
    this.local.log('E', 'lifelonglearningjob.go:413', `job ${this.options.name} stage {Eval} model is nil`);
    this.parts.gm.invalidStage(this.object);
    yield* repeatForever();
  }

  /** What the LC reports waits for as long as its node is cut off. */
  private *connected(): Process {
    while (this.kernel.isOffline(this.local.node)) {
      yield 5 * SECOND;
    }
  }

  private *deploy(copyFails: boolean): Process {
    const { rng, local } = this;
    const urls = this.urls(local.round);
    yield rng.int(3, 10) * SECOND;
    yield* this.connected();
    while (copyFails) {
      const cause = `failed to copy trained model(url=${urls.evaluated}): open /rootfs${urls.evaluated}: no space left on device`;
      local.log('E', 'lifelonglearningjob.go:325', `failed to update model for job(name=${local.key}): ${cause}`);
      yield 10 * SECOND;
    }
    local.log('I', 'lifelonglearningjob.go:344', `job(name=${local.key}) completed the Deploy task successfully`);
    if (!this.reported.Eval) {
      // No evaluation has ever reported: there is nothing to deploy, and the round ends all the same.
      this.set('Deploy', 'Completed', '{}', true);
      return;
    }
    this.set('Deploy', 'Ready', inputData({ models: [this.reported.Eval.model] }), true);
    yield SECOND;
    this.startInference();
    this.parts.gm.inferenceRestarted(this.object);
    this.set('Deploy', 'Completed');
  }

  /** GM deletes the inference pod and creates another one. */
  startInference(): void {
    const { kernel } = this;
    this.inference?.remove();
    const pod = this.pod('inference');
    this.inference = pod;
    const alive = () => this.inference === pod;
    const context = this.context(this.local.round);
    const prepare = this.prepare.bind(this);
    pod.create();
    kernel.spawn(
      (function* (): Process {
        yield* prepare(pod);
        if (alive()) {
          pod.run();
          yield* infer(pod, context, alive);
        }
      })()
    );
  }

  /** From the pod's creation until its main container can run. */
  private *prepare(pod: SimPod): Process {
    if (this.s3) {
      const url = `${this.options.outputDir}/deploy/index.pkl`;
      pod.initLog(initializerLine(this.kernel.now, 'INFO', 'download:70', `Copying contents of ${url} to local`));
    }
    yield this.rng.int(3, 7) * SECOND;
  }

  private context(round: number): WorkContext {
    const { work, outputDir, inferenceFault } = this.options;
    return { now: () => this.kernel.now, rng: this.rng, kb: this.parts.kb, work, round, outputDir, inferenceFault };
  }

  private pod(type: 'train' | 'eval' | 'inference'): SimPod {
    const { options, object, rng } = this;
    const train = type !== 'inference';
    return new SimPod(
      this.kernel,
      {
        namespace: options.namespace,
        name: `${options.name}-${type}-${rng.suffix(5)}`,
        node: train ? options.node : options.inferenceNode,
        labels: buildWorkerLabels(object, type),
        owner: toOwnerReference(object),
        container: train ? `${type}-worker` : 'infer-worker',
        image: options.image,
        args: [{ train: 'train.py', eval: 'eval.py', inference: 'inference.py' }[type]],
        env: workerEnv(options, type, this.local.round, rng.suffix(5)),
        restartPolicy: train ? (options.restartPolicy ?? 'OnFailure') : 'Always',
        storageInitializer: this.s3,
      },
      rng.uuid()
    );
  }
}
