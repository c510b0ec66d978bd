import { toFacts, toLogFacts, FACT_SERIES, type FactRow } from '..';

const JOB = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } as const;
const row = (fact: string, value: number, labels: Record<string, string> = {}): FactRow => ({
  labels: { fact, namespace: 'robots', ...labels },
  value,
});

it('reports only a missing object when there are no rows', () => {
  const { object, exists, ...rest } = toFacts(JOB, []);
  expect([object, exists]).toEqual([JOB, false]);
  expect(Object.values(rest).filter((value) => value !== undefined)).toEqual([]);
});

it('does not call a node missing that has no name, or while fewer kube-state-metrics than usual answer', () => {
  const missing = [
    row(FACT_SERIES.workerPhase, 1, { pod: 'a', worker_type: 'train', phase: 'Pending' }),
    row(FACT_SERIES.workerNodeMissing, 1, { pod: 'a' }),
    row(FACT_SERIES.dataset, 1, { name: 'steps', node: 'edge7' }),
    row(FACT_SERIES.datasetNodeMissing, 1),
  ];
  const found = (rows: FactRow[]) => {
    const { workers = [], dataset } = toFacts(JOB, rows);
    return [workers[0].isNodeMissing, dataset?.isNodeMissing];
  };
  expect(found(missing)).toEqual([true, true]);
  expect(found([...missing, row(FACT_SERIES.incomplete, 1)])).toEqual([false, false]);
  const unnamed = missing.map((each) =>
    each.labels.node === 'edge7' ? row(FACT_SERIES.dataset, 1, { name: 'steps' }) : each
  );
  expect(found(unnamed)).toEqual([true, false]);
});

it('takes the start of a state from an exporter that knows the newest condition, and from no other', () => {
  const conditionOf = (exporterSince: number) =>
    toFacts(JOB, [
      row(FACT_SERIES.condition, 1, { stage: 'Train', condition: 'Ready' }),
      row(FACT_SERIES.since, 1000),
      row(FACT_SERIES.exporterSince, exporterSince),
      row(FACT_SERIES.stateSince, 400),
    ]).condition;
  expect([conditionOf(1000)?.stateSince, conditionOf(990)?.stateSince]).toEqual([400, undefined]);
});

it('reads every fact of a job', () => {
  const facts = toFacts(JOB, [
    row(FACT_SERIES.info, 1, { name: 'dog', dataset: 'steps' }),
    row(FACT_SERIES.condition, 1, { name: 'dog', stage: 'Eval', condition: 'Waiting' }),
    row(FACT_SERIES.since, 1000, { name: 'dog' }),
    row(FACT_SERIES.sampled, 1990),
    row(FACT_SERIES.source, 1995, { source: 'cluster' }),
    row(FACT_SERIES.withoutData, 1, { stage: 'Train' }),
    row(FACT_SERIES.withoutData, 0, { stage: 'Eval' }),
    row(FACT_SERIES.trainedModel, 1, { role: 'trained', url: '/o/train/1/index.pkl' }),
    row(FACT_SERIES.deployedModel, 1),
    row('growth-3600', 2, { stage: 'Train', condition: 'Failed' }),
    row('growth-3600', 1, { stage: 'Eval', condition: 'Failed' }),
    row('growth-3600', 4, { stage: 'Deploy', condition: 'Completed' }),
    row('growth-3600', 5, { stage: 'Eval', condition: 'Completed' }),
    row('growth-86400', 6, { stage: 'Train', condition: 'Failed' }),
    row(FACT_SERIES.trigger, 1, {
      operator: '>',
      metric: 'num_of_samples',
      window_start: '02:00',
      window_end: '20:00',
    }),
    row(FACT_SERIES.threshold, 500),
    row(FACT_SERIES.probability, 0.8),
    row(FACT_SERIES.dataset, 1, { name: 'steps', node: 'edge0', format: 'csv' }),
    row(FACT_SERIES.datasetSamples, 900),
    row(FACT_SERIES.datasetUpdated, 1950),
    row(FACT_SERIES.datasetRead, 0),
    row(FACT_SERIES.connected, 0, { node: 'edge0' }),
    row(FACT_SERIES.connected, 1, { node: 'edge1' }),
    row(FACT_SERIES.leasesKnown, 1),
    row(FACT_SERIES.lease, 8, { node: 'edge0' }),
    row(FACT_SERIES.worstLease, 70, { node: 'edge0' }),
    row(FACT_SERIES.lastOffline, 500, { node: 'edge0' }),
    row(FACT_SERIES.lease, 500, { node: 'edge9' }),
    row(FACT_SERIES.role, 1, { node: 'edge0', role: 'edge' }),
    row(FACT_SERIES.deployStatus, 0),
    row(FACT_SERIES.knowledgeBaseUp, 1),
    row(FACT_SERIES.knowledgeBasePod, 1, { pod: 'kb-1', phase: 'Failed' }),
    row(FACT_SERIES.knowledgeBasePod, 1, { pod: 'kb-2', phase: 'Running' }),
    row(FACT_SERIES.globalManagerPod, 1, { pod: 'gm-1', phase: 'Pending' }),
    row(FACT_SERIES.podsKnown, 1),
    row(FACT_SERIES.workerEnded, 1500, { pod: 'dog-eval-b', worker_type: 'eval', node: 'edge9' }),
    row(FACT_SERIES.workerEnded, 1400, { pod: 'dog-train-c', worker_type: 'train', node: 'edge9' }),
    row(FACT_SERIES.workerPhase, 1, { pod: 'dog-train-a', worker_type: 'train', node: 'edge0', phase: 'Running' }),
    row(FACT_SERIES.workerPhase, 1, { pod: 'dog-eval-b', worker_type: 'eval', node: 'edge9', phase: 'Failed' }),
    row(FACT_SERIES.workerWaiting, 1, { pod: 'dog-train-a', container: 'w', reason: 'CrashLoopBackOff' }),
    row(FACT_SERIES.workerPending, 1300, { pod: 'dog-train-a' }),
    row(FACT_SERIES.workerUnschedulable, 1, { pod: 'dog-train-a' }),
    row(FACT_SERIES.workerRestarts, 4, { pod: 'dog-train-a' }),
    row(FACT_SERIES.failedPods, 1500, { pod: 'dog-eval-b' }),
  ]);
  const ended = {
    node: 'edge9',
    waitingReason: undefined,
    waitingContainer: undefined,
    created: undefined,
    isUnschedulable: false,
    isNodeMissing: false,
    recentRestarts: 0,
  };
  expect(facts).toEqual({
    object: JOB,
    exists: true,
    condition: { stage: 'Eval', type: 'Waiting', since: 1000 },
    completedWithoutData: { Train: true, Eval: false },
    hasTrainedModel: true,
    hasDeployedModel: true,
    failures: [
      { window: 3600, failed: 3, completedRounds: 4 },
      { window: 86_400, failed: 6, completedRounds: 0 },
    ],
    workers: [
      { ...ended, pod: 'dog-eval-b', type: 'eval', phase: 'Failed', ended: 1500 },
      { ...ended, pod: 'dog-train-c', type: 'train', phase: 'Succeeded', ended: 1400 },
      {
        pod: 'dog-train-a',
        type: 'train',
        node: 'edge0',
        phase: 'Running',
        waitingReason: 'CrashLoopBackOff',
        waitingContainer: 'w',
        created: 1300,
        isUnschedulable: true,
        isNodeMissing: false,
        recentRestarts: 4,
        ended: undefined,
      },
    ],
    failedWorkers: undefined,
    phase: undefined,
    // The node of a pod that failed long ago does not matter any more.
    nodes: [{ node: 'edge0', roles: ['edge'], leaseAge: 8, worstLeaseAge: 70, lastOffline: 500 }],
    localController: { node: 'edge0', connected: false },
    dataset: {
      name: 'steps',
      exists: true,
      node: 'edge0',
      isNodeMissing: false,
      format: 'csv',
      samples: 900,
      updated: 1950,
      read: false,
    },
    trigger: {
      operator: '>',
      metric: 'num_of_samples',
      threshold: 500,
      windowStart: '02:00',
      windowEnd: '20:00',
      trainProbability: 0.8,
    },
    deployNotOk: false,
    globalManager: { podPhase: 'Pending' },
    knowledgeBase: { readable: true, podPhase: 'Running', isWithoutPod: false },
    freshness: { sampled: 1990, collected: true, sources: [{ source: 'cluster', lastSuccess: 1995 }] },
  });
});

it('distinguishes a missing object from an unknown one', () => {
  const of = (...rows: FactRow[]) => {
    const { exists, freshness } = toFacts(JOB, rows);
    return [exists, freshness?.collected, freshness?.sampled];
  };
  expect(of(row(FACT_SERIES.info, 1), row(FACT_SERIES.sampled, 1990))).toEqual([true, true, 1990]);
  expect(of(row(FACT_SERIES.sampled, 1000))).toEqual([false, true, 1000]);
  expect(of(row(FACT_SERIES.uncollected, 1))).toEqual([undefined, false, undefined]);
});

it('distinguishes no workers from unknown workers', () => {
  expect(toFacts(JOB, [row(FACT_SERIES.podsKnown, 1)]).workers).toEqual([]);
  expect(toFacts(JOB, [row(FACT_SERIES.info, 1)]).workers).toBeUndefined();
});

it('distinguishes a knowledge base without a pod from one whose pods are unknown', () => {
  const of = (...rows: FactRow[]) => toFacts(JOB, rows).knowledgeBase;
  const service = row(FACT_SERIES.knowledgeBaseService, 1, { service: 'kb' });
  const runs = row(FACT_SERIES.knowledgeBasePod, 1, { pod: 'kb-2', phase: 'Running' });
  expect(of(service, row(FACT_SERIES.podsKnown, 1))).toMatchObject({ isWithoutPod: true });
  expect(of(service, row(FACT_SERIES.podsKnown, 1), runs)).toMatchObject({ podPhase: 'Running', isWithoutPod: false });
  expect(of(service)).toBeUndefined();
  expect(of(row(FACT_SERIES.podsKnown, 1))).toBeUndefined();
});

it('distinguishes a missing dataset from an unknown one', () => {
  const of = (...rows: FactRow[]) => toFacts(JOB, [row(FACT_SERIES.info, 1, { dataset: 'steps' }), ...rows]).dataset;
  expect(of(row(FACT_SERIES.datasetsKnown, 1))).toMatchObject({ name: 'steps', exists: false });
  // The kube-state-metrics that shows it may be down.
  expect(of(row(FACT_SERIES.datasetsKnown, 1), row(FACT_SERIES.datasetSeen, 1))).toMatchObject({ exists: undefined });
  expect(of()).toMatchObject({ name: 'steps', exists: undefined });
});

it('distinguishes a job without a trained model from an unknown one', () => {
  expect(toFacts(JOB, [row(FACT_SERIES.withoutData, 1, { stage: 'Train' })]).hasTrainedModel).toBe(false);
  expect(toFacts(JOB, [row(FACT_SERIES.podsKnown, 1)]).hasTrainedModel).toBeUndefined();
});

it('distinguishes no nodes from unknown nodes', () => {
  expect(toFacts(JOB, [row(FACT_SERIES.leasesKnown, 1)]).nodes).toEqual([]);
  expect(toFacts(JOB, [row(FACT_SERIES.podsKnown, 1)]).nodes).toBeUndefined();
});

it('counts each failed pod once when conditions are not counted', () => {
  const twice = [1500, 1500].map((value) => row(FACT_SERIES.failedPods, value, { pod: 'dog-eval-b' }));
  expect(toFacts(JOB, [row(FACT_SERIES.podsKnown, 1), ...twice]).failures).toEqual([{ window: 3600, failed: 1 }]);
});

it('sorts lines by age and takes their level from the query, else from the text', () => {
  const labels = { namespace: 'sedna', pod: 'gm-a', container: 'gm' };
  expect(
    toLogFacts([
      { time: 2000, text: 'E1124 11:59:00.123456       1 x.go:1] late', labels },
      { time: 1500, text: 'anything', labels: { ...labels, detected_level: 'warning' } },
    ])
  ).toEqual([
    { ...labels, time: 1.5, level: 'warning', text: 'anything' },
    { ...labels, time: 2, level: 'error', text: 'E1124 11:59:00.123456       1 x.go:1] late' },
  ]);
});
