import { HOUR, rfc3339, SECOND } from '../engine/clock';
import { WorkerLog } from '../engine/logs/workerLog';
import { createSednaObject } from '../engine/pods';
import type { SimulationContext } from '../engine/simulationContext';
import type { KubeObject, Process } from '../engine/types';
import { federatedCondition, template, worker } from './workerPods';

const IMAGE = 'sedna-example-federated-learning-surface-defect-detection-train:v0.1.0';
const ROUNDS = 100;

/** One job that trains for four hours and succeeds, one that is done, one that failed. */
export function* federated(context: SimulationContext): Process {
  const { kernel } = context;
  const make = (name: string) =>
    createSednaObject(kernel, 'FederatedLearningJob', 'default', name, {
      aggregationWorker: { model: { name: `${name}-model` }, ...template('cloud-node', 'agg-worker', IMAGE) },
      trainingWorkers: ['edge-node', 'edge0'].map((node) => ({
        dataset: { name: `${node}-${name}-dataset` },
        ...template(node, 'train-worker', IMAGE),
      })),
    });
  const [start, end] = [kernel.start - 5 * HOUR, kernel.start - 4 * HOUR];
  const done = make('yolo-v5');
  done.status = {
    conditions: [federatedCondition('Complete', end)],
    phase: 'Succeeded',
    active: 0,
    succeeded: 3,
    failed: 0,
    startTime: rfc3339(start),
    completionTime: rfc3339(end),
  };
  kernel.apply(done);
  // The status of a failed job stays as it is, although other workers run on.
  const broken = make('yolo-v5-broken');
  broken.status = {
    conditions: [federatedCondition('Failed', end, 'the worker of FederatedLearningJob failed')],
    phase: 'Failed',
    active: 2,
    succeeded: 0,
    failed: 1,
    startTime: rfc3339(start),
  };
  kernel.apply(broken);
  yield* train(context, make('surface-defect-detection'));
}

/** Each training worker reports each round, which the global manager appends to the conditions. */
function* train(context: SimulationContext, job: KubeObject): Process {
  const { kernel } = context;
  kernel.apply(job);
  yield 10 * SECOND;
  const startTime = rfc3339(kernel.now);
  const aggregation = worker(context, job, {
    type: 'Aggregation',
    node: 'cloud-node',
    container: 'agg-worker',
    image: IMAGE,
  });
  const trainers = ['edge-node', 'edge0'].map((node) =>
    worker(context, job, { type: 'train', node, container: 'train-worker', image: IMAGE, hostNetwork: true })
  );
  const pods = [aggregation, ...trainers];
  job.status = { phase: 'Running', active: 3, succeeded: 0, failed: 0, startTime };
  kernel.apply(job);
  const logs = trainers.map((pod) => new WorkerLog(pod, () => kernel.now));
  logs.forEach((log) => log.line('federated_learning.py(138)', `Federated learning start, round_number=${ROUNDS}`));
  for (let round = 1; round <= ROUNDS; round++) {
    yield 150 * SECOND;
    for (const log of logs) {
      log.line(
        'federated_learning.py(159)',
        `Federated learning recv weight, round: ${round}, total_sample: ${400 + round}`
      );
      const message = `Round ${round} reaches at ${rfc3339(kernel.now)}`;
      const reported = { ...federatedCondition('Training', kernel.now, message), reason: 'DoTraining' };
      job.status.conditions = [...(job.status.conditions ?? []), reported];
    }
    kernel.apply(job);
  }
  pods.forEach((pod) => pod.finish(0));
  job.status.conditions.push(federatedCondition('Complete', kernel.now));
  Object.assign(job.status, { phase: 'Succeeded', active: 0, succeeded: 3, completionTime: rfc3339(kernel.now) });
  kernel.apply(job);
}
