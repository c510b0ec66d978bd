import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { waitFor } from '../../tools/engines';
import { startDemo, type Demo } from '../../simulator/demo/nativeDemo';
import { createTemporaryFolder } from './support/folder';
import { assertQueryResult, queryPrometheus, type Series } from './support/queries';
import {
  getConditions,
  getConditionData,
  getDeployment,
  getIdentity,
  LIFELONG,
  fetchObjects,
  getNewest,
  getNewestLines,
  fetchLogs,
  recordInference,
  toSeries,
  groupWorkersByJob,
  getWorkerType,
  findWorkerOwner,
  type KubeObject,
  type LogEntry,
} from './support/groundTruth';

/**
 * Checks every row of the ten tables in the proposal on the simulated Sedna. Compares Prometheus with the objects, the log
 * files, and the knowledge base, which are read independently.
 */

let demo: Demo;
let jobs: KubeObject[];
let pods: KubeObject[];
let nodes: KubeObject[];
let logs: LogEntry[];

const fetchResources = (plural: string) => fetchObjects(demo.kubeconfig, `/apis/sedna.io/v1alpha1/${plural}`);

before(async () => {
  demo = await startDemo({ dir: path.join(createTemporaryFolder(), 'demo'), historyHours: 1.3 });
  await demo.freeze();
  recordInference(demo.knowledgeBase);
  const frozen = Date.now() / 1000;
  const live = demo.liveSince.getTime() / 1000;
  jobs = await fetchResources('lifelonglearningjobs');
  pods = await fetchObjects(demo.kubeconfig, '/api/v1/pods');
  nodes = await fetchObjects(demo.kubeconfig, '/api/v1/nodes');
  logs = fetchLogs(demo.logRoot);
  // Loki rules cover the minute before the last one, and recording rules depend on them. The backfilled history has no
  // stale markers, so queries return its last values for five more minutes.
  await waitFor(
    'scrapes and rules after the simulation stopped',
    async () => {
      const [rule] = await query('max(timestamp(sedna:worker_pod_info))');
      return rule && rule.value > Math.max(frozen + 200, live + 400);
    },
    { timeoutMs: 600_000 }
  );
});
after(() => demo?.stop());

const query = (expression: string) => queryPrometheus(demo.prometheus.url, expression);
const assertSeries = (expression: string, expected: Series[]) =>
  assertQueryResult(demo.prometheus.url, expression, expected);

/** Returns the expected series of all jobs. */
const perJob = (of: (job: KubeObject) => Array<{ labels?: Record<string, string>; value: number }>): Series[] =>
  jobs.flatMap((job) => of(job).map(({ labels, value }) => ({ labels: { ...getIdentity(job), ...labels }, value })));

const isEdge = (name: string) =>
  nodes.find(({ metadata }) => metadata.name === name).metadata.labels['node-role.kubernetes.io/edge'] !== undefined;
const getLocation = (pod: KubeObject) => (isEdge(pod.spec.nodeName) ? 'edge' : 'cloud');

const countWorkers = (which: (pod: KubeObject) => boolean): Series[] =>
  [...groupWorkersByJob(pods)].map(([job, of]) => ({ labels: JSON.parse(job), value: of.filter(which).length }));

test('table 1: status, condition, and stage of each job', async () => {
  const last = (job: KubeObject) => getConditions(job).slice(-1);
  await assertSeries(
    'sedna_lifelonglearningjob_status == 1',
    perJob((job) => last(job).map(({ status }) => ({ labels: { status }, value: 1 })))
  );
  await assertSeries(
    'sedna_lifelonglearningjob_condition == 1',
    perJob((job) => last(job).map(({ stage, type }) => ({ labels: { stage, condition: type }, value: 1 })))
  );
});

test('table 2: samples of datasets and stages', async () => {
  const datasets = (await fetchResources('datasets')).filter(({ status }) => status?.numberOfSamples !== undefined);
  await assertSeries(
    'sedna_dataset_samples',
    datasets.map((object) => ({ labels: getIdentity(object, 'Dataset'), value: object.status.numberOfSamples }))
  );
  const fromLogs = (stage: string) =>
    perJob(({ metadata: { namespace, name } }) => {
      const text = `job(${namespace}/lifelonglearningjob/${name})'s current ${stage} samples nums is `;
      const line = logs.findLast((entry) => entry.container === 'lc' && entry.text.includes(text));
      return line ? [{ labels: { stage, origin: 'log' }, value: Number(line.text.split(text)[1]) }] : [];
    });
  for (const stage of ['train', 'eval']) {
    await assertSeries(`sedna:stage_samples{stage="${stage}", origin="log"}`, fromLogs(stage));
  }
  await assertSeries(
    'sedna_lifelonglearningjob_train_probability',
    perJob(({ spec }) => [{ value: spec.dataset.trainProb }])
  );
  // The local controller doesn't log sample counts of incremental learning jobs.
  const [incremental] = await fetchResources('incrementallearningjobs');
  const { metadata, spec } = incremental;
  const { status } = datasets.find(
    (each) => each.metadata.name === spec.dataset.name && each.metadata.namespace === metadata.namespace
  );
  const estimate = (stage: string, share: number) => ({
    labels: { ...getIdentity(incremental, 'IncrementalLearningJob'), stage, origin: 'estimate' },
    value: Math.round(share * status.numberOfSamples),
  });
  await assertSeries('sedna:stage_samples{origin="estimate", kind="IncrementalLearningJob"}', [
    estimate('train', 0.8),
    estimate('eval', 0.2),
  ]);
});

test('table 3: numeric metrics of models', async () => {
  const model = (name: string, key: string, value: number) => ({
    labels: { namespace: 'default', name, kind: 'Model', key },
    value,
  });
  await assertSeries('sedna_model_metric', [
    model('initial-model', 'precision', 0.95),
    model('initial-model', 'recall', 0.874),
    model('deploy-model', 'precision', 0.9512),
  ]);
  const [left] = await query('sum(sedna_exporter_errors_total{source="cluster", cause="not_a_number"})');
  assert.ok(left.value >= 2, 'f1 "n/a" and coverage "93.1%" aren\'t numbers, and are counted');
});

test('tables 4 and 5: location and state of workers and their runs', async () => {
  const running = (pod: KubeObject) => pod.status.phase === 'Running';
  await assertSeries(
    'sedna:workers:total',
    countWorkers(() => true)
  );
  await assertSeries(
    'sedna:tasks:total',
    // A pending worker hasn't started its run.
    countWorkers((pod) => pod.status.phase !== 'Pending')
  );
  await assertSeries(
    'sedna:workers:active > 0',
    countWorkers(running).filter(({ value }) => value > 0)
  );
  await assertSeries(
    'sedna:tasks:active > 0',
    countWorkers(running).filter(({ value }) => value > 0)
  );

  const status = { Pending: 'waiting', Running: 'active', Succeeded: 'dead', Failed: 'dead' } as Record<string, string>;
  const worker = (pod: KubeObject) => ({
    namespace: pod.metadata.namespace,
    ...findWorkerOwner(pod),
    pod: pod.metadata.name,
  });
  await assertSeries(
    'sedna:worker_info',
    pods.filter(findWorkerOwner).map((pod) => ({
      labels: {
        ...worker(pod),
        worker_type: getWorkerType(pod),
        node: pod.spec.nodeName,
        location: getLocation(pod),
        status: status[pod.status.phase],
      },
      value: 1,
    }))
  );

  const started = (pod: KubeObject) => Date.parse(pod.status.startTime) / 1000;
  const ended = (pod: KubeObject) =>
    Date.parse(pod.status.containerStatuses[0].state.terminated?.finishedAt ?? '') / 1000;
  const done = (pod: KubeObject) => ['Succeeded', 'Failed'].includes(pod.status.phase);
  const shown = [...groupWorkersByJob(pods).values()].flatMap((of) =>
    [...Map.groupBy(of, getWorkerType).values()].flatMap((alike) => [
      ...alike.filter(running),
      ...alike
        .filter(done)
        .sort((a, b) => ended(a) - ended(b))
        .slice(-1),
    ])
  );
  await assertSeries(
    'sedna:task_info',
    shown.map((pod) => ({
      labels: {
        ...worker(pod),
        work: getWorkerType(pod),
        location: getLocation(pod),
        status: running(pod) ? 'active' : 'dead',
      },
      value: 1,
    }))
  );
  const run = (pod: KubeObject, value: number) => ({ labels: { ...worker(pod), work: getWorkerType(pod) }, value });
  await assertSeries(
    'sedna:task_start_timestamp_seconds',
    shown.map((pod) => run(pod, started(pod)))
  );
  await assertSeries(
    'sedna:task_duration_seconds and on (namespace, pod) (kube_pod_status_phase{phase=~"Succeeded|Failed"} == 1)',
    shown.filter(done).map((pod) => run(pod, ended(pod) - started(pod)))
  );
});

test('table 6: inference from custom metrics and from logs', async () => {
  const atcii = { namespace: 'default', name: 'atcii-classifier-demo', kind: LIFELONG };
  const samples = (state: string, task: string, value: number) => ({
    labels: { ...atcii, state, task, origin: 'custom' },
    value,
  });
  await assertSeries('sedna:inference_samples{origin="custom"}', [
    samples('done', 'known', 90),
    samples('done', 'unknown', 6),
    samples('ready', 'known', 3),
    samples('error', 'unknown', 1),
  ]);
  await assertSeries('sedna:inference_rate:percent{name="atcii-classifier-demo", namespace="default"}', [
    { labels: atcii, value: 96 },
  ]);

  // At each full minute, the rules count the minute before the last one.
  const lastRule = Math.floor(demo.liveSince.getTime() / 60_000) * 60_000;
  const until = new Date(lastRule - 60_000).toISOString();
  const lines = (text: string) =>
    logs.filter(({ pod, time, text: line }) => pod.startsWith('robo-demo-') && time <= until && line.includes(text));
  const done = (task: string, text: string) => ({ labels: { state: 'done', task }, value: lines(text).length });
  await assertSeries(
    `sum by (state, task) (sum_over_time(sedna_log_inference_samples_per_minute{
       namespace="default", pod=~"robo-demo-.+", state="done"}[3h] @ ${demo.liveSince.getTime() / 1000}))`,
    [done('known', ' is unseen task: False'), done('unknown', ' is unseen task: True')]
  );
});

test('table 7: location of the knowledge base', async () => {
  const service = (await fetchObjects(demo.kubeconfig, '/api/v1/namespaces/sedna/services')).find(
    ({ metadata }) => metadata.name === 'kb'
  );
  const pod = pods.find(({ metadata }) => metadata.namespace === 'sedna' && metadata.name.startsWith('kb-'));
  await assertSeries('sedna:knowledge_base_info', [
    {
      labels: {
        ip: service.spec.clusterIP,
        pod: pod.metadata.name,
        node: pod.spec.nodeName,
        node_type: getLocation(pod),
      },
      value: 1,
    },
  ]);
});

const perRow = (sql: string) => toSeries(demo.knowledgeBase, sql);

test('table 8: content of the knowledge base', async () => {
  await assertSeries('sedna_knowledge_base_known_tasks', perRow('SELECT count(*) AS value FROM ll_tasks'));
  await assertSeries(
    'sedna_knowledge_base_task_group_model_info',
    perRow(
      `SELECT g.name AS "group", m.model_url AS url, 1 AS value FROM ll_task_models m JOIN ll_task_grp g ON g.id = m.task_id`
    )
  );
  await assertSeries(
    'sedna_knowledge_base_task_samples',
    perRow(
      `SELECT t.name AS task, sum(s.sample_num) AS value FROM ll_samples s JOIN ll_task_sample l ON l.sample_id = s.id
       JOIN ll_tasks t ON t.id = l.task_id GROUP BY t.name`
    )
  );
  await assertSeries(
    'sedna_knowledge_base_task_last_round_samples',
    perRow(
      `SELECT t.name AS task, s.sample_num AS value FROM ll_tasks t JOIN ll_samples s ON s.id =
       (SELECT max(l.sample_id) FROM ll_task_sample l WHERE l.task_id = t.id)`
    )
  );
  await assertSeries(
    'sedna_knowledge_base_task_relation',
    perRow(
      `SELECT g.name AS "group", t.name AS task, r.transfer_radio AS value FROM ll_task_relation r
       JOIN ll_task_grp g ON g.id = r.grp_id JOIN ll_tasks t ON t.id = r.task_id`
    )
  );
  await assertSeries(
    'sedna_knowledge_base_task_info',
    perRow('SELECT name AS task, task_attr AS attributes, 1 AS value FROM ll_tasks')
  );
});

test('table 8: samples and model of the newest training', async () => {
  const upload = /Upload task sample to (\S+name=[^_\s]+_(\S+)\.sample) successfully/;
  await assertSeries(
    'sedna:task_sample_dir_info',
    perJob((job) =>
      getNewestLines(logs, job, upload).map(({ pod, text: line }) => {
        const [, url, task] = upload.exec(line)!;
        return { labels: { task, url, pod }, value: 1 };
      })
    )
  );
  const withData = (job: KubeObject) =>
    getConditions(job).findLast(({ stage, type, data }) => stage === 'Train' && type === 'Completed' && data);
  await assertSeries(
    'sedna_job_model_info{role="trained", kind="LifelongLearningJob"}',
    perJob((job) =>
      (getConditionData(withData(job)).output?.models ?? []).map(({ url }: KubeObject) => ({
        labels: { role: 'trained', url },
        value: 1,
      }))
    )
  );
  assert.deepEqual(
    await query('sedna_job_model_info{role="base", kind="LifelongLearningJob"}'),
    [],
    'Sedna records no base model of a lifelong learning job'
  );
});

test('table 9: results of the newest evaluation', async () => {
  const score = /cloud_knowledge_management\.py\(\d+\) \[INFO\] ?- (\S+) scores: \{'(\w+)': ([\d.e-]+)\}/;
  const dropped = /cloud_knowledge_management\.py\(\d+\) \[WARNING\] ?- (\S+) will not be deploy because/;
  await assertSeries(
    'sedna:task_score',
    perJob((job) =>
      getNewestLines(logs, job, score).map(({ pod, text: line }) => {
        const [, task, metric, value] = score.exec(line)!;
        return { labels: { task, metric, pod }, value: Number(value) };
      })
    )
  );
  await assertSeries(
    'sedna:task_deployable',
    perJob((job) => {
      const scored = getNewestLines(logs, job, score);
      const without = logs
        .filter(({ pod, text: line }) => pod === scored[0]?.pod && dropped.test(line))
        .map(({ text: line }) => dropped.exec(line)![1]);
      return scored.map(({ pod, text: line }) => {
        const task = score.exec(line)![1];
        return { labels: { task, pod }, value: without.includes(task) ? 0 : 1 };
      });
    })
  );
  await assertSeries(
    'sedna_job_model_info{role="evaluated", kind="LifelongLearningJob"}',
    perJob((job) =>
      (getConditionData(getNewest(job, 'Eval', 'Ready')).input?.models ?? []).map(({ url }: KubeObject) => ({
        labels: { role: 'evaluated', url },
        value: 1,
      }))
    )
  );
  await assertSeries(
    'sedna_job_eval_metric{kind="LifelongLearningJob"}',
    perJob((job) =>
      Object.entries<number>(getConditionData(getNewest(job, 'Eval', 'Completed')).output?.models[0].metrics ?? {}).map(
        ([metric, value]) => ({ labels: { metric }, value })
      )
    )
  );
});

test('table 10: deployment and deployed model', async () => {
  await assertSeries(
    'sedna_job_model_info{role="deployed", kind="LifelongLearningJob"}',
    perJob((job) =>
      (getConditionData(getNewest(job, 'Deploy', 'Ready')).input?.models ?? []).map(({ url }: KubeObject) => ({
        labels: { role: 'deployed', url },
        value: 1,
      }))
    )
  );
  const perStatus = (from: (job: KubeObject) => string | undefined) =>
    perJob((job) => (from(job) === undefined ? [] : [{ labels: { status: from(job)! }, value: 1 }]));
  await assertSeries('sedna_job_deploy_status{kind="LifelongLearningJob"} == 1', perStatus(getDeployment));
  await assertSeries(
    'sedna:job_deploy_status{kind="LifelongLearningJob"} == 1',
    perStatus((job) => (job.metadata.name === 'stuck-deploy-copy' ? 'NotOk' : getDeployment(job)))
  );
});

test('custom metrics of a job with their labels', async () => {
  await assertSeries(
    'sedna_custom_Recall',
    perRow(
      `SELECT v.label_value AS model_name, v.value AS value FROM metric_value v
       WHERE v.metric_id = (SELECT count(*) FROM metric m WHERE m.rowid < (SELECT rowid FROM metric WHERE name = 'Recall'))`
    )
  );
});
