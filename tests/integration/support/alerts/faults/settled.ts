/** Crashes that are over. */
import { alert, jobFault, TRAINING, trainPod, type FaultCase } from '../faultCase';

const crash = alert('SednaWorkerCrashLoop', { name: 'j', node: 'edge-node' });

export const faults: readonly FaultCase[] = [
  jobFault(
    'a worker that crashed five times and runs since',
    { minutes: 90, expected: [[25, crash], [35, crash], [42], [60]] },
    {
      states: TRAINING,
      pods: [
        trainPod({
          restarts: [
            [12, 0],
            [14, 1],
            [15, 2],
            [16, 3],
            [18, 4],
            [19, 5],
          ],
        }),
      ],
    }
  ),
];
