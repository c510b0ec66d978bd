/** Faults whose cause is in a name or in the format of a dataset. */
import { alert, fault, jobFault, TRAINING, type FaultCase } from '../faultCase';

/** So long that Kubernetes cuts the worker type off the names of its pods. */
const LONG_NAME = 'thermal-comfort-of-the-building-in-the-north-second-floor';

export const faults: readonly FaultCase[] = [
  fault(
    'a job with a long name whose training ended unseen; while it trains, nothing is said',
    {
      minutes: 90,
      expected: [[60], [72, alert('SednaJobNameTooLong', { name: LONG_NAME })]],
    },
    (made) =>
      made.job({
        name: LONG_NAME,
        states: TRAINING.slice(0, 3),
        pods: [
          {
            name: `${LONG_NAME}-aaaaa`,
            type: 'train',
            node: 'edge-node',
            start: 12,
            end: [65, 'Succeeded'],
            logs: false,
          },
        ],
      })
  ),
  jobFault(
    'a csv dataset of an incremental learning job',
    { expected: [[4], [8, alert('SednaDatasetFormat', { name: 'j' })]] },
    { kind: 'IncrementalLearningJob', states: [[0, 'Train/Waiting']], format: 'csv' }
  ),
  jobFault(
    'a pod on a node that does not exist',
    { expected: [[16], [20, alert('SednaWorkerPending', { name: 'j', node: 'edge7' })]] },
    {
      states: TRAINING.slice(0, 3),
      pods: [{ name: 'j-train-aaaaa', node: 'edge7', start: 12, waits: 'ContainerCreating' }],
    }
  ),
];
