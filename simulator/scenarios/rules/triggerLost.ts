import { MINUTE, SECOND } from '../../engine/clock';
import { appendCondition } from '../../engine/jobs/conditions';
import { createSednaObject } from '../../engine/pods';
import type { SimulationContext } from '../../engine/simulationContext';
import type { Process } from '../../engine/types';
import type { SimulatedScenario } from '../scenario';

const NAME = 'trigger-lost';

/** The local controller triggers Eval, and the global manager overwrites the condition within the same second. */
function* loseTrigger({ kernel, components }: SimulationContext): Process {
  const job = createSednaObject(kernel, 'LifelongLearningJob', 'default', NAME, {
    dataset: { name: 'lifelong-dataset', trainProb: 0.8 },
    outputDir: `/output/${NAME}`,
  });
  const model = { format: 'pkl', url: `/output/${NAME}/train/1/index.pkl`, classes: null };
  for (const condition of ['Waiting', 'Ready', 'Starting', 'Running', 'Completed'] as const) {
    const data = condition === 'Completed' ? JSON.stringify({ output: { models: [model] } }) : undefined;
    appendCondition(job, 'Train', condition, kernel.now, { data });
    kernel.apply(job);
    yield condition === 'Running' ? MINUTE : SECOND;
  }
  appendCondition(job, 'Eval', 'Waiting', kernel.now);
  kernel.apply(job);
  yield 9 * SECOND;
  components.lcLog(
    'edge-node',
    'I',
    'lifelonglearningjob.go:305',
    `job(default/lifelonglearningjob/${NAME}) completed the Evaling phase triggering task successfully`
  );
}

export const scenarios: readonly SimulatedScenario[] = [
  {
    id: NAME,
    world: 'faults',
    object: NAME,
    start: (context) => context.kernel.spawn(loseTrigger(context)),
  },
];
