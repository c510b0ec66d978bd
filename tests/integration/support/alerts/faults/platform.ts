/** Faults of inference, and of what all jobs depend on. */
import { alert, fault, repeated, type FaultCase } from '../faultCase';
import { ClusterSeries, type Pod } from '../series';

const inferring = (more: Partial<Pod> = {}): Pod => ({
  name: 'j-inference-aaaaa',
  node: 'edge0',
  start: 1,
  ...more,
});

const inferenceFaults: readonly FaultCase[] = [
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

const platformFaults: readonly FaultCase[] = [
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
    name: 'a knowledge base without any pod, in the one of three clusters that has its service and shows pods',
    minutes: 40,
    input: [
      ...new ClusterSeries(40, { cluster: 'a' })
        .knowledgeBaseService()
        .componentPod('gm-7f-aaaaa', [[0, 'Running']])
        .componentPod('kb-7f-aaaaa', [[0, 'Running']], 10)
        .componentPod('kb-7f-bbbbb', [[30, 'Running']]).input,
      ...new ClusterSeries(40, { cluster: 'b' }).knowledgeBaseService().input,
      ...new ClusterSeries(40, { cluster: 'c' }).componentPod('gm-7f-aaaaa', [[0, 'Running']]).input,
    ],
    expected: [[14], [17, alert('SednaKnowledgeBaseUnreachable', { cluster: 'a' })], [31]],
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
    (made) =>
      made
        .add('sedna_knowledge_base_known_tasks', { instance: 'y' }, [0, 6])
        .add('sedna_log_knowledge_base_files_lost_per_minute', { file: 'index' }, ...repeated(10, 11, 1))
  ),
  fault(
    'a knowledge base that replaces the one that lost files, and knows no task',
    { expected: [[20, alert('SednaKnowledgeBaseFilesLost', { file: 'index' })], [36]] },
    (made) =>
      made
        .add('sedna_knowledge_base_known_tasks', { instance: 'y' }, [0, 6], [30, 0])
        .add('sedna_log_knowledge_base_files_lost_per_minute', { file: 'index' }, ...repeated(10, 11, 1))
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

export const faults: readonly FaultCase[] = [...inferenceFaults, ...platformFaults];
