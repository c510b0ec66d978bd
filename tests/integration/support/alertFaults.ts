/** One cluster for each fault, and which alerts fire when. */
import { ClusterSeries, type InputSeries, type Job, type Pod, type Step } from './alertScenarios';

type Alert = Readonly<Record<string, string>>;

export interface Fault {
  name: string;
  minutes: number;
  input: readonly InputSeries[];
  /** At a minute, exactly these alerts fire. */
  expected: ReadonlyArray<readonly [minute: number, ...alerts: Alert[]]>;
}

const DAY = 1440;
const alert = (alertname: string, labels: Alert = {}): Alert => ({ alertname, ...labels });

/** A cluster that is well but for what is added to it. */
const cluster = (minutes: number, silent: ReadonlyArray<readonly [number, number]> = []) =>
  new ClusterSeries(minutes).base().node('cloud-node', { edge: false }).node('edge-node').node('edge0', { silent });

interface Options {
  minutes?: number;
  expected: Fault['expected'];
}

const fault = (name: string, { minutes = 60, expected }: Options, add: (made: ClusterSeries) => unknown): Fault => {
  const made = cluster(minutes);
  add(made);
  return { name, minutes, input: made.input, expected };
};

/** The same for one job that is called `j`. */
const jobFault = (name: string, options: Options, job: Omit<Job, 'name'>): Fault =>
  fault(name, options, (made) => made.job({ name: 'j', ...job }));

const trainPod = (more: Partial<Pod> = {}): Pod => ({
  name: 'j-train-aaaaa',
  type: 'train',
  node: 'edge-node',
  start: 12,
  ...more,
});

/** A job that comes to Train/Starting in minute 11 and to Running in minute 12. */
const TRAINING = [
  [0, 'Train/Waiting'],
  [10, 'Train/Ready'],
  [11, 'Train/Starting'],
  [12, 'Train/Running'],
] as const;

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

const JOB_FAULTS: readonly Fault[] = [
  fault(
    'a job without stages that failed, until it is deleted',
    { expected: [[20], [22, alert('SednaJobFailed', { name: 'f' })], [41]] },
    (made) => {
      const of = { namespace: 'n', name: 'f', kind: 'FederatedLearningJob' };
      made.add('sedna_federatedlearningjob_info', of, [0, 1], [40, 'gone']);
      made.add('sedna_federatedlearningjob_condition', { ...of, condition: 'Failed' }, [0, 0], [20, 1], [40, 'gone']);
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
    'a trigger that can never be met is told at once, and not once more after a day',
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
        type: 'eval',
        node: 'edge-node',
        start,
        end: [start + 5, 'Succeeded'],
      });
      const pods = [pod('j-eval-aaaaa', 10), pod('j-eval-bbbbb', 60)];
      made.job({ name: 'j', states: [[0, 'Train/Waiting']], pods });
      const told = (name: string, task: string, minute: number, passed: number) =>
        made.add(
          'sedna_log_task_deployable',
          { namespace: 'n', pod: name, task },
          [minute, passed],
          [minute + 1, 'gone']
        );
      told('j-eval-aaaaa', 'Autumn_1.0', 14, 1);
      told('j-eval-aaaaa', 'Winter_4.0', 14, 0);
      told('j-eval-bbbbb', 'Autumn_1.0', 64, 1);
      told('j-eval-bbbbb', 'Winter_4.0', 64, 1);
    }
  ),
];

const repeated = (from: number, to: number, value: number): Step[] => [
  [from, value],
  [to, 'gone'],
];

const STUCK_FAULTS: readonly Fault[] = [
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
    { expected: [[19], [23, alert('SednaJobNoProgress', { name: 'j' })], [51]] },
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

const inferring = (more: Partial<Pod> = {}): Pod => ({
  name: 'j-inference-aaaaa',
  type: 'inference',
  node: 'edge0',
  start: 1,
  ...more,
});

const INFERENCE_FAULTS: readonly Fault[] = [
  fault(
    'an inference worker that logs errors most of the time',
    { minutes: 90, expected: [[12], [30, alert('SednaInferenceErrors', { name: 'j' })], [89]] },
    (made) => {
      made.job({ name: 'j', states: [[0, 'Train/Waiting']], pods: [inferring()] });
      made.add(
        'sedna_log_error_lines_per_minute',
        { namespace: 'n', pod: 'j-inference-aaaaa' },
        ...repeated(10, 40, 3)
      );
    }
  ),
  fault(
    'samples that end in errors, as the job counts them itself',
    { expected: [[9], [20, alert('SednaInferenceErrors', { name: 'j' })]] },
    (made) => {
      made.job({ name: 'j', states: [[0, 'Train/Waiting']] });
      made.add('sedna_custom_InferenceDoneNumber', { namespace: 'n', name: 'j' }, [0, 90]);
      made.add('sedna_custom_InferenceErrorNumber', { namespace: 'n', name: 'j' }, [0, 4], [10, 10]);
    }
  ),
  fault(
    'inference that has fallen silent, until it writes again',
    { minutes: 300, expected: [[200], [225, alert('SednaInferenceSilent', { name: 'j' })], [280]] },
    (made) => {
      made.job({ name: 'j', states: [[0, 'Train/Waiting']], pods: [inferring({ logs: [1, 180] })] });
      made.add(
        'sedna_log_last_line_timestamp_seconds',
        { namespace: 'n', pod: 'j-inference-aaaaa', instance: 'later' },
        [260, 'now']
      );
      // Others are heard of.
      made.add('sedna_log_last_line_timestamp_seconds', { namespace: 'n', pod: 'other-eval-aaaaa' }, [0, 'now']);
    }
  ),
];

const PLATFORM_FAULTS: readonly Fault[] = [
  {
    name: 'a knowledge base without a pod that runs',
    minutes: 40,
    input: new ClusterSeries(40).node('edge-node').componentPod('kb-7f-aaaaa', [
      [0, 'Running'],
      [10, 'Pending'],
      [30, 'Running'],
    ]).input,
    expected: [[14], [17, alert('SednaKnowledgeBaseUnreachable')], [31]],
  },
  {
    name: 'a knowledge base whose database cannot be read',
    minutes: 40,
    input: new ClusterSeries(40).node('edge-node').add('sedna_knowledge_base_up', {}, [0, 1], [10, 0], [30, 1]).input,
    expected: [[14], [17, alert('SednaKnowledgeBaseUnreachable')], [31]],
  },
  fault(
    'files that the knowledge base has lost',
    { minutes: 90, expected: [[10], [12, alert('SednaKnowledgeBaseFilesLost', { file: 'index' })], [80]] },
    (made) => made.add('sedna_log_knowledge_base_files_lost_per_minute', { file: 'index' }, ...repeated(10, 11, 1))
  ),
  {
    name: 'an edge node that is offline, in one of two clusters',
    minutes: 60,
    input: [
      ...new ClusterSeries(60, { cluster: 'a' }).node('edge0').node('cloud-node', { edge: false, silent: [[10, 40]] })
        .input,
      ...new ClusterSeries(60, { cluster: 'b' }).node('edge0', { silent: [[10, 40]] }).input,
    ],
    expected: [[20], [24, alert('SednaEdgeNodeOffline', { cluster: 'b', node: 'edge0' })], [41]],
  },
  {
    name: 'a source that the exporter cannot read, and an exporter that is gone',
    minutes: 120,
    input: new ClusterSeries(120)
      .node('edge-node')
      .add(
        'sedna_exporter_source_last_success_timestamp_seconds',
        { source: 'knowledge_base' },
        [0, 'now'],
        [10, 600],
        [40, 'now'],
        [80, 'gone']
      )
      .add('sedna_exporter_source_last_success_timestamp_seconds', { source: 'cluster' }, [0, 'now']).input,
    expected: [
      [19],
      [22, alert('SednaExporterStale', { source: 'knowledge_base' })],
      [41],
      [89],
      [92, alert('SednaExporterStale', { source: 'knowledge_base' })],
    ],
  },
  {
    name: 'kube-state-metrics that is gone',
    minutes: 120,
    input: new ClusterSeries(120).add(
      'kube_lease_renew_time',
      { namespace: 'kube-node-lease', lease: 'edge0' },
      [0, 'now'],
      [90, 'gone']
    ).input,
    expected: [[94], [97, alert('SednaResourcesStale')]],
  },
  {
    name: 'kube-state-metrics that shows no resources of Sedna, though there are some',
    minutes: 40,
    input: new ClusterSeries(40)
      .node('edge-node')
      .add('sedna_exporter_objects', { resource: 'lifelonglearningjobs' }, [0, 0], [10, 2])
      .add('sedna_exporter_objects', { resource: 'models' }, [0, 0]).input,
    expected: [[9], [17, alert('SednaResourcesStale')]],
  },
  fault(
    'a node whose logs do not arrive',
    { minutes: 120, expected: [[75], [88, alert('SednaLogsStale', { node: 'edge0' })]] },
    (made) => {
      const pod = (name: string, node: string, start: number, logs: boolean): Pod => ({
        name,
        type: 'train',
        node,
        start,
        logs,
        end: [start + 5, 'Succeeded'],
      });
      const pods = [
        pod('j-train-aaaaa', 'edge0', 1, true),
        pod('j-train-bbbbb', 'edge-node', 70, true),
        pod('j-train-ccccc', 'edge0', 70, false),
      ];
      made.job({ name: 'j', states: [[0, 'Train/Waiting']], pods });
    }
  ),
];

export const FAULTS: readonly Fault[] = [...JOB_FAULTS, ...STUCK_FAULTS, ...INFERENCE_FAULTS, ...PLATFORM_FAULTS];
