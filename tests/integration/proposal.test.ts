import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { waitFor } from '../../collection/native';
import { startDemo, type Demo } from '../../demo/native';
import { KIND_NAMES } from '../../src/sedna/kinds';
import { temporaryFolder } from './support/folder';
import { queryPrometheus, type Series } from './support/queries';
import { listObjects, queryKnowledgeBase, readLogs, type KubeObject, type LogEntry } from './support/truth';

/**
 * Every row of the proposal's ten tables, on the simulated Sedna: what Prometheus holds is compared with what the
 * objects, the log files and the knowledge base say, read here by other means.
 */

const HOURS = 1.3;
const LIFELONG = 'LifelongLearningJob';

let demo: Demo;
let jobs: KubeObject[];
let pods: KubeObject[];
let nodes: KubeObject[];
let logs: LogEntry[];

const lists = (plural: string) => listObjects(demo.kubeconfig, `/apis/sedna.io/v1alpha1/${plural}`);

before(async () => {
  demo = await startDemo({ dir: path.join(temporaryFolder(), 'demo'), hours: HOURS });
  await demo.freeze();
  recordInference();
  const frozen = Date.now() / 1000;
  jobs = await lists('lifelonglearningjobs');
  pods = await listObjects(demo.kubeconfig, '/api/v1/pods');
  nodes = await listObjects(demo.kubeconfig, '/api/v1/nodes');
  logs = readLogs(demo.logRoot);
  // Loki's rules look at the minute before the last one; recording rules build upon them.
  await waitFor(
    'scrapes and rules that see the world at a standstill',
    async () => {
      const [rule] = await query('max(timestamp(sedna:worker_pod_info))');
      return rule && rule.value > frozen + 200;
    },
    { timeoutMs: 400_000 }
  );
});
after(() => demo?.stop());

/** What a job would record of its inference in the custom tables. */
function recordInference(): void {
  const database = new DatabaseSync(demo.knowledgeBase);
  const metric = database.prepare('INSERT INTO metric (id, name, label) VALUES (?, ?, ?)');
  const value = database.prepare('INSERT INTO metric_value (metric_id, label_value, value) VALUES (?, ?, ?)');
  for (const [index, name] of ['InferenceDoneNumber', 'InferenceReadyNumber', 'InferenceErrorNumber'].entries()) {
    metric.run(100 + index, name, 'namespace,name,task');
  }
  for (const [id, task, number] of [
    [100, 'known', 90],
    [100, 'unknown', 6],
    [101, 'known', 3],
    [102, 'unknown', 1],
  ] as const) {
    value.run(id, `default,atcii-classifier-demo,${task}`, number);
  }
  database.close();
}

const query = (expression: string) => queryPrometheus(demo.prometheus.url, expression);

const text = ({ labels, value }: Series) =>
  `${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))} ${value}`;

/** Asserts that an expression gives these series and no others. */
async function gives(expression: string, expected: Series[]): Promise<void> {
  assert.ok(expected.length > 0, `nothing is expected of ${expression}: the simulated Sedna tells nothing of it`);
  assert.deepEqual((await query(expression)).map(text).sort(), expected.map(text).sort(), expression);
}

const identity = ({ kind, metadata }: KubeObject, fallback = LIFELONG) => ({
  namespace: metadata.namespace as string,
  name: metadata.name as string,
  kind: (kind as string | undefined) ?? fallback,
});

const conditionsOf = (object: KubeObject): KubeObject[] => object.status?.conditions ?? [];
const dataOf = (condition: KubeObject) => (condition?.data ? JSON.parse(condition.data) : {});

/** Newest condition of a stage and type. */
const newest = (object: KubeObject, stage: string, type: string) =>
  conditionsOf(object).findLast((condition) => condition.stage === stage && condition.type === type);

/** One series for each job of which `of` tells something. */
const perJob = (of: (job: KubeObject) => Array<{ labels?: Record<string, string>; value: number }>): Series[] =>
  jobs.flatMap((job) => of(job).map(({ labels, value }) => ({ labels: { ...identity(job), ...labels }, value })));

/** What a pod works for, by the labels that the global manager sets on all workers: not each of them is owned by it. */
function worksFor(pod: KubeObject): { kind: string; name: string } | undefined {
  for (const [label, name] of Object.entries((pod.metadata.labels ?? {}) as Record<string, string>)) {
    const kind = KIND_NAMES.find((each) => label === `${each.toLowerCase()}.sedna.io/name`);
    if (kind) {
      return { kind, name };
    }
  }
  return undefined;
}
const isWorker = (pod: KubeObject) => worksFor(pod) !== undefined;
const isEdge = (name: string) =>
  nodes.find(({ metadata }) => metadata.name === name).metadata.labels['node-role.kubernetes.io/edge'] !== undefined;
const location = (pod: KubeObject) => (isEdge(pod.spec.nodeName) ? 'edge' : 'cloud');

function workersByJob(): Map<string, KubeObject[]> {
  return Map.groupBy(pods.filter(isWorker), (pod) =>
    JSON.stringify({ namespace: pod.metadata.namespace, ...worksFor(pod) })
  );
}

const countWorkers = (which: (pod: KubeObject) => boolean): Series[] =>
  [...workersByJob()].map(([job, of]) => ({ labels: JSON.parse(job), value: of.filter(which).length }));

/** Newest pod of a job that wrote a line of a pattern, and all such lines of it. */
function newestLines(job: KubeObject, pattern: RegExp): LogEntry[] {
  const { namespace, name } = job.metadata;
  const mine = new RegExp(`^${name}-(?:train|eval|inference)-[a-z0-9]{5}$`);
  const found = logs.filter((line) => line.namespace === namespace && mine.test(line.pod) && pattern.test(line.text));
  return found.filter(({ pod }) => pod === found.at(-1)?.pod);
}

test('table 1: status, condition and stage of each job', async () => {
  const last = (job: KubeObject) => conditionsOf(job).slice(-1);
  await gives(
    'sedna_lifelonglearningjob_status == 1',
    perJob((job) => last(job).map(({ status }) => ({ labels: { status }, value: 1 })))
  );
  await gives(
    'sedna_lifelonglearningjob_condition == 1',
    perJob((job) => last(job).map(({ stage, type }) => ({ labels: { stage, condition: type }, value: 1 })))
  );
});

test('table 2: samples of datasets and of the stages', async () => {
  const datasets = (await lists('datasets')).filter(({ status }) => status?.numberOfSamples !== undefined);
  await gives(
    'sedna_dataset_samples',
    datasets.map((object) => ({ labels: identity(object, 'Dataset'), value: object.status.numberOfSamples }))
  );
  const logged = (stage: string) =>
    perJob(({ metadata: { namespace, name } }) => {
      const sign = `job(${namespace}/lifelonglearningjob/${name})'s current ${stage} samples nums is `;
      const line = logs.findLast((entry) => entry.container === 'lc' && entry.text.includes(sign));
      return line ? [{ labels: { stage, origin: 'log' }, value: Number(line.text.split(sign)[1]) }] : [];
    });
  for (const stage of ['train', 'eval']) {
    await gives(`sedna:stage_samples{stage="${stage}", origin="log"}`, logged(stage));
  }
  await gives(
    'sedna_lifelonglearningjob_train_probability',
    perJob(({ spec }) => [{ value: spec.dataset.trainProb }])
  );
  // The local controller logs no sample counts of an incremental learning job.
  const [incremental] = await lists('incrementallearningjobs');
  const { metadata, spec } = incremental;
  const { status } = datasets.find(
    (each) => each.metadata.name === spec.dataset.name && each.metadata.namespace === metadata.namespace
  );
  const estimate = (stage: string, share: number) => ({
    labels: { ...identity(incremental, 'IncrementalLearningJob'), stage, origin: 'estimate' },
    value: Math.round(share * status.numberOfSamples),
  });
  await gives('sedna:stage_samples{origin="estimate", kind="IncrementalLearningJob"}', [
    estimate('train', 0.8),
    estimate('eval', 0.2),
  ]);
});

test('table 3: metrics of models, the numbers among them', async () => {
  const model = (name: string, key: string, value: number) => ({
    labels: { namespace: 'default', name, kind: 'Model', key },
    value,
  });
  await gives('sedna_model_metric', [
    model('initial-model', 'precision', 0.95),
    model('initial-model', 'recall', 0.874),
    model('deploy-model', 'precision', 0.9512),
  ]);
  const [left] = await query('sum(sedna_exporter_errors_total{source="cluster", cause="not_a_number"})');
  assert.ok(left.value >= 2, 'f1 "n/a" and coverage "93.1%" are no numbers, and are counted');
});

test('tables 4 and 5: worker runs and workers', async () => {
  await gives(
    'sedna:workers:total',
    countWorkers(() => true)
  );
  await gives(
    'sedna:tasks:total',
    // A worker that still waits has not begun its run.
    countWorkers((pod) => pod.status.phase !== 'Pending').filter(({ value }) => value > 0)
  );
});

test('table 6: inference, as a job records it and as its log tells it', async () => {
  const atcii = { namespace: 'default', name: 'atcii-classifier-demo', kind: LIFELONG };
  const samples = (state: string, task: string, value: number) => ({
    labels: { ...atcii, state, task, origin: 'custom' },
    value,
  });
  await gives('sedna:inference_samples{origin="custom"}', [
    samples('done', 'known', 90),
    samples('done', 'unknown', 6),
    samples('ready', 'known', 3),
    samples('error', 'unknown', 1),
  ]);
  await gives('sedna:inference_rate:percent{name="atcii-classifier-demo", namespace="default"}', [
    { labels: atcii, value: 96 },
  ]);

  // Each evaluation counts the minute before the last one, so that of the history all is counted but its last minute.
  const until = new Date(demo.liveSince.getTime() - 60_000).toISOString();
  const lines = (sign: string) =>
    logs.filter(({ pod, time, text: line }) => pod.startsWith('robo-demo-') && time <= until && line.includes(sign));
  const done = (task: string, sign: string) => ({ labels: { state: 'done', task }, value: lines(sign).length });
  await gives(
    `sum by (state, task) (sum_over_time(sedna_log_inference_samples_per_minute{
       namespace="default", pod=~"robo-demo-.+", state="done"}[3h] @ ${demo.liveSince.getTime() / 1000}))`,
    [done('known', ' is unseen task: False'), done('unknown', ' is unseen task: True')]
  );
});

test('table 7: where the knowledge base runs', async () => {
  const service = (await listObjects(demo.kubeconfig, '/api/v1/namespaces/sedna/services')).find(
    ({ metadata }) => metadata.name === 'kb'
  );
  const pod = pods.find(({ metadata }) => metadata.namespace === 'sedna' && metadata.name.startsWith('kb-'));
  await gives('sedna:knowledge_base_info', [
    {
      labels: {
        ip: service.spec.clusterIP,
        pod: pod.metadata.name,
        node: pod.spec.nodeName,
        node_type: location(pod),
      },
      value: 1,
    },
  ]);
});

const rows = (sql: string) => queryKnowledgeBase(demo.knowledgeBase, sql);
const perRow = (sql: string): Series[] =>
  rows(sql).map(({ value, ...labels }) => ({ labels: labels as Record<string, string>, value: Number(value) }));

test('table 8: what the knowledge base holds', async () => {
  await gives('sedna_knowledge_base_known_tasks', perRow('SELECT count(*) AS value FROM ll_tasks'));
  await gives(
    'sedna_knowledge_base_task_group_model_info',
    perRow(
      `SELECT g.name AS "group", m.model_url AS url, 1 AS value FROM ll_task_models m JOIN ll_task_grp g ON g.id = m.task_id`
    )
  );
  await gives(
    'sedna_knowledge_base_task_samples',
    perRow(
      `SELECT t.name AS task, sum(s.sample_num) AS value FROM ll_samples s JOIN ll_task_sample l ON l.sample_id = s.id
       JOIN ll_tasks t ON t.id = l.task_id GROUP BY t.name`
    )
  );
  await gives(
    'sedna_knowledge_base_task_last_round_samples',
    perRow(
      `SELECT t.name AS task, s.sample_num AS value FROM ll_tasks t JOIN ll_samples s ON s.id =
       (SELECT max(l.sample_id) FROM ll_task_sample l WHERE l.task_id = t.id)`
    )
  );
  await gives(
    'sedna_knowledge_base_task_relation',
    perRow(
      `SELECT g.name AS "group", t.name AS task, r.transfer_radio AS value FROM ll_task_relation r
       JOIN ll_task_grp g ON g.id = r.grp_id JOIN ll_tasks t ON t.id = r.task_id`
    )
  );
  await gives(
    'sedna_knowledge_base_task_info',
    perRow('SELECT name AS task, task_attr AS attributes, 1 AS value FROM ll_tasks')
  );
});

test('table 8: where the newest training put samples and model', async () => {
  const upload = /Upload task sample to (\S+name=(\S+)\.sample) successfully/;
  await gives(
    'sedna:task_sample_dir_info',
    perJob((job) =>
      newestLines(job, upload).map(({ pod, text: line }) => {
        const [, url, task] = upload.exec(line)!;
        return { labels: { task, url, pod }, value: 1 };
      })
    )
  );
  const withData = (job: KubeObject) =>
    conditionsOf(job).findLast(({ stage, type, data }) => stage === 'Train' && type === 'Completed' && data);
  await gives(
    'sedna_job_model_info{role="trained", kind="LifelongLearningJob"}',
    perJob((job) =>
      (dataOf(withData(job)).output?.models ?? []).map(({ url }: KubeObject) => ({
        labels: { role: 'trained', url },
        value: 1,
      }))
    )
  );
  assert.deepEqual(
    await query('sedna_job_model_info{role="base", kind="LifelongLearningJob"}'),
    [],
    'Sedna records no base model of a lifelong learning job, and nothing makes one up'
  );
});

test('table 9: what the newest evaluation found', async () => {
  const score = /cloud_knowledge_management\.py\(\d+\) \[INFO\] ?- (\S+) scores: \{'(\w+)': ([\d.e-]+)\}/;
  const dropped = /cloud_knowledge_management\.py\(\d+\) \[WARNING\] ?- (\S+) will not be deploy because/;
  await gives(
    'sedna:task_score',
    perJob((job) =>
      newestLines(job, score).map(({ pod, text: line }) => {
        const [, task, metric, value] = score.exec(line)!;
        return { labels: { task, metric, pod }, value: Number(value) };
      })
    )
  );
  await gives(
    'sedna:task_deployable',
    perJob((job) => {
      const scored = newestLines(job, score);
      const without = logs
        .filter(({ pod, text: line }) => pod === scored[0]?.pod && dropped.test(line))
        .map(({ text: line }) => dropped.exec(line)![1]);
      return scored.map(({ pod, text: line }) => {
        const task = score.exec(line)![1];
        return { labels: { task, pod }, value: without.includes(task) ? 0 : 1 };
      });
    })
  );
  await gives(
    'sedna_job_model_info{role="evaluated", kind="LifelongLearningJob"}',
    perJob((job) =>
      (dataOf(newest(job, 'Eval', 'Ready')).input?.models ?? []).map(({ url }: KubeObject) => ({
        labels: { role: 'evaluated', url },
        value: 1,
      }))
    )
  );
  await gives(
    'sedna_job_eval_metric{kind="LifelongLearningJob"}',
    perJob((job) =>
      Object.entries<number>(dataOf(newest(job, 'Eval', 'Completed')).output?.models[0].metrics ?? {}).map(
        ([metric, value]) => ({ labels: { metric }, value })
      )
    )
  );
});

test('table 10: deployment and the model that is deployed', async () => {
  await gives(
    'sedna_job_model_info{role="deployed", kind="LifelongLearningJob"}',
    perJob((job) =>
      (dataOf(newest(job, 'Deploy', 'Ready')).input?.models ?? []).map(({ url }: KubeObject) => ({
        labels: { role: 'deployed', url },
        value: 1,
      }))
    )
  );
  // The newest deployment of a job: it waits until its model is there and the pod that infers was made anew.
  const told = (job: KubeObject): string | undefined => {
    const deployments = conditionsOf(job).filter(({ stage }) => stage === 'Deploy');
    const types = deployments
      .slice(deployments.findLastIndex(({ type }) => type === 'Waiting'))
      .map(({ type }) => type);
    if (types.includes('Completed')) {
      return types.includes('Ready') ? 'Ok' : undefined;
    }
    return types.length > 0 ? 'Waiting' : undefined;
  };
  const perTold = (from: (job: KubeObject) => string | undefined) =>
    perJob((job) => (from(job) === undefined ? [] : [{ labels: { status: from(job)! }, value: 1 }]));
  await gives('sedna_job_deploy_status{kind="LifelongLearningJob"} == 1', perTold(told));
  await gives(
    'sedna:job_deploy_status{kind="LifelongLearningJob"} == 1',
    perTold((job) => (job.metadata.name === 'stuck-deploy-copy' ? 'NotOk' : told(job)))
  );
});

test('what a job records in the custom tables, with the labels it chose', async () => {
  await gives(
    'sedna_custom_Recall',
    perRow(
      `SELECT v.label_value AS model_name, v.value AS value FROM metric_value v
       WHERE v.metric_id = (SELECT count(*) FROM metric m WHERE m.rowid < (SELECT rowid FROM metric WHERE name = 'Recall'))`
    )
  );
});
