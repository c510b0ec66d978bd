import { MINUTE, SECOND } from '../engine/clock';
import { appendCondition, inputData, model, outputData, REPORTED_BY_LC } from '../engine/jobs/conditions';
import { WorkerLog } from '../engine/logs/workerLog';
import { createSednaObject, type SimPod } from '../engine/pods';
import type { SimulationContext } from '../engine/simulationContext';
import type { Process } from '../engine/types';
import { template, worker } from './workerPods';

const IMAGE = 'sedna-example-incremental-learning-helmet-detection:v0.1.0';
const OUTPUT = '/output/helmet';
const NAME = 'helmet-detection-demo';
/** The model that an evaluation compares the new one with, and that a deployment replaces. */
const DEPLOYED = '/model/deploy-model.pb';

/** Metrics per class, as the example returns them. */
const NEW_METRICS = { precision: [0.91, 0.88, 0.9], recall: [0.87, 0.9, 0.85] };
const OLD_METRICS = { precision: [0.78, 0.74, 0.79], recall: [0.8, 0.81, 0.77] };

/** Staged like a lifelong learning job: rounds of about 15 minutes. Its inference worker exists from the start. */
export function* incremental(context: SimulationContext): Process {
  const { kernel, components } = context;
  const job = createSednaObject(kernel, 'IncrementalLearningJob', 'default', NAME, {
    initialModel: { name: 'initial-model' },
    dataset: { name: 'incremental-dataset', trainProb: 0.8 },
    trainSpec: {
      ...template('edge-node', 'train-worker', IMAGE),
      trigger: {
        checkPeriodSeconds: 60,
        timer: { start: '02:00', end: '24:00' },
        condition: { operator: '>', threshold: 500, metric: 'num_of_samples' },
      },
    },
    evalSpec: template('edge-node', 'eval-worker', IMAGE),
    deploySpec: {
      model: { name: 'deploy-model' },
      trigger: { condition: { operator: '>', threshold: 0.1, metric: 'precision_delta[0]' } },
      ...template('edge-node', 'infer-worker', IMAGE),
    },
    outputDir: OUTPUT,
  });
  const set = (stage: 'Train' | 'Eval' | 'Deploy', type: Parameters<typeof appendCondition>[2], data?: string) => {
    appendCondition(job, stage, type, kernel.now, data ? { message: REPORTED_BY_LC, data } : undefined);
    kernel.apply(job);
  };
  const lcLog = (at: string, text: string) =>
    components.lcLog('edge-node', 'I', `incrementallearningjob.go:${at}`, text);
  const key = `job(default/incrementallearningjob/${NAME})`;
  const startInference = (run: number): SimPod =>
    worker(context, job, {
      type: 'inference',
      node: 'edge-node',
      container: 'infer-worker',
      image: IMAGE,
      run,
      hostNetwork: true,
      restartPolicy: 'Always',
    });
  let inference = startInference(0);
  for (let round = 1; ; round++) {
    const trained = model(`${OUTPUT}/train/${round}/model.pb`, 'pb');
    const old = model(DEPLOYED, 'pb');
    const input = (models: Array<ReturnType<typeof model>>) => ({
      models,
      dataURL: `${OUTPUT}/data/train/${round}/data.txt`,
    });
    set('Train', 'Waiting');
    yield 8 * MINUTE;
    lcLog('208', `${key} completed the Training phase triggering task successfully`);
    set(
      'Train',
      'Ready',
      inputData({ ...input([model('/model/initial-model.pb', 'pb')]), outputDir: `${OUTPUT}/train/${round}` })
    );
    yield* runStage('Train', outputData([trained]));
    set('Eval', 'Waiting');
    yield 9 * SECOND;
    lcLog('266', `${key} completed the Evaling phase triggering task successfully`);
    const dataURL = `${OUTPUT}/data/eval/${round}/data.txt`;
    set('Eval', 'Ready', inputData({ models: [trained, old], dataURL }));
    yield* runStage('Eval', outputData([model(trained.url, 'pb', NEW_METRICS), model(old.url, 'pb', OLD_METRICS)]));
    set('Deploy', 'Waiting');
    yield 9 * SECOND;
    set('Deploy', 'Ready', inputData({ models: [trained, old] }));
    yield 2 * SECOND;
    inference.remove();
    inference = startInference(round);
    set('Deploy', 'Completed');

    function* runStage(stage: 'Train' | 'Eval', result: string): Process {
      yield SECOND;
      set(stage, 'Starting');
      const type = stage.toLowerCase();
      const pod = worker(context, job, {
        type,
        node: 'edge-node',
        container: `${type}-worker`,
        image: IMAGE,
        run: round,
        hostNetwork: true,
      });
      const log = new WorkerLog(pod, () => kernel.now);
      yield 5 * SECOND;
      set(stage, 'Running');
      if (stage === 'Train') {
        for (let i = 0; i < 30; i++) {
          log.line('train.py(57)', `epoch 0 step ${i} loss ${(1.4 * 0.95 ** i).toFixed(4)}`);
          yield 6 * SECOND;
        }
      } else {
        yield 90 * SECOND;
        log.evaluated(`/home/data${trained.url}`, NEW_METRICS);
        log.evaluated(`/home/data${old.url}`, OLD_METRICS);
      }
      set(stage, 'Completed', result);
      pod.finish(0);
    }
  }
}
