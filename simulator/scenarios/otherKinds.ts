import { SEDNA_NAMESPACE, type KindName } from '../../src/sedna/kinds';
import { HOUR, MINUTE, rfc3339, SECOND } from '../engine/clock';
import { SimDataset } from '../engine/jobs/dataset';
import { WorkerLog } from '../engine/logs/workerLog';
import { createSednaObject } from '../engine/pods';
import type { SimulationContext } from '../engine/simulationContext';
import type { Json, Process } from '../engine/types';
import { federated } from './federatedJobs';
import { incremental } from './incrementalJob';
import { condition, deployedWorker, template, worker, type WorkerSpec } from './workerPods';

/** At least one object of each kind beside LifelongLearningJob. */
export function otherKinds(context: SimulationContext): void {
  const { kernel } = context;
  models(context);
  for (const [namespace, name] of [
    ['default', 'dataset-demo0'],
    ['default', 'incremental-dataset'],
    ['factory', 'coco-dataset-1'],
  ]) {
    const url = `/data/${name}/train.txt`;
    new SimDataset(kernel, context.components, {
      namespace,
      name,
      url,
      format: 'txt',
      node: 'edge0',
      initial: 400,
      perMinute: 12,
    });
  }
  kernel.spawn(incremental(context));
  kernel.spawn(federated(context));
  kernel.spawn(jointInference(context));
  services(context);
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

/**
 * Its counters never arrive in the status: the edge worker reports under the name `sedna`, and can't reach the local
 * controller from the pod network, so its reporting thread ends.
 */
function* jointInference(context: SimulationContext): Process {
  const { kernel } = context;
  const image = 'sedna-example-joint-inference-helmet-detection-little:v0.1.0';
  const service = createSednaObject(kernel, 'JointInferenceService', 'default', 'helmet-detection-inference-example', {
    edgeWorker: {
      model: { name: 'helmet-detection-inference-little-model' },
      ...template('edge-node', 'little-model', image),
    },
    cloudWorker: {
      model: { name: 'helmet-detection-inference-big-model' },
      ...template('cloud-node', 'big-model', image),
    },
  });
  const rng = kernel.random.fork(service.metadata.name);
  const startTime = rfc3339(kernel.now);
  kernel.apply(service);
  const little: WorkerSpec = { type: 'Edge', node: 'edge-node', container: 'little-model', image };
  deployedWorker(context, service, { type: 'Cloud', node: 'cloud-node', container: 'big-model', image });
  const edge = new WorkerLog(deployedWorker(context, service, little), () => kernel.now);
  yield 3 * SECOND;
  service.status = { conditions: [condition('Running', kernel.now)], active: 2, failed: 0, startTime };
  kernel.apply(service);
  yield 30 * SECOND;
  for (let i = 0; i < 5; i++) {
    edge.reportRefused(`http://localhost:9100/sedna/workers/edgeworker-${rng.suffix(5)}/info`);
    yield 3 * SECOND;
  }
  edge.reportingEnded();
}

/** Services and jobs that stay as they are. */
function services(context: SimulationContext): void {
  const { kernel } = context;
  const since = kernel.start - 3 * HOUR;
  const startTime = rfc3339(since);
  const put = (kind: KindName, name: string, spec: Json, status?: Json, namespace = 'default') => {
    const object = createSednaObject(kernel, kind, namespace, name, spec);
    object.status = status;
    kernel.apply(object);
    return object;
  };
  const reidImage = 'sedna-example-multi-edge-inference-reid:v0.1.0';
  // Sedna writes Failed for each service of this kind a few seconds after its start, and its workers run on.
  const extraction = put(
    'FeatureExtractionService',
    'pedestrian-features',
    { ...template('edge0', 'feature-extraction', reidImage), model: { name: 'model-demo1' } },
    {
      active: 1,
      failed: 0,
      startTime,
      conditions: [
        condition('Running', since + 3 * SECOND),
        condition('Failed', since + 12 * SECOND, 'the worker of FeatureExtractionService failed'),
      ],
    }
  );
  deployedWorker(context, extraction, { type: 'fe', node: 'edge0', container: 'feature-extraction', image: reidImage });
  const videoImage = 'sedna-example-multi-edge-inference-videoanalytics:v0.1.0';
  const analytics = put(
    'VideoAnalyticsJob',
    'gate-camera',
    { ...template('edge0', 'detection', videoImage), model: { name: 'model-demo1' } },
    { active: 1, failed: 0, succeeded: 0, phase: 'Running', startTime },
    SEDNA_NAMESPACE
  );
  const video = { type: 'videoanalytics', node: 'edge0', container: 'detection', image: videoImage };
  worker(context, analytics, { ...video, restartPolicy: 'Never' });
  put('ReidJob', 'pedestrian-reid', template('cloud-node', 'reid', reidImage), {
    active: 0,
    succeeded: 1,
    failed: 0,
    phase: 'Succeeded',
    startTime,
    completionTime: rfc3339(since + HOUR),
    conditions: [condition('Completed', since + HOUR)],
  });
  // The global manager creates its workers, but can't write its status.
  const search = put('ObjectSearchService', 'pedestrian-search', {
    userWorker: template('cloud-node', 'userworker', reidImage),
    trackingWorkers: [template('edge-node', 'trackingworker0', reidImage)],
    reidWorkers: { replicas: 1, ...template('cloud-node', 'reid', reidImage) },
  });
  const inCloud = { node: 'cloud-node', image: reidImage };
  deployedWorker(context, search, { type: 'userworker', container: 'userworker', ...inCloud });
  deployedWorker(context, search, { type: 'reidworker', container: 'reid', ...inCloud });
  const tracking = { type: 'trackingworker', node: 'edge-node', container: 'trackingworker0', image: reidImage };
  worker(context, search, { ...tracking, restartPolicy: 'Always' });
  kernel.spawn(refuseStatus(context));
  // No controller handles this kind, so it has no status and no workers.
  put('ObjectTrackingService', 'pedestrian-tracking', {
    reidWorkers: { replicas: 5, ...template('cloud-node', 'reid', reidImage) },
  });
}

/** The global manager tries again to write the status of an object search service, up to 360 s later. */
function* refuseStatus({ components }: SimulationContext): Process {
  const cause =
    'the object provided is unrecognized (must be of type ObjectSearchService): Object \'Kind\' is missing in \'{"metadata":{"name":"pedestrian-search"}}';
  for (let pause = 10 * SECOND; ; pause = Math.min(2 * pause, 6 * MINUTE)) {
    for (let attempt = 1; attempt <= 3; attempt++) {
      const text = `Error to update default/pedestrian-search status, tried ${attempt} times: ${cause}`;
      components.gmLog('W', 'common.go:176', text);
      components.gm.log('stderr', '\' ({"metadata":{"name":"pedestria ...)');
    }
    components.gmLog('W', 'objectsearchservice.go:301', `Error syncing objectsearch service: ${cause}`);
    components.gm.log('stderr', '\' ({"metadata":{"name":"pedestria ...)');
    yield pause;
  }
}
