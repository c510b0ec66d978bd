/** Clusters in which nothing is wrong, though much looks odd. */
import { ClusterSeries, rounds, type InputSeries, type Step } from './series';

export const HEALTHY_HOURS = 72;
const MINUTES = HEALTHY_HOURS * 60;
const h = (hours: number) => Math.round(hours * 60);

/** Rises and falls by less than what counts as a fall. */
const wavering = (starts: readonly number[], values: readonly number[]): Step[] => [
  [0, values[0]],
  ...starts.map((minute, index): Step => [minute, values[(index + 1) % values.length]]),
];

function oddities(cluster: ClusterSeries): ClusterSeries {
  // Waits for samples for 21 hours at a time, within its window.
  cluster.job(rounds('waits', 'edge-node', [h(0.5), h(22), h(44), h(66)], 20, 10));

  // Rounds of six hours, and short ones, whose evaluation wavers and whose loss rises and falls.
  const long = [h(0.1), h(8), h(15), h(22), h(29), h(36), h(43), h(50), h(57), h(64)];
  const six = rounds('six-hours', 'edge-node', long, 240, 100);
  const short = rounds('short', 'edge-node', [h(0.1), h(1), h(2), h(20), h(21), h(40), h(58)], 20, 10);
  const evaluated = short.states.filter(([, state]) => state === 'Eval/Completed').map(([minute]) => minute);
  cluster.job({ ...six, scores: {} });
  cluster.job({
    ...short,
    scores: { precision: wavering(evaluated, [0.8, 0.76, 0.82, 0.75]), mlogloss: wavering(evaluated, [4, 2, 1]) },
  });

  // Its local controller was restarted, so it trained on everything and counts its rounds from 1 again.
  const again = rounds('counts-again', 'edge0', [h(2), h(9), h(9.7), h(18), h(40), h(60)], 20, 10);
  cluster.job(again).add('sedna_job_round', { namespace: 'n', name: 'counts-again' }, [0, 3], [h(9), 1]);

  // A stage was completed twice, first without data: a report that came late.
  const late = rounds('late-report', 'edge0', [h(3), h(12), h(32), h(52)], 20, 10);
  cluster.job({
    ...late,
    withoutData: {
      Train: [
        [h(3) + 22, 1],
        [h(3) + 23, 0],
      ],
    },
  });

  // A large image: eight minutes in Starting. A worker that was restarted twice.
  cluster.job({
    name: 'large-image',
    states: [
      [0, 'Train/Waiting'],
      [h(5), 'Train/Ready'],
      [h(5) + 1, 'Train/Starting'],
      [h(5) + 9, 'Train/Running'],
      [h(5) + 40, 'Train/Completed'],
      [h(5) + 41, 'Eval/Waiting'],
      [h(5) + 42, 'Eval/Ready'],
      [h(5) + 43, 'Eval/Running'],
      [h(5) + 60, 'Eval/Completed'],
      [h(5) + 61, 'Deploy/Waiting'],
      [h(5) + 62, 'Deploy/Completed'],
      [h(5) + 63, 'Train/Waiting'],
      [h(27), 'Train/Ready'],
      [h(27) + 1, 'Train/Running'],
      [h(27) + 30, 'Train/Completed'],
      [h(27) + 31, 'Eval/Waiting'],
      [h(27) + 32, 'Eval/Ready'],
      [h(27) + 33, 'Eval/Running'],
      [h(27) + 50, 'Eval/Completed'],
      [h(27) + 51, 'Deploy/Waiting'],
      [h(27) + 52, 'Deploy/Completed'],
      [h(27) + 53, 'Train/Waiting'],
      [h(50), 'Train/Ready'],
    ],
    deleted: h(50) + 5,
    pods: [
      {
        name: 'large-image-train-aaaaa',
        node: 'edge-node',
        start: h(5) + 9,
        end: [h(5) + 40, 'Succeeded'],
        restarts: [
          [h(5) + 9, 0],
          [h(5) + 15, 1],
          [h(5) + 20, 2],
        ],
      },
      {
        name: 'large-image-eval-aaaaa',
        node: 'edge-node',
        start: h(5) + 43,
        end: [h(5) + 60, 'Succeeded'],
      },
      {
        name: 'large-image-train-bbbbb',
        node: 'edge-node',
        start: h(27) + 1,
        end: [h(27) + 30, 'Succeeded'],
      },
      {
        name: 'large-image-eval-bbbbb',
        node: 'edge-node',
        start: h(27) + 33,
        end: [h(27) + 50, 'Succeeded'],
      },
    ],
  });

  // Deleted in the midst of its training, its pods with it.
  cluster.job({
    name: 'deleted',
    states: [
      [h(20), 'Train/Waiting'],
      [h(20.5), 'Train/Ready'],
      [h(20.5) + 1, 'Train/Running'],
    ],
    deleted: h(21),
    pods: [{ name: 'deleted-train-aaaaa', node: 'edge-node', start: h(20.5) + 1, deleted: h(21) }],
  });

  // Created a few minutes before the end, and two minutes in Ready.
  cluster.job({
    name: 'new',
    states: [
      [MINUTES - 8, 'Train/Waiting'],
      [MINUTES - 2, 'Train/Ready'],
    ],
  });
  return cluster;
}

function federated(cluster: ClusterSeries): void {
  const of = { namespace: 'n', name: 'federated', kind: 'FederatedLearningJob' };
  const is = (metric: string, labels: Record<string, string>, ...steps: Step[]) =>
    cluster.add(`sedna_federatedlearningjob_${metric}`, { ...of, ...labels }, ...steps);
  is('info', { aggregation_model: 'm' }, [0, 1]);
  is('condition', { condition: 'Training' }, [0, 1], [h(4), 0]);
  is('condition', { condition: 'Complete' }, [0, 0], [h(4), 1]);
  is('condition', { condition: 'Failed' }, [0, 0]);
  is('phase', { phase: 'Running' }, [0, 1], [h(4), 0]);
  is('phase', { phase: 'Succeeded' }, [0, 0], [h(4), 1]);
  is('phase', { phase: 'Failed' }, [0, 0]);
  is('last_transition_timestamp_seconds', {}, [0, 0], [h(4), h(4) * 60]);
  // A worker had to be started twice.
  is('failed_workers', {}, [0, 0], [h(1), 1]);
  cluster.pod('federated', 'FederatedLearningJob', {
    name: 'federated-train-aaaaa',
    node: 'edge0',
    start: 1,
    end: [h(4), 'Succeeded'],
  });
}

/** Inference that writes all the time until it is replaced, one that writes now and then, one that never does. */
function inference(cluster: ClusterSeries): void {
  const kind = 'LifelongLearningJob';
  const states = [
    [0, 'Train/Waiting'],
    [h(20), 'Train/Ready'],
    [h(20) + 1, 'Train/Waiting'],
    [h(40), 'Train/Ready'],
    [h(40) + 1, 'Train/Waiting'],
    [h(60), 'Train/Ready'],
    [h(60) + 1, 'Train/Waiting'],
  ] as const;
  cluster.job({ name: 'infers', node: 'edge0', states });
  [0, h(10), h(30)].forEach((start, index, all) =>
    cluster.pod('infers', kind, {
      name: `infers-inference-aaaa${index}`,
      node: 'edge0',
      start,
      deleted: all[index + 1],
    })
  );
  cluster.job({ name: 'pauses', node: 'edge0', states });
  cluster.pod('pauses', kind, {
    name: 'pauses-inference-aaaaa',
    node: 'edge0',
    start: 5,
    logs: false,
  });
  const lines: Step[] = Array.from({ length: 70 }, (_, hour): Step[] => [
    [h(hour) + 10, 'now'],
    [h(hour) + 50, 'gone'],
  ]).flat();
  cluster.add('sedna_log_last_line_timestamp_seconds', { namespace: 'n', pod: 'pauses-inference-aaaaa' }, ...lines);
  // An error now and then, too.
  const errors: Step[] = Array.from({ length: 70 }, (_, hour): Step[] => [
    [h(hour) + 10, 2],
    [h(hour) + 12, 'gone'],
  ]).flat();
  cluster.add('sedna_log_error_lines_per_minute', { namespace: 'n', pod: 'pauses-inference-aaaaa' }, ...errors);
}

/** Two clusters that share a Prometheus, with objects of the same names; the second has no Loki and loses its exporter for a moment. */
export function healthyClusters(): InputSeries[] {
  const [first, second] = ['a', 'b'].map((cluster) => new ClusterSeries(MINUTES, { cluster }));
  // An exporter that was restarted after 30 hours for two minutes; its successor has another address.
  first.base({
    exporter: [
      [0, 'now'],
      [h(30), 'gone'],
    ],
  });
  for (const source of ['cluster', 'knowledge_base']) {
    first.add('sedna_exporter_source_last_success_timestamp_seconds', { instance: 'y', source }, [h(30) + 2, 'now']);
  }
  first.node('cloud-node', { edge: false });
  first.node('edge-node', {
    silent: [
      [h(26), h(26) + 5],
      [h(50), h(50) + 5],
    ],
  });
  first.node('edge0');
  // The connections of the node that is away for five minutes end with it.
  first.add(
    'sedna_log_local_controller_connected',
    { node: 'edge-node' },
    [1, 1],
    [2, 'gone'],
    [h(26) + 1, 0],
    [h(26) + 2, 'gone'],
    [h(26) + 6, 1],
    [h(26) + 7, 'gone'],
    [h(50) + 1, 0],
    [h(50) + 2, 'gone'],
    [h(50) + 6, 1],
    [h(50) + 7, 'gone']
  );
  first.add(
    'sedna_log_local_controller_connected',
    { node: 'edge0' },
    [1, 1],
    [2, 'gone'],
    [h(9) - 1, 0],
    [h(9), 1],
    [h(9) + 1, 'gone']
  );
  oddities(first);
  federated(first);
  inference(first);

  second.base().node('cloud-node', { edge: false }).node('edge-node').node('edge0');
  second.job(
    withoutLogs(
      rounds('six-hours', 'edge-node', [h(0.1), h(8), h(16), h(24), h(32), h(40), h(48), h(56), h(64)], 240, 100)
    )
  );
  second.job(withoutLogs(rounds('waits', 'edge0', [h(1), h(20), h(40), h(60)], 20, 10)));
  return [...first.input, ...second.input, ...counterReset()];
}

const withoutLogs = (job: ReturnType<typeof rounds>) => ({
  ...job,
  pods: job.pods.map((pod) => ({ ...pod, logs: false })),
});

/** The exporter counts conditions anew after a restart, and some had been overwritten meanwhile. */
function counterReset(): InputSeries[] {
  const cluster = new ClusterSeries(MINUTES, { cluster: 'a' });
  const of = { namespace: 'n', name: 'recounted', kind: 'LifelongLearningJob', instance: 'x' };
  cluster.add(
    'sedna_job_condition_transitions_total',
    { ...of, stage: 'Train', condition: 'Failed' },
    [0, 9],
    [h(30), 5],
    [h(31), 5]
  );
  cluster.add(
    'sedna_job_condition_transitions_total',
    { ...of, stage: 'Eval', condition: 'Completed' },
    [0, 20],
    [h(30), 12]
  );
  cluster.add('sedna_job_eval_metric', { ...of, metric: 'precision' }, [0, 0.9], [h(30), 0.5]);
  return cluster.input;
}
