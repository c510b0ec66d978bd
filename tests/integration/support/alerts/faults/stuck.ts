/** Faults by which jobs hang. */
import { alert, cluster, fault, jobFault, repeated, TRAINING, trainPod, type FaultCase } from '../faultCase';

export const faults: readonly FaultCase[] = [
  fault(
    'a dataset that cannot be read, until it can',
    { expected: [[12], [20, alert('SednaDatasetUnread', { name: 'j-data' })], [50]] },
    (made) =>
      made.job({
        name: 'j',
        states: [[0, 'Train/Waiting']],
        datasetRead: [
          [10, 0],
          [40, 1],
          [41, 'gone'],
        ],
      })
  ),
  fault(
    'a connection that ended, until there is a new one',
    { expected: [[12], [20, alert('SednaLocalControllerDisconnected', { node: 'edge0' })], [45]] },
    (made) => {
      made.add(
        'sedna_log_local_controller_connected',
        { node: 'edge0' },
        [5, 1],
        [6, 'gone'],
        ...repeated(10, 11, 0),
        [40, 1],
        [41, 'gone']
      );
      made.add('sedna_log_local_controller_connected', { node: 'edge-node' }, [5, 1], [6, 'gone']);
    }
  ),
  fault(
    'a connection that never was, until it is made',
    { expected: [[11], [18, alert('SednaLocalControllerDisconnected', { node: 'edge0' })], [45]] },
    (made) => {
      made.add('sedna_log_local_controller_connection_errors_per_minute', { node: 'edge0' }, ...repeated(10, 40, 5));
      // A restart of the global manager: there is a connection again within a minute.
      made.add(
        'sedna_log_local_controller_connection_errors_per_minute',
        { node: 'edge-node' },
        ...repeated(10, 11, 5)
      );
      made.add('sedna_log_local_controller_connected', { node: 'edge-node' }, ...repeated(11, 12, 1));
    }
  ),
  fault('an old connection that ended while reports go on', { expected: [[20], [40]] }, (made) => {
    made.add('sedna_log_local_controller_connected', { node: 'edge0' }, [5, 1], [6, 'gone'], ...repeated(10, 11, 0));
    const dataset = { namespace: 'n', name: 'd', kind: 'Dataset' };
    made.add('sedna_dataset_info', { ...dataset, node: 'edge0', format: 'csv' }, [0, 1]);
    made.add('sedna_dataset_update_timestamp_seconds', dataset, [0, 'now']);
  }),
  jobFault(
    'an image that cannot be pulled',
    { expected: [[14], [20, alert('SednaWorkerPending', { name: 'j', node: 'edge-node' })]] },
    { states: TRAINING.slice(0, 3), pods: [trainPod({ start: 11, waits: 'ImagePullBackOff' })] }
  ),
  jobFault(
    'a pod that pends without a reason is given ten minutes',
    { expected: [[20], [30, alert('SednaWorkerPending', { name: 'j', node: 'edge-node' })]] },
    { states: TRAINING.slice(0, 3), pods: [trainPod({ start: 11, waits: 'ContainerCreating' })] }
  ),
  jobFault(
    'a worker that crashes again and again; one that was restarted twice does not',
    { minutes: 90, expected: [[22], [32, alert('SednaWorkerCrashLoop', { name: 'j', node: 'edge-node' })], [89]] },
    {
      states: TRAINING,
      pods: [
        trainPod({
          restarts: [
            [12, 0],
            [15, 1],
            [20, 2],
            [24, 3],
          ],
        }),
      ],
    }
  ),
  jobFault(
    'a pod that was deleted',
    { expected: [[21], [26, alert('SednaWorkerGone', { name: 'j' })]] },
    { states: TRAINING, pods: [trainPod({ deleted: 20 })] }
  ),
  jobFault(
    'a pod has ended and the global manager does nothing',
    { expected: [[21], [27, alert('SednaGlobalManagerUnresponsive', { name: 'j' })]] },
    { states: TRAINING, pods: [trainPod({ end: [20, 'Succeeded'] })] }
  ),
  jobFault(
    'a failed stage that nobody takes further',
    {
      expected: [
        [20],
        [26, alert('SednaGlobalManagerUnresponsive', { name: 'j' }), alert('SednaStageFailed', { name: 'j' })],
      ],
    },
    { states: [...TRAINING, [20, 'Train/Failed']], pods: [trainPod({ end: [20, 'Failed'] })] }
  ),
  jobFault(
    'a report that was lost, of the first training',
    { expected: [[21], [24, alert('SednaReportLost', { name: 'j' })], [50, alert('SednaReportLost', { name: 'j' })]] },
    {
      states: [...TRAINING, [20, 'Train/Completed'], [21, 'Eval/Waiting']],
      pods: [trainPod({ end: [20, 'Succeeded'] })],
      withoutData: { Train: [[20, 1]] },
      hasModel: false,
    }
  ),
  jobFault(
    'a report that was lost, of a later round',
    { expected: [[23], [30, alert('SednaOlderModelUsed', { name: 'j' })], [45]] },
    {
      states: [
        ...TRAINING,
        [20, 'Train/Completed'],
        [21, 'Eval/Waiting'],
        [22, 'Eval/Ready'],
        [23, 'Eval/Completed'],
        [24, 'Train/Waiting'],
      ],
      pods: [trainPod({ end: [20, 'Succeeded'] })],
      withoutData: {
        Train: [
          [20, 1],
          [40, 0],
        ],
      },
    }
  ),
  fault(
    'a model that cannot be copied',
    { expected: [[21], [28, alert('SednaModelNotCopied', { name: 'j' })]] },
    (made) => {
      const of = { namespace: 'n', name: 'j', kind: 'LifelongLearningJob' };
      made.job({
        name: 'j',
        states: [
          [0, 'Train/Waiting'],
          [20, 'Deploy/Waiting'],
        ],
      });
      made.add('sedna_job_deploy_status', { ...of, status: 'Waiting' }, [0, 0], [20, 1]);
      made.add('sedna_job_deploy_status', { ...of, status: 'Ok' }, [0, 0]);
      made.add('sedna_job_last_transition_timestamp_seconds', of, [0, 0], [20, 1200]);
      made.add('sedna_log_deploy_errors_per_minute', of, [21, 6]);
    }
  ),
  jobFault(
    'a stage that is ready and not started',
    { expected: [[19], [23, alert('SednaJobNoProgress', { name: 'j' })], [52]] },
    {
      states: [...TRAINING.slice(0, 2), [50, 'Train/Starting'], [51, 'Train/Running']],
      pods: [trainPod({ start: 51 })],
    }
  ),
  {
    name: 'a job that hangs is told of ten minutes after its node was offline, not sooner',
    minutes: 60,
    input: cluster(60, [[5, 25]]).job({ name: 'j', node: 'edge0', states: TRAINING.slice(0, 2) }).input,
    expected: [
      [20, alert('SednaEdgeNodeOffline', { node: 'edge0' })],
      [34],
      [40, alert('SednaJobNoProgress', { name: 'j' })],
    ],
  },
  jobFault(
    'a training that takes more than three times as long as any before',
    { minutes: 300, expected: [[100], [155], [175, alert('SednaStageSlow', { name: 'j' })], [230]] },
    {
      states: [
        [0, 'Train/Running'],
        [20, 'Train/Waiting'],
        [100, 'Train/Running'],
        [220, 'Train/Waiting'],
      ],
      pods: [
        trainPod({ start: 0, end: [20, 'Succeeded'] }),
        trainPod({ name: 'j-train-bbbbb', start: 100, end: [220, 'Succeeded'] }),
      ],
    }
  ),
];
