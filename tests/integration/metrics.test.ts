import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import {
  applyObjects,
  deleteObject,
  fetchText,
  loadKubeconfig,
  parseObjects,
  ProcessGroup,
  startExporter,
  startKubeStateMetrics,
  startPrometheus,
  waitFor,
  type ApiServer,
  type ManagedProcess,
} from '../../tools/engines';
import { EXPORTER_ROLE } from '../../collection/kube-state-metrics/files';
import { SEDNA_TABLES } from '../../simulator/engine/knowledge-base/schema';
import { startCluster } from './support/cluster';
import { createTemporaryFolder } from './support/folder';
import { waitForSeries, queryPrometheus, type Series } from './support/queries';

const root = path.join(__dirname, '..', '..');
const stack = new ProcessGroup();
const dir = createTemporaryFolder();
const knowledgeBase = path.join(dir, 'kb.sqlite3');
let api: ApiServer;
let admin: KubeConfig;
let kubeStateMetrics: ManagedProcess;
let prometheus: ManagedProcess;

before(async () => {
  const kinds = ['lifelonglearningjobs', 'datasets', 'models'];
  ({ api, admin } = await startCluster({
    stack,
    dir,
    only: (crd) => kinds.some((plural) => isCrdForKind(crd, plural)),
  }));
  kubeStateMetrics = await stack.add(startKubeStateMetrics({ dir, kubeconfig: api.kubeconfigs['kube-state-metrics'] }));
  const exporter = await stack.add(startExporter({ dir, knowledgeBase }));
  prometheus = await stack.add(
    startPrometheus({ dir, kubeStateMetricsUrl: kubeStateMetrics.url, exporterUrl: exporter.url })
  );
});
after(() => stack.stop());

const isCrdForKind = ({ metadata }: KubernetesObject, plural: string) => metadata?.name === `${plural}.sedna.io`;
const query = (expression: string) => queryPrometheus(prometheus.url, expression);

const job = (name: string, namespace = 'default') => ({
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'LifelongLearningJob',
  metadata: { name, namespace },
  spec: {
    dataset: { name: 'lifelong-dataset', trainProb: 0.8 },
    outputDir: '/output',
    trainSpec: { template: { spec: { containers: [{ name: 'train-worker', image: 'i' }] } }, trigger: TRIGGER },
    evalSpec: { template: { spec: { containers: [{ name: 'eval-worker', image: 'i' }] } } },
    deploySpec: { template: { spec: { containers: [{ name: 'infer-worker', image: 'i' }] } } },
  },
});
const TRIGGER = {
  checkPeriodSeconds: 60,
  timer: { start: '02:00', end: '20:00' },
  condition: { operator: '>', threshold: 500, metric: 'num_of_samples' },
};

const condition = (stage: string, type: string, time: string) => ({
  type,
  status: 'True',
  stage,
  lastHeartbeatTime: time,
  lastTransitionTime: time,
});

const dataset = (name: string) => ({
  apiVersion: 'sedna.io/v1alpha1',
  kind: 'Dataset',
  metadata: { name, namespace: 'default' },
  spec: { url: '/data/train.csv', format: 'csv', nodeName: 'edge-node' },
});

test('Prometheus has the newest condition of a job with stage and time', async (context) => {
  const object = job('atcii');
  const identity = { namespace: 'default', name: 'atcii', kind: 'LifelongLearningJob' };
  await applyObjects(admin, [object]);
  const status = {
    startTime: '2026-11-24T08:00:00Z',
    conditions: [
      condition('Train', 'Waiting', '2026-11-24T08:00:00Z'),
      condition('Train', 'Completed', '2026-11-24T09:00:00Z'),
      condition('Eval', 'Failed', '2026-11-24T09:30:00Z'),
    ],
  };
  await applyObjects(admin, [{ ...object, status } as KubernetesObject], 'status');
  const selector = '{namespace="default", name="atcii"}';
  const on = await waitForSeries(context, 'the condition', async () => {
    const series = await query(`sedna_lifelonglearningjob_condition${selector} == 1`);
    return series.length > 0 && series;
  });
  assert.deepEqual(on, [{ labels: { ...identity, stage: 'Eval', condition: 'Failed' }, value: 1 }]);
  const all = await query(`sedna_lifelonglearningjob_condition${selector}`);
  assert.equal(all.length, 6, 'one series per condition, regardless of the history');
  assert.deepEqual(await query(`sedna_lifelonglearningjob_last_transition_timestamp_seconds${selector}`), [
    { labels: identity, value: Date.UTC(2026, 10, 24, 9, 30) / 1000 },
  ]);
  assert.deepEqual(await query(`sedna_lifelonglearningjob_start_timestamp_seconds${selector}`), [
    { labels: identity, value: Date.UTC(2026, 10, 24, 8) / 1000 },
  ]);
  assert.deepEqual(await query(`sedna_lifelonglearningjob_status${selector} == 1`), [
    { labels: { ...identity, status: 'True' }, value: 1 },
  ]);
  assert.deepEqual(await query(`sedna_lifelonglearningjob_info${selector}`), [
    { labels: { ...identity, dataset: 'lifelong-dataset', output_dir: '/output' }, value: 1 },
  ]);
  assert.deepEqual(await query(`sedna_lifelonglearningjob_train_probability${selector}`), [
    { labels: identity, value: 0.8 },
  ]);

  status.conditions.push(condition('Train', 'Waiting', '2026-11-24T09:30:01Z'));
  await applyObjects(admin, [{ ...object, status } as KubernetesObject], 'status');
  const next = await waitForSeries(context, 'the next condition', async () => {
    const series = await query(`sedna_lifelonglearningjob_condition${selector} == 1`);
    return series[0]?.labels.stage === 'Train' && series;
  });
  assert.deepEqual(next, [{ labels: { ...identity, stage: 'Train', condition: 'Waiting' }, value: 1 }]);
});

test('Prometheus has samples, URL, and update time of a dataset', async (context) => {
  const object = dataset('lifelong-dataset');
  const identity = { namespace: 'default', name: 'lifelong-dataset', kind: 'Dataset' };
  await applyObjects(admin, [object]);
  const status = { numberOfSamples: 3200, updateTime: '2026-11-24T08:10:00Z' };
  await applyObjects(admin, [{ ...object, status } as KubernetesObject], 'status');
  const selector = '{namespace="default", name="lifelong-dataset"}';
  const samples = await waitForSeries(context, 'the samples', async () => {
    const series = await query(`sedna_dataset_samples${selector}`);
    return series.length > 0 && series;
  });
  assert.deepEqual(samples, [{ labels: identity, value: 3200 }]);
  assert.deepEqual(await query(`sedna_dataset_info${selector}`), [
    { labels: { ...identity, url: '/data/train.csv', format: 'csv', node: 'edge-node' }, value: 1 },
  ]);
  assert.deepEqual(await query(`sedna_dataset_update_timestamp_seconds${selector}`), [
    { labels: identity, value: Date.UTC(2026, 10, 24, 8, 10) / 1000 },
  ]);
});

test('objects without status have only their info series, and cause no errors', async (context) => {
  const empty = { ...job('empty'), status: { conditions: [] } } as KubernetesObject;
  await applyObjects(admin, [job('new'), job('empty'), dataset('new')]);
  await applyObjects(admin, [empty], 'status');
  await waitForSeries(
    context,
    'the objects',
    async () => (await query('{__name__=~"sedna_.+_info", name=~"new|empty"}')).length === 3
  );
  const exposedValue = await query(
    'count by (name) ({name=~"new|empty", kind="LifelongLearningJob", __name__=~"sedna_.+"})'
  );
  const each = 'info, training split, and trigger threshold';
  assert.deepEqual(
    exposedValue.map(({ labels, value }) => [labels.name, value]).sort(),
    [
      ['empty', 3],
      ['new', 3],
    ],
    each
  );
  assert.deepEqual(
    (await query('count ({name="new", kind="Dataset", __name__=~"sedna_.+"})')).map(({ value }) => value),
    [1],
    'info of the dataset'
  );
  const errors = readFileSync(kubeStateMetrics.logFile, 'utf8')
    .split('\n')
    .filter((line) => /^E\d{4} /.test(line));
  assert.deepEqual(errors, []);
});

test('recording rules join a worker pod with its job', async (context) => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'atcii-train-x7k2p',
      namespace: 'default',
      labels: { 'lifelonglearningjob.sedna.io/name': 'atcii', 'lifelonglearningjob.sedna.io/worker-type': 'train' },
      ownerReferences: [
        { apiVersion: 'sedna.io/v1alpha1', kind: 'LifelongLearningJob', name: 'atcii', uid: 'a-b', controller: true },
      ],
    },
    spec: { nodeName: 'edge-node', containers: [{ name: 'train-worker', image: 'i' }] },
  };
  await applyObjects(admin, [pod as KubernetesObject]);
  await applyObjects(admin, [{ ...pod, status: { phase: 'Running' } } as KubernetesObject], 'status');
  const identity = { namespace: 'default', kind: 'LifelongLearningJob', name: 'atcii' };
  const active = await waitForSeries(context, 'the running worker', async () => {
    const series = await query('sedna:workers:active');
    return series[0]?.value === 1 && series;
  });
  assert.deepEqual(active, [{ labels: identity, value: 1 }]);
  assert.deepEqual(await query('sedna:workers:total'), [{ labels: identity, value: 1 }]);
  assert.deepEqual(await query('sedna:worker_pod_info'), [
    { labels: { ...identity, pod: 'atcii-train-x7k2p', worker_type: 'train', node: 'edge-node' }, value: 1 },
  ]);
  assert.equal((await query('kube_pod_labels{label_lifelonglearningjob_sedna_io_name="atcii"}')).length, 1);
});

test('Prometheus has the rows of the knowledge base and its custom tables', async (context) => {
  assert.ok(!existsSync(knowledgeBase));
  const connection = new DatabaseSync(knowledgeBase);
  connection.exec(`${SEDNA_TABLES.join(';')};
    INSERT INTO ll_task_grp VALUES (1, 'Autumn_1.0', 0, 700, 2), (2, 'Winter_4.0', 0, 93, 1);
    INSERT INTO ll_tasks VALUES
      (1, 'Autumn_1.0', '["Autumn", 1.0]', '2026-11-23 08:00:00', '2026-11-23 08:00:00'),
      (2, 'Winter_4.0', '["Winter", 4.0]', '2026-11-23 08:00:00', '2026-11-23 08:00:00');
    INSERT INTO ll_samples VALUES
      (1, '', '', 'train', '2026-11-23 08:00:00', 600), (2, '', '', 'train', '2026-11-23 08:00:01', 93),
      (3, '', '', 'train', '2026-11-23 09:30:00', 100);
    INSERT INTO ll_task_sample VALUES (1, 1, 1), (2, 2, 2), (3, 3, 1);
    INSERT INTO ll_task_models VALUES (1, 1, 'http://kb.sedna:9020/?files=Autumn_1.0.model', 0, NULL), (2, 2, 's3://m/Winter', 0, NULL);
    INSERT INTO ll_task_relation VALUES (1, 1, 1, 0.5), (2, 2, 2, 1.0);`);
  const tasks = await waitForSeries(context, 'the known tasks', async () => {
    const series = await query('sedna_knowledge_base_known_tasks');
    return series.length > 0 && series;
  });
  assert.deepEqual(tasks, [{ labels: {}, value: 2 }]);
  const byTask = (autumn: number, winter: number) => [
    { labels: { task: 'Autumn_1.0' }, value: autumn },
    { labels: { task: 'Winter_4.0' }, value: winter },
  ];
  const expected: Record<string, Series[]> = {
    up: [{ labels: {}, value: 1 }],
    task_groups: [{ labels: {}, value: 2 }],
    task_info: [
      { labels: { task: 'Autumn_1.0', attributes: '["Autumn", 1.0]' }, value: 1 },
      { labels: { task: 'Winter_4.0', attributes: '["Winter", 4.0]' }, value: 1 },
    ],
    task_group_model_info: [
      { labels: { group: 'Autumn_1.0', url: 'http://kb.sedna:9020/?files=Autumn_1.0.model' }, value: 1 },
      { labels: { group: 'Winter_4.0', url: 's3://m/Winter' }, value: 1 },
    ],
    task_relation: [
      { labels: { group: 'Autumn_1.0', task: 'Autumn_1.0' }, value: 0.5 },
      { labels: { group: 'Winter_4.0', task: 'Winter_4.0' }, value: 1 },
    ],
    task_samples: byTask(700, 93),
    task_last_round_samples: byTask(100, 93),
    task_update_timestamp_seconds: byTask(Date.UTC(2026, 10, 23, 9, 30) / 1000, Date.UTC(2026, 10, 23, 8, 0, 1) / 1000),
  };
  for (const [name, series] of Object.entries(expected)) {
    assert.deepEqual(await query(`sedna_knowledge_base_${name}`).then(sorted), sorted(series), name);
  }

  connection.exec(`
    CREATE TABLE metric (id int primary key, name text, label text, note text, last_time timestamp);
    CREATE TABLE metric_value (id int primary key, metric_id int, label_value text, value float, last_time timestamp);
    INSERT INTO metric (name, label, note) VALUES ('Recall', 'model_name,job', 'found'), ('odd', 'text', NULL);
    INSERT INTO metric_value (metric_id, label_value, value) VALUES (0, 'svm,atcii', 0.93),
      (1, 'quote " back \\ line ' || char(10) || ' nul ' || char(0) || ' return ' || char(13) || ' ünï', 1);`);
  connection.close();
  const custom = await waitForSeries(context, 'the custom metric', async () => {
    const body = JSON.parse(await fetchText(`${prometheus.url}/api/v1/query?query=sedna_custom_Recall`));
    return body.data.result[0] as { metric: Record<string, string>; value: [number, string] } | undefined;
  });
  assert.equal(custom.value[1], '0.93');
  assert.equal(custom.metric.job, 'atcii', "a custom label isn't renamed");
  assert.equal(custom.metric.model_name, 'svm');
  assert.deepEqual(await query('sedna_custom_odd'), [
    { labels: { text: 'quote " back \\ line \n nul \0 return \r ünï' }, value: 1 },
  ]);
});

const sorted = (series: Series[]) =>
  [...series].sort((a, b) => (JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1));

test('a missing permission is logged, and other kinds are still exported', async () => {
  const [role] = parseObjects(path.join(root, 'collection', 'kube-state-metrics', 'rbac.yaml')) as Array<
    KubernetesObject & { rules: Array<{ resources: string[] }> }
  >;
  const rules = role.rules.map((rule) => ({
    ...rule,
    resources: rule.resources.filter((name) => name !== 'datasets'),
  }));
  // The exporter's own role allows it to read datasets.
  await deleteObject(admin, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: EXPORTER_ROLE },
  } as KubernetesObject);
  await applyObjects(admin, [
    { ...role, metadata: { name: 'without-datasets' }, rules } as KubernetesObject,
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'without-datasets' },
      subjects: [{ kind: 'User', name: 'exporter', apiGroup: 'rbac.authorization.k8s.io' }],
      roleRef: { kind: 'ClusterRole', name: 'without-datasets', apiGroup: 'rbac.authorization.k8s.io' },
    } as KubernetesObject,
  ]);
  const limited = await stack.add(
    startKubeStateMetrics({ dir: path.join(dir, 'limited'), kubeconfig: api.kubeconfigs.exporter })
  );
  await waitFor('the denied request in the log', () =>
    /datasets\.sedna\.io is forbidden/.test(readFileSync(limited.logFile, 'utf8'))
  );
  const metrics = await waitFor('the jobs', async () => {
    const text = await fetchText(`${limited.url}/metrics`);
    return text.includes('sedna_lifelonglearningjob_info{') && text;
  });
  assert.doesNotMatch(metrics, /^sedna_dataset_info\{/m);
});

test("the collectors can't change any object", async () => {
  for (const user of ['kube-state-metrics', 'exporter'] as const) {
    const config = loadKubeconfig(api.kubeconfigs[user]);
    await assert.rejects(deleteObject(config, job('atcii')), /403: .*cannot delete resource "lifelonglearningjobs"/);
    await assert.rejects(applyObjects(config, [job('other')]), /403/);
  }
});
