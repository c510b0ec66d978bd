/** Faults of jobs: failures, triggers, evaluations. */
import { alert, DAY, fault, jobFault, trainPod, type FaultCase } from '../faultCase';
import type { Pod } from '../series';

const failing = (minute: number) =>
  [
    [minute, 'Train/Ready'],
    [minute + 1, 'Train/Running'],
    [minute + 4, 'Train/Failed'],
    [minute + 5, 'Train/Waiting'],
  ] as const;

const DONE = [
  [40, 'Train/Ready'],
  [41, 'Train/Completed'],
  [42, 'Eval/Waiting'],
  [43, 'Eval/Completed'],
  [44, 'Deploy/Waiting'],
  [45, 'Deploy/Completed'],
  [46, 'Train/Waiting'],
] as const;

/** Three restarts up to minute 40. */
const CRASHES: Pod['restarts'] = [
  [1, 0],
  [38, 1],
  [39, 2],
  [40, 3],
];

export const faults: readonly FaultCase[] = [
  fault(
    'a job without stages that failed, until it is deleted',
    { expected: [[20], [22, alert('SednaJobFailed', { name: 'f' })], [41]] },
    (made) => {
      const of = { namespace: 'n', name: 'f', kind: 'FederatedLearningJob' };
      made.add('sedna_federatedlearningjob_info', of, [0, 1], [40, 'gone']);
      made.add('sedna_federatedlearningjob_condition', { ...of, condition: 'Failed' }, [0, 0], [20, 1], [40, 'gone']);
      for (const [name, end] of [
        ['f-train-aaaaa', [20, 'Failed']],
        ['f-aggregation-aaaaa', undefined],
      ] as const) {
        made.pod('f', 'FederatedLearningJob', { name, node: 'edge-node', start: 1, end, deleted: 40 });
      }
    }
  ),
  fault(
    'a service whose status is Failed while its workers run, until one of them crashes',
    {
      expected: [
        [30],
        [42, alert('SednaJobFailed', { name: 's' })],
        [46, alert('SednaJobFailed', { name: 's' }), alert('SednaWorkerCrashLoop', { name: 's', node: 'edge-node' })],
      ],
    },
    (made) => {
      const of = { namespace: 'n', name: 's', kind: 'JointInferenceService' };
      made.add('sedna_jointinferenceservice_info', of, [0, 1]);
      made.add('sedna_jointinferenceservice_condition', { ...of, condition: 'Failed' }, [0, 1]);
      made.pod('s', 'JointInferenceService', { name: 's-edge-aaaaa', node: 'edge-node', start: 1, restarts: CRASHES });
      made.pod('s', 'JointInferenceService', { name: 's-cloud-aaaaa', node: 'cloud-node', start: 1 });
    }
  ),
  jobFault(
    'one failure, until the next round is completed',
    { expected: [[13], [17, alert('SednaStageFailed', { name: 'j' })], [45], [55]] },
    { states: [[0, 'Train/Waiting'], ...failing(10), ...DONE] }
  ),
  jobFault(
    'two failures make a loop, until a round is completed',
    {
      minutes: 100,
      expected: [
        [23, alert('SednaStageFailed', { name: 'j' })],
        [27, alert('SednaJobFailingLoop', { name: 'j' })],
        [50],
        [90],
      ],
    },
    { states: [[0, 'Train/Waiting'], ...failing(10), ...failing(20), ...DONE] }
  ),
  jobFault(
    'failures that are hours apart make a loop of a day',
    {
      minutes: 700,
      expected: [
        [300, alert('SednaStageFailed', { name: 'j' })],
        [560, alert('SednaJobFailingLoop', { name: 'j' })],
        [700, alert('SednaJobFailingLoop', { name: 'j' })],
      ],
    },
    { states: [[0, 'Train/Waiting'], ...failing(200), ...failing(500)] }
  ),
  jobFault(
    'a failure between rounds that are completed',
    { minutes: 120, expected: [[20, alert('SednaStageFailed', { name: 'j' })], [60], [120]] },
    { states: [[0, 'Train/Waiting'], ...failing(10), ...DONE] }
  ),
  jobFault(
    'a trigger that is not met for a day',
    { minutes: DAY + 120, expected: [[DAY + 8], [DAY + 15, alert('SednaTriggerNotMet', { name: 'j' })], [DAY + 61]] },
    {
      states: [
        [0, 'Train/Waiting'],
        [DAY + 60, 'Train/Ready'],
        [DAY + 61, 'Train/Running'],
      ],
      pods: [trainPod({ start: DAY + 61 })],
    }
  ),
  jobFault(
    'a trigger that can never be met is logTask at once, and not once more after a day',
    {
      minutes: DAY + 30,
      expected: [
        [4],
        [6, alert('SednaTriggerNever', { name: 'j', metric: 'num_of_samples' })],
        [DAY + 20, alert('SednaTriggerNever', { name: 'j', metric: 'num_of_samples' })],
      ],
    },
    { states: [[0, 'Train/Waiting']], operator: '=>' }
  ),
  jobFault(
    'a format that cannot be read',
    { minutes: 30, expected: [[4], [6, alert('SednaDatasetFormat', { name: 'j' })]] },
    { states: [[0, 'Train/Waiting']], format: 'parquet' }
  ),
  fault(
    'a dataset that does not exist, from when another is known until it is created',
    {
      expected: [
        [14],
        [17, alert('SednaDatasetMissing', { name: 'j' })],
        [39, alert('SednaDatasetMissing', { name: 'j' })],
        [41],
      ],
    },
    (made) =>
      made
        .job({ name: 'j', states: [[0, 'Train/Waiting']], datasetFrom: 40 })
        // No stage of it waits.
        .job({
          name: 'trains',
          states: [[0, 'Train/Running']],
          datasetFrom: 61,
          pods: [trainPod({ name: 'trains-train-aaaaa', start: 0 })],
        })
        .job({ name: 'other', states: [[10, 'Train/Waiting']] })
  ),
  fault(
    'a dataset of such a format is not logTask as one that cannot be read, too',
    { minutes: 40, expected: [[30, alert('SednaDatasetFormat', { name: 'j' })]] },
    (made) => made.job({ name: 'j', states: [[0, 'Train/Waiting']], format: 'parquet', datasetRead: [[10, 0]] })
  ),
  jobFault(
    'an evaluation that fell, until the next one',
    {
      minutes: 400,
      expected: [
        [100],
        [115, alert('SednaEvaluationFell', { name: 'j', metric: 'precision' })],
        [290, alert('SednaEvaluationFell', { name: 'j', metric: 'precision' })],
        [305],
      ],
    },
    {
      states: [
        [0, 'Eval/Completed'],
        [1, 'Train/Waiting'],
        [100, 'Eval/Completed'],
        [101, 'Train/Waiting'],
        [300, 'Eval/Completed'],
        [301, 'Train/Waiting'],
      ],
      // The other falls, too, but by less.
      scores: {
        precision: [
          [0, 0.9],
          [100, 0.7],
          [300, 0.69],
        ],
        recall: [
          [0, 0.9],
          [100, 0.85],
          [300, 0.9],
        ],
      },
    }
  ),
  fault(
    'tasks that an evaluation dropped, until the next one',
    { minutes: 90, expected: [[14], [30, alert('SednaTasksDropped', { name: 'j' })], [75]] },
    (made) => {
      const pod = (name: string, start: number): Pod => ({
        name,
        node: 'edge-node',
        start,
        end: [start + 5, 'Succeeded'],
      });
      const pods = [pod('j-eval-aaaaa', 10), pod('j-eval-bbbbb', 60)];
      made.job({ name: 'j', states: [[0, 'Train/Waiting']], pods });
      const logTask = (name: string, task: string, minute: number, passed: number) =>
        made.add(
          'sedna_log_task_deployable',
          { namespace: 'n', pod: name, task },
          [minute, passed],
          [minute + 1, 'gone']
        );
      logTask('j-eval-aaaaa', 'Autumn_1.0', 14, 1);
      logTask('j-eval-aaaaa', 'Winter_4.0', 14, 0);
      logTask('j-eval-bbbbb', 'Autumn_1.0', 64, 1);
      logTask('j-eval-bbbbb', 'Winter_4.0', 64, 1);
    }
  ),
];
