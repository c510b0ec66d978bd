/** Of several kube-state-metrics, one is down: what it showed may exist, and nothing is said of that. */
import { alert, fault, TRAINING, trainPod, type FaultCase } from '../faultCase';
import { ClusterSeries } from '../series';

const KIND = 'LifelongLearningJob';
const WAITING = [[0, 'Train/Waiting']] as const;

/** What the other kube-state-metrics shows, until it is down. */
const other = (minutes: number, add: (made: ClusterSeries) => unknown) => {
  const made = new ClusterSeries(minutes, { instance: 'b' });
  add(made);
  return made.input;
};
const otherPod = { namespace: 'm', pod: 'other', node: 'cloud-node' };

export const faults: readonly FaultCase[] = [
  fault(
    'a dataset that is not seen for hours; once all kube-state-metrics are back, it is missing',
    { minutes: 240, expected: [[70], [150], [199], [215, alert('SednaDatasetMissing', { name: 'j' })]] },
    (made) => {
      made.job({ name: 'j', states: WAITING, datasetFrom: 500 });
      made.job({ name: 'k', states: [[0, 'Train/Running']], pods: [trainPod({ name: 'k-train-aaaaa', start: 0 })] });
      made.input.push(
        ...other(240, (shard) =>
          shard
            .add(
              'sedna_dataset_info',
              { namespace: 'n', name: 'j-data', kind: 'Dataset', node: 'edge-node', format: 'csv' },
              [0, 1],
              [60, 'gone']
            )
            .add('kube_pod_info', otherPod, [0, 1], [60, 'gone'], [200, 1])
        )
      );
    }
  ),
  fault('a pod that is not seen', { minutes: 100, expected: [[75], [95]] }, (made) => {
    made.job({ name: 'j', states: TRAINING });
    made.input.push(...other(100, (shard) => shard.pod('j', KIND, trainPod({ deleted: 60, logs: false }))));
  }),
  fault('a node that is not seen', { minutes: 100, expected: [[71]] }, (made) => {
    made.job({
      name: 'j',
      states: [
        [0, 'Train/Waiting'],
        [61, 'Train/Starting'],
      ],
      pods: [trainPod({ node: 'edge9', start: 62, waits: 'ContainerCreating' })],
    });
    made.input.push(...other(100, (shard) => shard.add('kube_node_info', { node: 'edge9' }, [0, 1], [60, 'gone'])));
  }),
  fault(
    'a dataset whose node does not exist',
    { expected: [[4], [8, alert('SednaDatasetUnread', { name: 'j-data' })]] },
    (made) => made.job({ name: 'j', node: 'edge7', states: WAITING })
  ),
];
