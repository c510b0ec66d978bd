/** Jobs as Sedna writes them, for tests and benchmarks. */

/** One condition: stage, type, seconds after {@link START}, and data. */
export type Step = readonly [stage: string, type: string, seconds: number, data?: unknown];

export const START = Date.UTC(2026, 10, 24, 8) / 1000;

export const conditions = (steps: readonly Step[]) =>
  steps.map(([stage, type, seconds, data]) => {
    const time = new Date((START + seconds) * 1000).toISOString().replace('.000Z', 'Z');
    return {
      type,
      status: 'True',
      stage,
      lastHeartbeatTime: time,
      lastTransitionTime: time,
      ...(data !== undefined && { message: 'reported by lc' }),
      ...(data !== undefined && { data: typeof data === 'string' ? data : JSON.stringify(data) }),
    };
  });

export const model = (url: string, metrics?: unknown) => ({
  format: 'pkl',
  url,
  ...(metrics !== undefined && { metrics }),
  classes: null,
});

/** Returns the 13 conditions of a successful round of 600 s. @param start seconds after {@link START} */
export function roundSteps(round: number, start = 0): Step[] {
  const trained = model(`/output/train/${round}/index.pkl`);
  const evaluated = `/output/eval/${round}/index.pkl`;
  const input = (stage: string) => ({
    dataURL: `/output/data/${stage}/${round}/data.csv`,
    outputDir: `/output/${stage}/${round}`,
  });
  const steps: Step[] = [
    ['Train', 'Waiting', 0],
    ['Train', 'Ready', 100, { input: input('train') }],
    ['Train', 'Starting', 101],
    ['Train', 'Running', 110],
    ['Train', 'Completed', 300, { output: { models: [trained] } }],
    ['Eval', 'Waiting', 301],
    ['Eval', 'Ready', 310, { input: { models: [trained], ...input('eval') } }],
    ['Eval', 'Starting', 311],
    ['Eval', 'Running', 320],
    ['Eval', 'Completed', 500, { output: { models: [model(evaluated, { precision_score: 0.89 })] } }],
    ['Deploy', 'Waiting', 501],
    ['Deploy', 'Ready', 550, { input: { models: [model(evaluated)] } }],
    ['Deploy', 'Completed', 560],
  ];
  return steps.map(([stage, type, seconds, data]) => [stage, type, start + seconds, data]);
}

export const TRIGGER = {
  checkPeriodSeconds: 60,
  timer: { start: '02:00', end: '20:00' },
  condition: { operator: '>', threshold: 500, metric: 'num_of_samples' },
};

/** Returns a lifelong learning job with the conditions. */
export const job = (name: string, steps: readonly Step[], uid = `uid-of-${name}`) => ({
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'LifelongLearningJob',
  metadata: { namespace: 'default', name, uid, annotations: { 'sedna.io/credential': 'a-secret-of-the-user' } },
  spec: {
    dataset: { name: 'lifelong-dataset', trainProb: 0.8 },
    outputDir: '/output',
    trainSpec: { template: { spec: { containers: [{ name: 'train-worker', image: 'i' }] } }, trigger: TRIGGER },
    evalSpec: { template: { spec: { containers: [{ name: 'eval-worker', image: 'i' }] } } },
    deploySpec: { template: { spec: { containers: [{ name: 'infer-worker', image: 'i' }] } } },
  },
  status: { startTime: '2026-11-24T08:00:00Z', conditions: conditions(steps) },
});
