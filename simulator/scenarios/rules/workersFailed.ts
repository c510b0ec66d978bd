import { rfc3339 } from '../../engine/clock';
import { createSednaObject } from '../../engine/pods';
import type { SimulationContext } from '../../engine/simulationContext';
import type { SimulatedScenario } from '../scenario';

/** A job of which one worker failed, and which continues with another. */
function start({ kernel }: SimulationContext): void {
  const container = { name: 'train-worker', image: 'kubeedge/sedna-example-federated-learning:v0.1.0' };
  const template = { spec: { nodeName: 'edge-node', containers: [container] } };
  const object = createSednaObject(kernel, 'FederatedLearningJob', 'default', 'yolo-v5-retried', {
    aggregationWorker: { model: { name: 'yolo-v5-retried-model' }, template },
    trainingWorkers: [{ dataset: { name: 'yolo-v5-retried-dataset' }, template }],
  });
  object.status = {
    phase: 'Running',
    active: 2,
    succeeded: 0,
    failed: 1,
    startTime: rfc3339(kernel.start),
  };
  kernel.apply(object);
}

export const scenarios: readonly SimulatedScenario[] = [
  { id: 'yolo-v5-retried', world: 'faults', object: 'yolo-v5-retried', start },
];
