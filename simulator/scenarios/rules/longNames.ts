import { MINUTE, SECOND } from '../../engine/clock';
import { appendCondition } from '../../engine/jobs/conditions';
import { createGeneratedName, createSednaObject, SimPod, buildWorkerLabels, toOwnerReference } from '../../engine/pods';
import type { SimulationContext } from '../../engine/simulationContext';
import type { KubeObject, Process } from '../../engine/types';
import type { SimulatedScenario } from '../scenario';

const NAMESPACE = 'default';
const LONG_NAME = 'thermal-comfort-of-the-building-in-the-north-second-floor';

function createWorker({ kernel }: SimulationContext, owner: KubeObject, type: string, run: number): SimPod {
  const random = kernel.random.fork(`pod/${owner.metadata.name}/${type}/${run}`);
  const pod = new SimPod(
    kernel,
    {
      namespace: NAMESPACE,
      name: createGeneratedName(`${owner.metadata.name}-${type}-`, random),
      node: 'edge-node',
      container: `${type}-worker`,
      image: 'kubeedge/sedna-example-lifelong-learning-atcii-classifier:v0.6.0',
      labels: buildWorkerLabels(owner, type),
      owner: toOwnerReference(owner),
      restartPolicy: type === 'inference' ? 'Always' : 'OnFailure',
    },
    random.uuid()
  );
  pod.create();
  pod.run();
  return pod;
}

const createJob = ({ kernel }: SimulationContext, name: string): KubeObject =>
  createSednaObject(kernel, 'LifelongLearningJob', NAMESPACE, name, {
    dataset: { name: 'lifelong-dataset', trainProb: 0.8 },
    outputDir: `/output/${name}`,
  });

/** The training of a job whose pods the global manager doesn't recognize: the job stays in Starting after it has ended. */
function* endUnseen(context: SimulationContext): Process {
  const { kernel } = context;
  const job = createJob(context, LONG_NAME);
  for (const condition of ['Waiting', 'Ready', 'Starting'] as const) {
    appendCondition(job, 'Train', condition, kernel.now);
    kernel.apply(job);
    yield SECOND;
  }
  const pod = createWorker(context, job, 'train', 1);
  yield MINUTE;
  pod.finish(0);
}

/** A job that waits, with two inference pods. */
function leaveInferencePod(context: SimulationContext): void {
  const { kernel } = context;
  const job = createJob(context, 'inference-pods-left');
  appendCondition(job, 'Train', 'Waiting', kernel.now);
  kernel.apply(job);
  [1, 2].forEach((run) => createWorker(context, job, 'inference', run));
}

export const scenarios: readonly SimulatedScenario[] = [
  {
    id: 'name-too-long',
    world: 'faults',
    object: LONG_NAME,
    start: (context) => context.kernel.spawn(endUnseen(context)),
  },
  { id: 'inference-pods-left', world: 'faults', object: 'inference-pods-left', start: leaveInferencePod },
];
