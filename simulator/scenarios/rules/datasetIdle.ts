import { MINUTE, SECOND } from '../../engine/clock';
import type { SimulationContext } from '../../engine/simulationContext';
import type { Process } from '../../engine/types';
import { job } from '../lifelongJobs';
import type { SimulatedScenario } from '../scenario';

/** A job that waits for more samples than there will be, whose dataset grows every minute for some minutes. */
const growsFor =
  (name: string, minutes: number) =>
  (context: SimulationContext): void => {
    const { kernel } = context;
    const trigger = { start: '00:00', end: '24:00', operator: '>', threshold: 1_000_000 };
    const waiting = job(context, name, { trigger });
    kernel.spawn(waiting.run(), kernel.start + 41 * SECOND);
    kernel.spawn(
      (function* (): Process {
        yield minutes * MINUTE;
        waiting.options.dataset.options.perMinute = 0;
      })()
    );
  };

/** Long enough for the alert within the three hours of the faults, and too short for it. */
export const scenarios: readonly SimulatedScenario[] = [
  { id: 'dataset-idle', world: 'faults', object: 'dataset-idle', start: growsFor('dataset-idle', 100) },
  { id: 'dataset-pauses', world: 'faults', object: 'dataset-pauses', start: growsFor('dataset-pauses', 130) },
];
