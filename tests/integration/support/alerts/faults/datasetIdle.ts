/** Datasets that stop to grow. */
import { alert, jobFault, type FaultCase } from '../faultCase';
import type { Step } from '../series';

const WAITING = [[0, 'Train/Waiting']] as const;

/** Grows every minute until one, and then no more. */
const until = (minute: number): Step[] => [
  [0, 'now'],
  [minute, minute * 60],
];

/** Grows for half an hour every two hours. */
const inBursts = (minutes: number): Step[] =>
  Array.from({ length: minutes / 120 }, (_, burst): Step[] => [
    [burst * 120, 'now'],
    [burst * 120 + 30, (burst * 120 + 30) * 60],
  ]).flat();

export const faults: readonly FaultCase[] = [
  jobFault(
    'a dataset that grew every minute and has stopped, until it grows again',
    {
      minutes: 300,
      expected: [
        [155],
        [175, alert('SednaDatasetIdle', { name: 'j' })],
        [235, alert('SednaDatasetIdle', { name: 'j' })],
        [255],
      ],
    },
    { states: WAITING, datasetUpdates: [...until(100), [240, 'now']] }
  ),
  jobFault(
    'a dataset that stops to grow after too short a time to know what is usual',
    { minutes: 300, expected: [[175], [299]] },
    { states: WAITING, datasetUpdates: until(70) }
  ),
  jobFault(
    'a dataset that grows in bursts',
    { minutes: 720, expected: [[300], [470], [719]] },
    { states: WAITING, datasetUpdates: inBursts(720) }
  ),
  jobFault(
    'a dataset that has stopped while its job trains',
    { minutes: 300, expected: [[175], [240]] },
    {
      states: [
        [0, 'Train/Waiting'],
        [99, 'Train/Ready'],
        [100, 'Train/Running'],
      ],
      pods: [{ name: 'j-train-aaaaa', node: 'edge-node', start: 100 }],
      datasetUpdates: until(100),
    }
  ),
];
