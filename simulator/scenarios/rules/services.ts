import { MINUTE, rfc3339, SECOND } from '../../engine/clock';
import { createSednaObject, type SimPod } from '../../engine/pods';
import type { SimulationContext } from '../../engine/simulationContext';
import type { Process } from '../../engine/types';
import { condition, deployedWorker } from '../workerPods';
import type { SimulatedScenario } from '../scenario';

const image = 'sedna-example-joint-inference-helmet-detection-little:v0.1.0';

/** A joint inference service that Sedna calls Failed a second after it was created, as it does while its workers run. */
function createFailedService(context: SimulationContext, name: string): SimPod {
  const { kernel } = context;
  const spec = (node: string, container: string) => ({
    template: { spec: { nodeName: node, containers: [{ name: container, image: `kubeedge/${image}` }] } },
  });
  const object = createSednaObject(kernel, 'JointInferenceService', 'default', name, {
    edgeWorker: { model: { name: `${name}-little-model` }, ...spec('edge-node', 'little-model') },
    cloudWorker: { model: { name: `${name}-big-model` }, ...spec('cloud-node', 'big-model') },
  });
  object.status = {
    conditions: [
      condition('Running', kernel.now),
      condition('Failed', kernel.now + SECOND, 'the worker of service failed'),
    ],
    active: 1,
    failed: 1,
    startTime: rfc3339(kernel.now),
  };
  kernel.apply(object);
  deployedWorker(context, object, { type: 'Edge', node: 'edge-node', container: 'little-model', image });
  return deployedWorker(context, object, { type: 'Cloud', node: 'cloud-node', container: 'big-model', image });
}

/** Crashes every five minutes, as with the longest back-off of kubelet. */
function* crash(pod: SimPod): Process {
  for (;;) {
    pod.crash(1, 'Error');
    pod.wait('CrashLoopBackOff', `back-off 5m0s restarting failed container=big-model pod=${pod.name}`);
    yield 5 * MINUTE;
    pod.run();
    yield 2 * SECOND;
  }
}

export const scenarios: readonly SimulatedScenario[] = [
  {
    id: 'service-failed-but-runs',
    world: 'faults',
    object: 'service-failed-but-runs',
    start: (context) => void createFailedService(context, 'service-failed-but-runs'),
  },
  {
    id: 'service-crashes',
    world: 'faults',
    object: 'service-crashes',
    start: (context) => context.kernel.spawn(crash(createFailedService(context, 'service-crashes'))),
  },
];
