/** Runs the bundled exporter with its role in rbac.yaml against a real API server. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import {
  applyObjects,
  deleteObject,
  findBinary,
  fetchText,
  ProcessGroup,
  startExporter,
  waitFor,
  type ManagedProcess,
} from '../../tools/engines';
import { ApiClient } from '../../simulator/drivers/apiClient';
import { conditions, job, model, roundSteps, START, type Step } from '../../exporter/cluster/extract/jobs.fixture';
import { STAGES, type Stage } from '../../src/sedna/kinds';
import { startCluster } from './support/cluster';
import { createTemporaryFolder } from './support/folder';

const WATCHED = [
  'lifelonglearningjobs',
  'incrementallearningjobs',
  'models',
  'jointinferenceservices',
  'featureextractionservices',
];
const stack = new ProcessGroup();
const dir = createTemporaryFolder();
let admin: KubeConfig;
let client: ApiClient;
let exporter: ManagedProcess;

before(async () => {
  const { api, admin: administrator } = await startCluster({ stack, dir });
  admin = administrator;
  client = new ApiClient(api.kubeconfigs.admin);
  exporter = await stack.add(startExporter({ dir, kubeconfig: api.kubeconfigs.exporter }));
});
after(async () => {
  client.close();
  await stack.stop();
});

const fetchPage = () => fetchText(`${exporter.url}/metrics`);

/** Returns the sorted series of an object. */
async function fetchSeries(name: string): Promise<string[]> {
  const lines = (await fetchPage()).split('\n');
  return lines.filter((line) => line.includes(`,name="${name}",`)).sort();
}

/** Writes an object, and then its status through the subresource. */
async function write(object: object): Promise<void> {
  const { metadata, ...rest } = object as KubernetesObject & { status?: unknown };
  // The API server sets the uid.
  const named = { ...rest, metadata: { namespace: metadata!.namespace, name: metadata!.name } };
  await applyObjects(admin, [{ ...named, status: undefined } as KubernetesObject]);
  await applyObjects(admin, [named as KubernetesObject], 'status');
}

/** No condition of a job was lost. */
const toLostSeries = (identity: string): string[] =>
  STAGES.flatMap((stage) =>
    [false, true].map((data) => `sedna_job_conditions_lost_total{${identity},stage="${stage}",data="${data}"} 0`)
  );

/** Failures since the last success, of the stages that ran. */
const toFailureSeries = (identity: string, failures: Partial<Record<Stage, number>>): string[] =>
  Object.entries(failures).map(
    ([stage, count]) => `sedna_job_consecutive_failures{${identity},stage="${stage}"} ${count}`
  );

const createResource = (kind: string, name: string, status: unknown) => ({
  apiVersion: 'sedna.io/v1alpha1',
  kind,
  metadata: { namespace: 'default', name },
  spec: {},
  status,
});

test('the exporter is ready without objects, and watches all of its kinds', async () => {
  await waitFor('readiness', async () => (await fetchText(`${exporter.url}/readyz`)) === 'cluster: ok\n');
  const up = await waitFor('all kinds', async () => {
    const lines = (await fetchPage()).match(/^sedna_exporter_resource_up\{.*$/gm) ?? [];
    return lines.filter((line) => line.endsWith(' 1')).length === WATCHED.length && lines;
  });
  assert.deepEqual(up.sort(), WATCHED.map((name) => `sedna_exporter_resource_up{resource="${name}"} 1`).sort());
});

test('the exporter exports exactly the expected series of a lifelong learning job', async () => {
  const second = roundSteps(2, 1000).slice(0, 10);
  await write(job('atcii', [...roundSteps(1), ...second]));
  const identity = 'namespace="default",name="atcii",kind="LifelongLearningJob"';
  const counts: Array<[string, Record<string, number>]> = [
    ['Train', { Waiting: 2, Ready: 2, Starting: 2, Running: 2, Completed: 2, Failed: 0 }],
    ['Eval', { Waiting: 2, Ready: 2, Starting: 2, Running: 2, Completed: 2, Failed: 0 }],
    ['Deploy', { Waiting: 1, Ready: 1, Completed: 1, Failed: 0 }],
  ];
  const expected = [
    `sedna_job_round{${identity}} 2`,
    ...counts.flatMap(([stage, of]) =>
      Object.entries(of).map(
        ([condition, count]) =>
          `sedna_job_condition_transitions_total{${identity},stage="${stage}",condition="${condition}"} ${count}`
      )
    ),
    ...toLostSeries(identity),
    ...toFailureSeries(identity, { Train: 0, Eval: 0, Deploy: 0 }),
    `sedna_job_last_transition_timestamp_seconds{${identity}} ${START + 1500}`,
    `sedna_job_state_start_timestamp_seconds{${identity}} ${START + 1500}`,
    `sedna_job_stage_duration_seconds{${identity},stage="Train"} 300`,
    `sedna_job_stage_duration_seconds{${identity},stage="Eval"} 199`,
    `sedna_job_stage_duration_seconds{${identity},stage="Deploy"} 59`,
    `sedna_job_completed_without_data{${identity},stage="Train"} 0`,
    `sedna_job_completed_without_data{${identity},stage="Eval"} 0`,
    `sedna_job_trigger_info{${identity},operator=">",metric="num_of_samples",window_start="02:00",window_end="20:00"} 1`,
    `sedna_job_trigger_threshold{${identity}} 500`,
    `sedna_job_model_info{${identity},role="trained",url="/output/train/2/index.pkl"} 1`,
    `sedna_job_model_info{${identity},role="evaluated",url="/output/train/2/index.pkl"} 1`,
    `sedna_job_model_info{${identity},role="deployed",url="/output/eval/1/index.pkl"} 1`,
    `sedna_job_eval_metric{${identity},metric="precision_score"} 0.89`,
    `sedna_job_deploy_status{${identity},status="Waiting"} 0`,
    `sedna_job_deploy_status{${identity},status="Ok"} 1`,
  ];
  await waitFor('the job', async () => (await fetchSeries('atcii')).length === expected.length);
  assert.deepEqual(await fetchSeries('atcii'), expected.sort());
});

test('the exporter exports the base model of an incremental learning job', async () => {
  const steps: Step[] = [
    ['Train', 'Waiting', 0],
    ['Train', 'Ready', 60, { input: { models: [model('/model/base.pb')], outputDir: '/output/train/4' } }],
    ['Train', 'Failed', 90],
  ];
  await write(createResource('IncrementalLearningJob', 'helmet', { conditions: conditions(steps) }));
  const identity = 'namespace="default",name="helmet",kind="IncrementalLearningJob"';
  const lines = await waitFor('the job', async () => {
    const all = await fetchSeries('helmet');
    return all.some((line) => line.startsWith('sedna_job_stage_duration')) && all;
  });
  assert.equal(lines.filter((line) => line.startsWith('sedna_job_condition_transitions_total')).length, 18);
  assert.deepEqual(
    lines.filter((line) => !line.startsWith('sedna_job_condition_transitions_total')),
    [
      ...toLostSeries(identity),
      ...toFailureSeries(identity, { Train: 1 }),
      `sedna_job_last_transition_timestamp_seconds{${identity}} ${START + 90}`,
      `sedna_job_model_info{${identity},role="base",url="/model/base.pb"} 1`,
      `sedna_job_round{${identity}} 4`,
      `sedna_job_stage_duration_seconds{${identity},stage="Train"} 90`,
      `sedna_job_state_start_timestamp_seconds{${identity}} ${START + 90}`,
    ].sort()
  );
});

test('the exporter exports numeric metrics of models and services, and counts all others', async () => {
  const metrics = [
    { key: 'accuracy', value: '0.95' },
    { key: 'of "all"', value: '1e-3' },
    { key: 'share', value: '93.1%' },
  ];
  for (const kind of ['Model', 'JointInferenceService', 'FeatureExtractionService']) {
    await write(createResource(kind, 'measured', { metrics }));
  }
  const family = (kind: string, key: string) =>
    `sedna_${kind.toLowerCase()}_metric{namespace="default",name="measured",kind="${kind}",key="${key}"}`;
  await waitFor('all three', async () => (await fetchSeries('measured')).length === 6);
  assert.deepEqual(
    await fetchSeries('measured'),
    ['Model', 'JointInferenceService', 'FeatureExtractionService']
      .flatMap((kind) => [`${family(kind, 'accuracy')} 0.95`, `${family(kind, 'of \\"all\\"')} 0.001`])
      .sort()
  );
  assert.match(await fetchPage(), /^sedna_exporter_errors_total\{source="cluster",cause="not_a_number"\} 3$/m);
});

test('the exporter removes a deleted job, and resets the counters of a recreated one', async () => {
  const object = job('again', roundSteps(1));
  const waiting = (count: number) => (line: string) =>
    line.endsWith(`stage="Train",condition="Waiting"} ${count}`) && line.includes('transitions_total');
  await write(job('again', [...roundSteps(1), ...roundSteps(2, 1000)]));
  await waitFor('two rounds', async () => (await fetchSeries('again')).some(waiting(2)));
  await deleteObject(admin, object as KubernetesObject);
  await waitFor('its end', async () => (await fetchSeries('again')).length === 0);
  await write(object);
  await waitFor('one round', async () => (await fetchSeries('again')).some(waiting(1)));
  assert.match(await fetchPage(), /^sedna_exporter_errors_total\{source="cluster",cause="recreated"\} 1$/m);
});

test('the exporter reads more objects than fit in one page, by list and by watch', async () => {
  const names = Array.from({ length: 700 }, (_, index) => `model-${index}`);
  await Promise.all(
    names.map((name) =>
      client.expect(
        'POST',
        `/apis/sedna.io/v1alpha1/namespaces/default/models`,
        createResource('Model', name, undefined)
      )
    )
  );
  const count = '\nsedna_exporter_objects{resource="models"} 701\n';
  await waitFor('the watch', async () => (await fetchPage()).includes(count));
  const kubeconfig = path.join(dir, 'kubeconfig-exporter.yaml');
  const second = await stack.add(startExporter({ dir: path.join(dir, 'second'), kubeconfig }));
  await waitFor('the list', async () => (await fetchText(`${second.url}/metrics`)).includes(count));
  await second.stop();
});

test('promtool accepts the metrics page', async () => {
  const { status, stderr } = spawnSync(findBinary('promtool'), ['check', 'metrics'], {
    input: await fetchPage(),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});
