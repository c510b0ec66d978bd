import type { Stage } from '../../../src/sedna/kinds';
import { MINUTE, SECOND } from '../clock';
import {
  appendCondition,
  emptyKnowledgeBase,
  formatCondition,
  getConditions,
  inputData,
  model,
  outputData,
  REPORTED_BY_LC,
  type ModelData,
} from './conditions';
import { LocalJob } from '../components/localController';
import { buildLifelongSpec, buildWorkerEnv, getSecretError, type LifelongOptions } from './lifelongSpec';
import { formatInitializerLine } from '../logs/format';
import type { SimulationContext } from '../simulationContext';
import {
  crashLoop,
  failStage,
  waitForever,
  hang,
  failImagePull,
  loseReport,
  lowerQuality,
  type Outcome,
} from './outcomes';
import { toOwnerReference, createSednaObject, SimPod, buildWorkerLabels } from '../pods';
import type { Random } from '../random';
import type { KubeObject, Process } from '../types';
import { evaluate, infer, train, type EvalResult, type WorkContext } from './workers';

/** Outcomes of a round. Omitted stages succeed. */
export interface RoundScript {
  train?: Outcome;
  eval?: Outcome;
  /** `copy-fails`: the LC can't copy the model, logs an error, and sends no report. */
  deploy?: 'copy-fails';
  /** The KB lost its index: the worker can't update it, but still reports success. */
  kbBroken?: boolean;
}

/** A LifelongLearningJob with its rounds, pods, and reports. */
export class LifelongJob {
  readonly object: KubeObject;
  readonly local: LocalJob;
  private readonly random: Random;
  private inference?: SimPod;
  /** Last report of each stage. The LC uses the newest model that it received, from any round. */
  private readonly reported: {
    Train?: { round: number; model: ModelData };
    Eval?: { round: number; model: ModelData };
  } = {};
  /** Called after each evaluation. */
  onEvaluated?: (result: EvalResult) => void;

  constructor(
    readonly context: SimulationContext,
    readonly options: LifelongOptions
  ) {
    const { kernel } = context;
    const { namespace, name, dataset, annotations } = options;
    this.random = kernel.random.fork(`job/${namespace}/${name}`);
    this.object = createSednaObject(kernel, 'LifelongLearningJob', namespace, name, buildLifelongSpec(options));
    this.object.metadata.annotations = { ...annotations };
    this.object.status = { knowledgeBase: emptyKnowledgeBase() };
    const key = `${namespace}/lifelonglearningjob/${name}`;
    const node = dataset.options.node;
    this.local = new LocalJob(
      kernel,
      context.components,
      key,
      dataset,
      node,
      options.trainProb,
      options.trigger,
      options.usedSamples
    );
    this.local.round = options.roundsBefore ?? 0;
    context.gm.watch(this.object, node, dataset.missingName);
  }

  private get kernel() {
    return this.context.kernel;
  }

  private get usesS3(): boolean {
    return this.options.outputDir.startsWith('s3://');
  }

  /** Appends a condition and applies the job. A condition with an earlier `at` isn't applied. */
  setCondition(
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
      this.context.gm.logSync(this.object);
      if (type !== 'Running' && type !== 'Starting') {
        this.context.gm.logSend(this.object, this.local.node);
      }
    }
  }

  /** Runs rounds forever. @param script returns the outcomes of a round, counted from 1 in this simulation */
  *run(script: (round: number) => RoundScript = () => ({})): Process {
    if (!this.object.status.conditions?.length) {
      this.setCondition('Train', 'Waiting');
    }
    for (let round = 1; ; round++) {
      yield* this.runRound(script(round));
      this.setCondition('Train', 'Waiting');
    }
  }

  /**
   * Adds a successful round before the start of the simulation.
   * @param at start of the round; the next round waits since 12 minutes later
   */
  backdateRound(at: number): void {
    const round = ++this.local.round;
    const urls = this.buildUrls(round);
    const trained = model(urls.trained);
    const evaluated = model(urls.evaluated, 'pkl', { precision_score: 0.8906 });
    this.reported.Train = { round, model: trained };
    this.reported.Eval = { round, model: evaluated };
    const evalInput = inputData({ models: [trained], ...urls.evalInput });
    const minute = (n: number) => at + n * MINUTE;
    this.setCondition('Train', 'Waiting', undefined, false, at);
    this.setCondition('Train', 'Ready', inputData(urls.trainInput), true, minute(4));
    this.setCondition('Train', 'Starting', undefined, false, minute(4) + SECOND);
    this.setCondition('Train', 'Running', undefined, false, minute(4) + 7 * SECOND);
    this.setCondition('Train', 'Completed', outputData([trained]), true, minute(9));
    this.setCondition('Eval', 'Waiting', undefined, false, minute(9));
    this.setCondition('Eval', 'Ready', evalInput, true, minute(9) + 8 * SECOND);
    this.setCondition('Eval', 'Starting', undefined, false, minute(9) + 9 * SECOND);
    this.setCondition('Eval', 'Running', undefined, false, minute(9) + 15 * SECOND);
    this.setCondition('Eval', 'Completed', outputData([evaluated]), true, minute(11));
    this.setCondition('Deploy', 'Waiting', undefined, false, minute(11));
    this.setCondition('Deploy', 'Ready', inputData({ models: [model(urls.evaluated)] }), true, minute(11) + 6 * SECOND);
    this.setCondition('Deploy', 'Completed', undefined, false, minute(11) + 7 * SECOND);
    this.setCondition('Train', 'Waiting', undefined, false, minute(12));
    this.startInference();
    this.kernel.apply(this.object);
  }

  private *runRound(script: RoundScript): Process {
    yield 4 * SECOND;
    const samples = this.local.unusedSamples;
    yield* this.local.waitForTrigger();
    const used = Math.max(samples, this.options.trigger.threshold + 1);
    if (!(yield* this.runStage('Train', script.train ?? 'ok', used, false))) {
      return;
    }
    this.setCondition('Eval', 'Waiting');
    yield this.random.int(4, 11) * SECOND;
    yield* this.waitUntilOnline();
    this.local.log(
      'I',
      'lifelonglearningjob.go:305',
      `job(name=${this.local.key}) completed the Evaling phase triggering task successfully`
    );
    if (!(yield* this.runStage('Eval', script.eval ?? 'ok', used, script.kbBroken ?? false))) {
      return;
    }
    this.setCondition('Deploy', 'Waiting');
    yield* this.runDeploy(script.deploy === 'copy-fails');
  }

  private buildUrls(round: number) {
    const { outputDir } = this.options;
    const data = (stage: string) => `${outputDir}/data/${stage}/${round}/data.${this.usesS3 ? 'txt' : 'csv'}`;
    const index = (stage: string) =>
      this.usesS3 ? { dataIndexURL: `${outputDir}/data/${stage}/${round}/dataIndex.txt` } : {};
    return {
      trained: `${outputDir}/train/${round}/index.pkl`,
      evaluated: `${outputDir}/eval/${round}/index.pkl`,
      trainInput: { dataURL: data('train'), ...index('train'), outputDir: `${outputDir}/train/${round}` },
      evalInput: { dataURL: data('eval'), ...index('eval'), outputDir: `${outputDir}/eval/${round}` },
    };
  }

  /** Runs a stage with a pod. @returns false if it failed, which ends the round */
  private *runStage(stage: 'Train' | 'Eval', outcome: Outcome, samples: number, kbBroken: boolean): Process<boolean> {
    const { kernel } = this;
    const round = this.local.round;
    const urls = this.buildUrls(round);
    const trained = this.reported.Train;
    const input = stage === 'Train' ? urls.trainInput : { models: [trained!.model], ...urls.evalInput };
    this.setCondition(stage, 'Ready', inputData(input), true);
    yield SECOND;
    if (outcome === 'refused') {
      for (let pause = 5; ; pause = Math.min(pause * 2, 120)) {
        this.context.gm.logPodRefused(this.object, getSecretError(this.options));
        yield pause * SECOND;
      }
    }
    const pod = this.createWorkerPod(stage === 'Train' ? 'train' : 'eval');
    pod.create();
    this.context.gm.logPodCreated(this.object, pod.name);
    this.setCondition(stage, 'Starting');
    if (outcome === 'image-pull') {
      yield* failImagePull(pod);
    }
    yield* this.waitForContainer(pod);
    pod.run();
    if (outcome !== 'short') {
      yield SECOND;
      this.object.metadata.annotations![`sedna.io/${stage}`] = pod.spec.node;
      this.setCondition(stage, 'Running');
    }
    if (outcome === 'crash-loop') {
      yield* crashLoop(kernel, pod);
    }
    if (outcome === 'pod-gone' || outcome === 'gm-stops') {
      yield 20 * SECOND;
      yield* this.stallWhileRunning(outcome, pod);
    }
    if (outcome === 'fail') {
      yield* failStage(kernel, pod, stage);
      this.context.gm.logStageEnded(this.object, stage, false);
      this.setCondition(stage, 'Failed');
      return false;
    }
    if (outcome === 'hangs') {
      yield* hang(kernel, pod);
    }
    const workContext = this.createWorkContext(stage === 'Eval' ? trained!.round : round);
    if (outcome === 'short') {
      yield 2 * SECOND;
      workContext.work = { ...workContext.work, trainSeconds: 2, evalSeconds: 2 };
    }
    if (outcome === 'poor') {
      workContext.work = lowerQuality(workContext.work);
    }
    const result =
      stage === 'Train' ? yield* train(pod, workContext, samples) : yield* evaluate(pod, workContext, kbBroken);
    if (result) {
      this.onEvaluated?.(result);
    }
    yield SECOND;
    yield* this.endStage(stage, outcome, pod, model(result ? urls.evaluated : urls.trained, 'pkl', result?.metrics));
    return true;
  }

  /** Stalls while the stage is Running: the pod is deleted, or the GM stops before it sees the pod end. */
  private *stallWhileRunning(outcome: 'pod-gone' | 'gm-stops', pod: SimPod): Process {
    if (outcome === 'pod-gone') {
      pod.remove();
    } else {
      this.context.components.stopGm();
      yield MINUTE;
      pod.finish(0);
    }
    yield* waitForever();
  }

  /** Ends a stage: the worker reports to the LC or its report is lost, and the pod finishes. */
  private *endStage(stage: 'Train' | 'Eval', outcome: Outcome, pod: SimPod, result: ModelData): Process {
    const report = () => {
      this.reported[stage] = { round: this.local.round, model: result };
      this.setCondition(stage, 'Completed', outputData([result]), true);
    };
    if (outcome === 'report-lost' || outcome === 'late-report') {
      yield* loseReport(this.kernel, pod);
      pod.finish(0);
      this.context.gm.logStageEnded(this.object, stage, true);
      this.setCondition(stage, 'Completed');
      if (outcome === 'late-report') {
        // The GM continued without the report. The late report then sets the stage back.
        this.setCondition('Eval', 'Waiting');
        yield 6 * SECOND;
        report();
      } else if (!this.reported.Train) {
        this.setCondition('Eval', 'Waiting');
        yield* this.stallWithoutModel();
      }
      return;
    }
    yield* this.waitUntilOnline();
    report();
    this.context.gm.logStageEnded(this.object, stage, true);
    yield 900;
    pod.finish(0);
  }

  /** Stalls without a model of any round: the LC sends one empty message and counts the stage as triggered. */
  private *stallWithoutModel(): Process {
    yield 8 * SECOND;
    const condition = formatCondition(getConditions(this.object).at(-1)!);
    this.local.log('E', 'lifelonglearningjob.go:413', `job ${this.options.name} stage ${condition} model is nil`);
    this.context.gm.logInvalidStage(this.object);
    yield* waitForever();
  }

  /** Waits while the node of the LC is offline, because the LC can't report. */
  private *waitUntilOnline(): Process {
    while (this.kernel.isOffline(this.local.node)) {
      yield 5 * SECOND;
    }
  }

  private *runDeploy(copyFails: boolean): Process {
    const { random, local } = this;
    const urls = this.buildUrls(local.round);
    yield random.int(3, 10) * SECOND;
    yield* this.waitUntilOnline();
    while (copyFails) {
      const cause = `failed to copy trained model(url=${urls.evaluated}): open /rootfs${urls.evaluated}: no space left on device`;
      local.log('E', 'lifelonglearningjob.go:325', `failed to update model for job(name=${local.key}): ${cause}`);
      yield 10 * SECOND;
    }
    local.log('I', 'lifelonglearningjob.go:344', `job(name=${local.key}) completed the Deploy task successfully`);
    if (!this.reported.Eval) {
      // Without any reported evaluation there is no model to deploy, but Sedna completes the round.
      this.setCondition('Deploy', 'Completed', '{}', true);
      return;
    }
    const { url } = this.reported.Eval.model;
    this.setCondition('Deploy', 'Ready', inputData({ models: [model(url)] }), true);
    yield SECOND;
    this.startInference();
    this.context.gm.logInferenceRestarted(this.object);
    this.setCondition('Deploy', 'Completed');
  }

  /** Replaces the inference pod, as the GM does after each deployment. */
  startInference(): void {
    const { kernel } = this;
    this.inference?.remove();
    const pod = this.createWorkerPod('inference');
    this.inference = pod;
    const isAlive = () => this.inference === pod;
    const workContext = this.createWorkContext(this.local.round);
    const waitForContainer = this.waitForContainer.bind(this);
    pod.create();
    kernel.spawn(
      (function* (): Process {
        yield* waitForContainer(pod);
        if (isAlive()) {
          pod.run();
          yield* infer(pod, workContext, isAlive);
        }
      })()
    );
  }

  /** Waits from the creation of a pod until its main container can run. */
  private *waitForContainer(pod: SimPod): Process {
    if (this.usesS3) {
      const url = `${this.options.outputDir}/deploy/index.pkl`;
      pod.initLog(formatInitializerLine(this.kernel.now, 'INFO', 'download:70', `Copying contents of ${url} to local`));
    }
    yield this.random.int(3, 7) * SECOND;
  }

  private createWorkContext(round: number): WorkContext {
    const { work, outputDir, inferenceFault } = this.options;
    return {
      now: () => this.kernel.now,
      random: this.random,
      kb: this.context.kb,
      work,
      round,
      outputDir,
      inferenceFault,
    };
  }

  private createWorkerPod(type: 'train' | 'eval' | 'inference'): SimPod {
    const { options, object, random } = this;
    const train = type !== 'inference';
    return new SimPod(
      this.kernel,
      {
        namespace: options.namespace,
        name: `${options.name}-${type}-${random.suffix(5)}`,
        node: train ? options.node : options.inferenceNode,
        labels: buildWorkerLabels(object, type),
        owner: toOwnerReference(object),
        container: train ? `${type}-worker` : 'infer-worker',
        image: options.image,
        args: [{ train: 'train.py', eval: 'eval.py', inference: 'inference.py' }[type]],
        env: buildWorkerEnv(options, type, this.local.round, random.suffix(5)),
        restartPolicy: train ? (options.restartPolicy ?? 'OnFailure') : 'Always',
        storageInitializer: this.usesS3,
      },
      random.uuid()
    );
  }
}
