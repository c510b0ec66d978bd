import { SEDNA_NAMESPACE, type KindName } from '../../src/sedna/kinds';
import { getDeploymentName } from '../../src/sedna/kinds/workers';
import { HOUR, MINUTE, rfc3339, SECOND } from '../engine/clock';
import { appendCondition, inputData, model, outputData, REPORTED_BY_LC } from '../engine/jobs/conditions';
import { SimDataset } from '../engine/jobs/dataset';
import { WorkerLog } from '../engine/logs/workerLog';
import type { SimulationContext } from '../engine/simulationContext';
import {
  createGeneratedName,
  toOwnerReference,
  createSednaObject,
  SimPod,
  buildWorkerLabels,
  type PodSpec,
} from '../engine/pods';
import type { Random } from '../engine/random';
import type { Json, KubeObject, Process } from '../engine/types';

const template = (nodeName: string, name: string, image: string): Json => ({
  template: { spec: { nodeName, containers: [{ name, image: `kubeedge/${image}` }] } },
});

/** A condition of a kind without stages. */
export function condition(type: string, at: number, message?: string): Json {
  const time = rfc3339(at);
  return { type, status: 'True', lastHeartbeatTime: time, lastTransitionTime: time, ...(message ? { message } : {}) };
}

/** Where and from what a worker is made. */
export interface WorkerSpec {
  /** As GM has it; labels and names have it in lower case. */
  type: string;
  node: string;
  container: string;
  image: string;
  /** Tells workers of one owner, type and node apart. */
  run?: number;
}

function runPod(
  parts: SimulationContext,
  owner: KubeObject,
  worker: WorkerSpec,
  rng: Random,
  more: PodDetails
): SimPod {
  const { node, container, image } = worker;
  const namespace = owner.metadata.namespace!;
  const pod = new SimPod(parts.kernel, { namespace, node, container, image: `kubeedge/${image}`, ...more }, rng.uuid());
  pod.create();
  pod.run();
  return pod;
}

type PodDetails = Pick<PodSpec, 'name' | 'labels' | 'owner' | 'restartPolicy' | 'podIp'>;

const rngOf = ({ kernel }: SimulationContext, { kind, metadata }: KubeObject, { type, node, run = 1 }: WorkerSpec) =>
  kernel.random.fork(`pod/${kind}/${metadata.name}/${type.toLowerCase()}/${node}/${run}`);

/** Creates one worker pod that the resource itself owns, and that runs. */
function worker(parts: SimulationContext, owner: KubeObject, spec: WorkerSpec): SimPod {
  const rng = rngOf(parts, owner, spec);
  const type = spec.type.toLowerCase();
  return runPod(parts, owner, spec, rng, {
    name: createGeneratedName(`${owner.metadata.name}-${type}-`, rng),
    labels: buildWorkerLabels(owner, type),
    owner: toOwnerReference(owner),
    restartPolicy: 'OnFailure',
  });
}

/**
 * Creates the pod of a worker that runs as a Deployment of one replica: its ReplicaSet owns it, and it has an address
 * in the pod network. Of the Deployment and the ReplicaSet nothing but their names is simulated.
 */
export function deployedWorker(parts: SimulationContext, owner: KubeObject, spec: WorkerSpec): SimPod {
  const rng = rngOf(parts, owner, spec);
  const { name } = owner.metadata;
  const type = spec.type.toLowerCase();
  const hash = rng.suffix(10);
  const set = `${getDeploymentName(name, type)}-${hash}`;
  return runPod(parts, owner, spec, rng, {
    name: createGeneratedName(`${set}-`, rng),
    labels: {
      ...buildWorkerLabels(owner, type),
      'app.sedna.io': `${name}-${spec.type}-svc`,
      'pod-template-hash': hash,
    },
    owner: {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: set,
      uid: rng.uuid(),
      controller: true,
      blockOwnerDeletion: true,
    },
    restartPolicy: 'Always',
    podIp: `10.244.1.${rng.int(2, 250)}`,
  });
}

/** At least one object of each kind beside LifelongLearningJob. */
export function otherKinds(parts: SimulationContext): void {
  const { kernel } = parts;
  models(parts);
  for (const [namespace, name] of [
    ['default', 'dataset-demo0'],
    ['default', 'incremental-dataset'],
    ['factory', 'coco-dataset-1'],
  ]) {
    const url = `/data/${name}/train.txt`;
    new SimDataset(kernel, parts.components, {
      namespace,
      name,
      url,
      format: 'txt',
      node: 'edge0',
      initial: 400,
      perMinute: 12,
    });
  }
  kernel.spawn(incremental(parts));
  kernel.spawn(federated(parts));
  kernel.spawn(jointInference(parts));
  services(parts);
}

function models({ kernel }: SimulationContext): void {
  const metrics: Record<string, Array<[string, string]>> = {
    'model-demo1': [],
    'initial-model': [
      ['precision', '0.95'],
      ['recall', '0.874'],
    ],
    'deploy-model': [
      ['precision', '0.9512'],
      ['f1', 'n/a'],
      ['coverage', '93.1%'],
    ],
  };
  for (const [name, pairs] of Object.entries(metrics)) {
    const object = createSednaObject(kernel, 'Model', 'default', name, { url: `/model/${name}.pb`, format: 'pb' });
    if (pairs.length > 0) {
      const list = pairs.map(([key, value]) => ({ key, value }));
      object.status = { updateTime: rfc3339(kernel.now - HOUR), metrics: list };
    }
    kernel.apply(object);
  }
}

/** Staged like a lifelong learning job: rounds of about 15 minutes. */
function* incremental(parts: SimulationContext): Process {
  const { kernel } = parts;
  const image = 'sedna-example-incremental-learning-helmet-detection:v0.1.0';
  const object = createSednaObject(kernel, 'IncrementalLearningJob', 'default', 'helmet-detection-demo', {
    initialModel: { name: 'initial-model' },
    dataset: { name: 'incremental-dataset', trainProb: 0.8 },
    trainSpec: {
      ...template('edge-node', 'train-worker', image),
      trigger: {
        checkPeriodSeconds: 60,
        timer: { start: '02:00', end: '24:00' },
        condition: { operator: '>', threshold: 500, metric: 'num_of_samples' },
      },
    },
    evalSpec: template('edge-node', 'eval-worker', image),
    deploySpec: {
      model: { name: 'deploy-model' },
      trigger: { condition: { operator: '>', threshold: 0.1, metric: 'precision_delta' } },
      ...template('edge-node', 'infer-worker', image),
    },
    outputDir: '/output/helmet',
  });
  const set = (stage: 'Train' | 'Eval' | 'Deploy', type: Parameters<typeof appendCondition>[2], data?: string) => {
    appendCondition(object, stage, type, kernel.now, data ? { message: REPORTED_BY_LC, data } : undefined);
    kernel.apply(object);
  };
  for (let round = 1; ; round++) {
    const trained = [model(`/output/helmet/train/${round}/model.pb`, 'pb', { precision: 0.88 })];
    set('Train', 'Waiting');
    yield 8 * MINUTE;
    for (const stage of ['Train', 'Eval'] as const) {
      const outputDir = `/output/helmet/${stage.toLowerCase()}/${round}`;
      set(stage, 'Ready', inputData({ models: trained, dataURL: `${outputDir}/data.txt`, outputDir }));
      yield SECOND;
      set(stage, 'Starting');
      const type = stage.toLowerCase();
      const pod = worker(parts, object, { type, node: 'edge-node', container: `${type}-worker`, image, run: round });
      const log = new WorkerLog(pod, () => kernel.now);
      yield 5 * SECOND;
      set(stage, 'Running');
      for (let i = 0; i < 30; i++) {
        log.line('train.py(57)', `epoch 0 step ${i} loss ${(1.4 * 0.95 ** i).toFixed(4)}`);
        yield 6 * SECOND;
      }
      set(stage, 'Completed', outputData(trained));
      pod.finish(0);
      set(stage === 'Train' ? 'Eval' : 'Deploy', 'Waiting');
      yield 9 * SECOND;
    }
    set('Deploy', 'Ready', inputData({ models: trained }));
    yield 2 * SECOND;
    set('Deploy', 'Completed');
  }
}

/** One job that trains for four hours and succeeds, one that is done, one that failed. */
function* federated(parts: SimulationContext): Process {
  const { kernel } = parts;
  const image = 'sedna-example-federated-learning-surface-defect-detection-train:v0.1.0';
  const make = (name: string) =>
    createSednaObject(kernel, 'FederatedLearningJob', 'default', name, {
      aggregationWorker: { model: { name: `${name}-model` }, ...template('cloud-node', 'agg-worker', image) },
      trainingWorkers: ['edge-node', 'edge0'].map((node) => ({
        dataset: { name: `${node}-${name}-dataset` },
        ...template(node, 'train-worker', image),
      })),
    });
  const past = (ended: 'Succeeded' | 'Failed', name: string) => {
    const object = make(name);
    const [start, end] = [kernel.start - 5 * HOUR, kernel.start - 4 * HOUR];
    const last =
      ended === 'Succeeded'
        ? condition('Complete', end)
        : condition('Failed', end, 'the worker of federatedlearningjob failed');
    object.status = {
      conditions: [condition('Training', start), last],
      phase: ended,
      active: 0,
      succeeded: ended === 'Succeeded' ? 3 : 2,
      failed: ended === 'Succeeded' ? 0 : 1,
      startTime: rfc3339(start),
      completionTime: rfc3339(end),
    };
    kernel.apply(object);
  };
  past('Succeeded', 'yolo-v5');
  past('Failed', 'yolo-v5-broken');
  const object = make('surface-defect-detection');
  object.status = {
    phase: 'Pending',
    active: 0,
    succeeded: 0,
    failed: 0,
    startTime: rfc3339(kernel.now),
    conditions: [],
  };
  kernel.apply(object);
  yield 20 * SECOND;
  const pods = ['cloud-node', 'edge-node', 'edge0'].map((node, i) =>
    worker(
      parts,
      object,
      i === 0
        ? { type: 'Aggregation', node, container: 'agg-worker', image }
        : { type: 'train', node, container: 'train-worker', image }
    )
  );
  Object.assign(object.status, { phase: 'Running', active: 3, conditions: [condition('Training', kernel.now)] });
  kernel.apply(object);
  const logs = pods.map((pod) => new WorkerLog(pod, () => kernel.now));
  for (let round = 1; round <= 100; round++) {
    logs.forEach((log, i) =>
      log.line('federated_learning.py(110)', i === 0 ? `aggregation round ${round} done` : `round ${round} finished`)
    );
    yield 150 * SECOND;
  }
  pods.forEach((pod) => pod.finish(0));
  const { conditions } = object.status;
  conditions.push(condition('Complete', kernel.now));
  Object.assign(object.status, { phase: 'Succeeded', active: 0, succeeded: 3, completionTime: rfc3339(kernel.now) });
  kernel.apply(object);
}

/** Reports its counters every 30 s, as strings. */
function* jointInference(parts: SimulationContext): Process {
  const { kernel } = parts;
  const image = 'sedna-example-joint-inference-helmet-detection-little:v0.1.0';
  const name = 'helmet-detection-inference-example';
  const object = createSednaObject(kernel, 'JointInferenceService', 'default', name, {
    edgeWorker: {
      model: { name: 'helmet-detection-inference-little-model' },
      ...template('edge-node', 'little-model', image),
    },
    cloudWorker: {
      model: { name: 'helmet-detection-inference-big-model' },
      ...template('cloud-node', 'big-model', image),
    },
  });
  const rng = kernel.random.fork(name);
  const startTime = rfc3339(kernel.now);
  const little: WorkerSpec = { type: 'Edge', node: 'edge-node', container: 'little-model', image };
  const edge = new WorkerLog(deployedWorker(parts, object, little), () => kernel.now);
  deployedWorker(parts, object, { type: 'Cloud', node: 'cloud-node', container: 'big-model', image });
  object.status = {
    conditions: [condition('Pending', kernel.now), condition('Running', kernel.now)],
    active: 2,
    failed: 0,
    startTime,
  };
  for (let done = 0, hard = 0; ;) {
    const batch = rng.int(20, 40);
    done += batch;
    hard += rng.int(0, 4);
    const pairs: Array<[string, string]> = [
      ['inferenceNumber', String(done)],
      ['hardExampleNumber', String(hard)],
      ['uploadCloudRatio', (hard / done).toFixed(4)],
      ['startTime', startTime],
      ['updateTime', rfc3339(kernel.now)],
    ];
    object.status.metrics = pairs.map(([key, value]) => ({ key, value }));
    kernel.apply(object);
    edge.line('joint_inference.py(211)', `inference of ${batch} images done, ${hard} hard examples so far`);
    yield 30 * SECOND;
  }
}

/** Kinds that stay as they are; ObjectTrackingService has no controller, hence no status at all. */
function services(parts: SimulationContext): void {
  const { kernel } = parts;
  const since = kernel.start - 3 * HOUR;
  const put = (kind: KindName, name: string, spec: Json, status?: Json, namespace = 'default') => {
    const object = createSednaObject(kernel, kind, namespace, name, spec);
    object.status = status;
    kernel.apply(object);
    return object;
  };
  const running = {
    active: 1,
    failed: 0,
    startTime: rfc3339(since),
    conditions: [condition('Pending', since), condition('Running', since + MINUTE)],
  };
  const reidImage = 'sedna-example-multi-edge-inference-reid:v0.1.0';
  const extraction = put(
    'FeatureExtractionService',
    'pedestrian-features',
    { ...template('edge0', 'feature-extraction', reidImage), model: { name: 'model-demo1' } },
    { ...running, metrics: [{ key: 'extracted', value: '4821' }] }
  );
  deployedWorker(parts, extraction, { type: 'fe', node: 'edge0', container: 'feature-extraction', image: reidImage });
  put(
    'VideoAnalyticsJob',
    'gate-camera',
    {
      ...template('edge0', 'video-analytics', 'sedna-example-multi-edge-inference-videoanalytics:v0.1.0'),
      model: { name: 'model-demo1' },
    },
    {
      ...running,
      succeeded: 0,
      phase: 'Running',
      conditions: [condition('Waiting', since), condition('Running', since + MINUTE)],
    },
    SEDNA_NAMESPACE
  );
  put('ReidJob', 'pedestrian-reid', template('cloud-node', 'reid', reidImage), {
    active: 0,
    succeeded: 1,
    failed: 0,
    phase: 'Succeeded',
    startTime: rfc3339(since),
    completionTime: rfc3339(since + HOUR),
    conditions: [
      condition('Waiting', since),
      condition('Running', since + MINUTE),
      condition('Completed', since + HOUR),
    ],
  });
  put(
    'ObjectSearchService',
    'pedestrian-search',
    { reidWorkers: { replicas: 5, ...template('cloud-node', 'reid', reidImage) } },
    {
      active: 0,
      failed: 1,
      startTime: rfc3339(since),
      conditions: [condition('Pending', since), condition('Failed', since + MINUTE, 'the worker of service failed')],
    }
  );
  put('ObjectTrackingService', 'pedestrian-tracking', {
    reidWorkers: { replicas: 5, ...template('cloud-node', 'reid', reidImage) },
  });
}
