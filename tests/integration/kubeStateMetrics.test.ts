/** Checks the series of each kind in a real kube-state-metrics, with an API server and the original CRDs of Sedna. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { KubeConfig, KubernetesObject } from '@kubernetes/client-node';
import {
  applyObjects,
  fetchText,
  parseObjects,
  ProcessGroup,
  startKubeStateMetrics,
  waitFor,
  type ApiServer,
  type ManagedProcess,
} from '../../tools/engines';
import { CUSTOM_RESOURCES_ONLY_ROLE } from '../../collection/kube-state-metrics/files';
import { sharedFile } from '../../simulator/engine/testUtils';
import { getFamilyPrefix, RESOURCE_METRICS } from '../../src/sedna/catalog/resourceMetrics';
import { KIND_NAMES, type KindName } from '../../src/sedna/kinds';
import { COLLECTION_FOLDER, CRD_FOLDER } from '../../tools/projectRoot';
import { startCluster } from './support/cluster';
import { parseExposition, type ExposedSeries } from './support/exposition';
import { createTemporaryFolder } from './support/folder';
import { SPECS, STATUSES, EXPECTED_SERIES } from './support/sednaObjects';

const realCrds = sharedFile('sedna', 'crds');
const samples = sharedFile('sedna', 'samples');
const stack = new ProcessGroup();
const dir = createTemporaryFolder();
let api: ApiServer;
let admin: KubeConfig;
let kubeStateMetrics: ManagedProcess;

before(async () => {
  ({ api, admin } = await startCluster({ stack, dir, crds: 'real' }));
  kubeStateMetrics = await stack.add(startKubeStateMetrics({ dir, kubeconfig: api.kubeconfigs['kube-state-metrics'] }));
});
after(() => stack.stop());

/** Labels of kube-state-metrics that repeat the kind in the name of the family. */
const REPEATED = /^customresource_/;

/** Returns the sorted series of Sedna's objects as comparable text. */
async function exposedValue(
  select: (series: ExposedSeries) => boolean,
  { url }: ManagedProcess = kubeStateMetrics
): Promise<string[]> {
  return parseExposition(await fetchText(`${url}/metrics`))
    .filter((series) => series.name.startsWith('sedna_') && select(series))
    .map(({ name, labels, value }) => asText(name, labels, value))
    .sort();
}

function asText(name: string, labels: Record<string, string>, value: number): string {
  const pairs = Object.entries(labels).filter(([label]) => !REPEATED.test(label));
  return `${name}{${pairs.map(([label, text]) => `${label}="${text}"`).sort()}} ${value}`;
}

const of =
  (namespace: string, name: string, kind: KindName) =>
  ({ labels }: ExposedSeries) =>
    labels.namespace === namespace && labels.name === name && labels.kind === kind;

/** Waits until the series of an object equal the expected ones. Fails with a diff. */
async function assertTold(select: (series: ExposedSeries) => boolean, expected: string[], engine?: ManagedProcess) {
  const sorted = [...expected].sort();
  let last: string[] = [];
  await waitFor('what is told', async () => {
    last = await exposedValue(select, engine);
    return JSON.stringify(last) === JSON.stringify(sorted);
  }).catch(() => assert.deepEqual(last, sorted));
}

const object = (kind: KindName, name: string, namespace = 'default', spec: object = SPECS[kind]) =>
  ({ apiVersion: 'sedna.io/v1alpha1', kind, metadata: { name, namespace }, spec }) as KubernetesObject;

async function put(target: KubernetesObject, status?: object): Promise<void> {
  await applyObjects(admin, [target]);
  if (status) {
    await applyObjects(admin, [{ ...target, status } as KubernetesObject], 'status');
  }
}

/** Returns the expected series of the object of a kind in `sednaObjects`. */
const everything = (kind: KindName, name: string, namespace: string) =>
  EXPECTED_SERIES[kind].map(([family, labels, value]) =>
    asText(`${getFamilyPrefix(kind)}_${family}`, { namespace, name, kind, ...labels }, value)
  );

/** Returns the error lines in the log of kube-state-metrics. */
const findErrors = ({ logFile }: ManagedProcess) =>
  readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => /^E\d{4} /.test(line));

test('the test objects cover every family in the catalog', () => {
  const families = KIND_NAMES.flatMap((kind) =>
    EXPECTED_SERIES[kind].map(([family]) => `${getFamilyPrefix(kind)}_${family}`)
  );
  assert.deepEqual([...new Set(families)].sort(), RESOURCE_METRICS.map(({ name }) => name).sort());
});

for (const kind of KIND_NAMES) {
  test(`kube-state-metrics exports exactly the expected series of a ${kind}`, async (context) => {
    if (realCrds.skip) {
      context.diagnostic(`with the CRDs of the demo: ${realCrds.skip}`);
    }
    await put(object(kind, 'one'), STATUSES[kind]);
    await assertTold(of('default', 'one', kind), everything(kind, 'one', 'default'));
  });
}

test('objects with the same name in different namespaces or of different kinds have separate series', async () => {
  await put(object('Dataset', 'one', 'kube-public'), { numberOfSamples: 7 });
  await assertTold(
    ({ name, labels }) => name === 'sedna_dataset_samples' && labels.name === 'one',
    [
      asText('sedna_dataset_samples', { namespace: 'default', name: 'one', kind: 'Dataset' }, 3200),
      asText('sedna_dataset_samples', { namespace: 'kube-public', name: 'one', kind: 'Dataset' }, 7),
    ]
  );
});

test('kube-state-metrics exports the examples of Sedna', { skip: samples.skip }, async (context) => {
  const sample = parseObjects(samples.file).map((each) => ({
    ...each,
    metadata: { ...each.metadata, namespace: 'kube-node-lease' },
  }));
  const refused: string[] = [];
  const taken: string[] = [];
  for (const each of sample) {
    const name = `${each.kind}/${each.metadata.name}`;
    await applyObjects(admin, [each]).then(
      () => taken.push(name),
      (error: Error) => {
        refused.push(name);
        context.diagnostic(`refused: ${error.message.slice(0, 200)}`);
      }
    );
  }
  // These have fields that the CRDs don't have, or variables.
  const invalid = ['LifelongLearningJob/$job_name', 'ObjectSearchService/', 'ObjectTrackingService/'];
  assert.deepEqual(
    refused.filter((name) => !realCrds.skip && !invalid.some((known) => name.startsWith(known))),
    []
  );
  const infos = await waitFor('the samples', async () => {
    const series = parseExposition(await fetchText(`${kubeStateMetrics.url}/metrics`)).filter(
      ({ name, labels }) => /^sedna_[a-z]+_info$/.test(name) && labels.namespace === 'kube-node-lease'
    );
    return series.length >= new Set(taken).size && series;
  });
  assert.deepEqual(infos.map(({ labels }) => `${labels.kind}/${labels.name}`).sort(), [...new Set(taken)].sort());
});

test('missing fields have no series and cause no errors', async () => {
  const namespace = 'default';
  for (const kind of KIND_NAMES) {
    await put(object(kind, 'new'));
  }
  await put(object('LifelongLearningJob', 'empty'), { conditions: [] });
  await put(object('FederatedLearningJob', 'half'), { phase: 'Running', conditions: [] });
  for (const kind of KIND_NAMES) {
    const spec = EXPECTED_SERIES[kind].filter(([family]) =>
      ['info', 'train_probability', 'trigger_threshold'].includes(family)
    );
    await assertTold(
      of(namespace, 'new', kind),
      spec.map(([family, labels, value]) =>
        asText(`${getFamilyPrefix(kind)}_${family}`, { namespace, name: 'new', kind, ...labels }, value)
      )
    );
  }
  const job = { namespace, name: 'empty', kind: 'LifelongLearningJob' };
  await assertTold(of(namespace, 'empty', 'LifelongLearningJob'), [
    asText('sedna_lifelonglearningjob_info', { ...job, dataset: 'd', output_dir: '/output' }, 1),
    asText('sedna_lifelonglearningjob_train_probability', job, 0.8),
    asText('sedna_lifelonglearningjob_trigger_threshold', job, 500),
  ]);
  const half = { namespace, name: 'half', kind: 'FederatedLearningJob' };
  const models = { aggregation_model: 'aggregated', pretrained_model: 'pretrained' };
  await assertTold(of(namespace, 'half', 'FederatedLearningJob'), [
    asText('sedna_federatedlearningjob_info', { ...half, ...models }, 1),
    asText('sedna_federatedlearningjob_phase', { ...half, phase: 'Pending' }, 0),
    asText('sedna_federatedlearningjob_phase', { ...half, phase: 'Running' }, 1),
    asText('sedna_federatedlearningjob_phase', { ...half, phase: 'Succeeded' }, 0),
    asText('sedna_federatedlearningjob_phase', { ...half, phase: 'Failed' }, 0),
  ]);
});

test('an unknown condition sets all known conditions to 0', async () => {
  const time = '2026-11-24T08:00:00Z';
  const conditions = [{ stage: 'Train', type: 'Exploded', status: 'True', lastTransitionTime: time }];
  await put(object('LifelongLearningJob', 'odd'), { conditions });
  const identity = { namespace: 'default', name: 'odd', kind: 'LifelongLearningJob' };
  await assertTold(
    (series) => series.name.endsWith('_condition') && of('default', 'odd', 'LifelongLearningJob')(series),
    ['Waiting', 'Ready', 'Starting', 'Running', 'Completed', 'Failed'].map((condition) =>
      asText('sedna_lifelonglearningjob_condition', { ...identity, stage: 'Train', condition }, 0)
    )
  );
});

test("the number of series of an object doesn't depend on its history", async () => {
  const fetchSeries: string[][] = [];
  for (const count of [1, 50, 400]) {
    const conditions = Array.from({ length: count }, (_, index) => ({
      stage: ['Train', 'Eval', 'Deploy'][index % 3],
      type: index === count - 1 ? 'Running' : 'Completed',
      status: 'True',
      lastTransitionTime: new Date(Date.UTC(2026, 10, 24) + index * 60_000).toISOString().replace('.000', ''),
      data: JSON.stringify({ output: { models: [{ url: `/output/train/${index}/index.pkl` }] } }),
    }));
    conditions[count - 1].stage = 'Eval';
    await put(object('LifelongLearningJob', `history-${count}`), { conditions });
    const last = Date.parse(conditions[count - 1].lastTransitionTime) / 1000;
    const identity = { namespace: 'default', name: `history-${count}`, kind: 'LifelongLearningJob' };
    const newest = asText('sedna_lifelonglearningjob_last_transition_timestamp_seconds', identity, last);
    const all = await waitFor(`the newest of ${count} conditions`, async () => {
      const lines = await exposedValue(of('default', `history-${count}`, 'LifelongLearningJob'));
      return lines.includes(newest) && lines;
    });
    fetchSeries.push(all.map((line) => line.replace(`history-${count}`, 'history').replace(/ \S+$/, '')));
  }
  assert.equal(fetchSeries[0].length, 13, 'info, 3 of status, 6 of condition, last transition, probability, threshold');
  assert.deepEqual(fetchSeries[1], fetchSeries[0]);
  assert.deepEqual(fetchSeries[2], fetchSeries[0]);
});

test('the custom-resources-only configuration exports the same series of custom resources, and no others', async () => {
  const roles = parseObjects(path.join(COLLECTION_FOLDER, 'kube-state-metrics', 'rbac-custom-resources-only.yaml'));
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: CUSTOM_RESOURCES_ONLY_ROLE },
    subjects: [{ kind: 'User', name: 'exporter', apiGroup: 'rbac.authorization.k8s.io' }],
    roleRef: { kind: 'ClusterRole', name: CUSTOM_RESOURCES_ONLY_ROLE, apiGroup: 'rbac.authorization.k8s.io' },
  } as KubernetesObject;
  await applyObjects(admin, [...roles, binding]);
  const beside = await stack.add(
    startKubeStateMetrics({
      dir: path.join(dir, 'beside'),
      kubeconfig: api.kubeconfigs.exporter,
      customResourcesOnly: true,
    })
  );
  await assertTold(() => true, await exposedValue(() => true), beside);
  const names = new Set(parseExposition(await fetchText(`${beside.url}/metrics`)).map(({ name }) => name));
  assert.deepEqual(
    [...names].filter((name) => !name.startsWith('sedna_')),
    []
  );
  assert.deepEqual(findErrors(beside), []);
});

test('incomplete objects of other CRD versions have no empty labels and no zeros', async () => {
  await applyObjects(admin, parseObjects(CRD_FOLDER));
  await put(object('LifelongLearningJob', 'bare', 'default', {}), {
    conditions: [{ type: 'Waiting' }],
    startTime: 'not a time',
  });
  await put(object('IncrementalLearningJob', 'bare', 'default', { trainSpec: { trigger: {} }, dataset: null }));
  await put(object('JointInferenceService', 'bare', 'default', { edgeWorker: {} }), { metrics: [], active: null });
  const bare = (kind: KindName) => ({ namespace: 'default', name: 'bare', kind });
  await assertTold(of('default', 'bare', 'IncrementalLearningJob'), [
    asText('sedna_incrementallearningjob_info', bare('IncrementalLearningJob'), 1),
  ]);
  await assertTold(of('default', 'bare', 'JointInferenceService'), [
    asText('sedna_jointinferenceservice_info', bare('JointInferenceService'), 1),
  ]);
  await assertTold(of('default', 'bare', 'LifelongLearningJob'), [
    asText('sedna_lifelonglearningjob_info', bare('LifelongLearningJob'), 1),
    ...['Waiting', 'Ready', 'Starting', 'Running', 'Completed', 'Failed'].map((condition) =>
      asText(
        'sedna_lifelonglearningjob_condition',
        { ...bare('LifelongLearningJob'), condition },
        condition === 'Waiting' ? 1 : 0
      )
    ),
  ]);
});

test('kube-state-metrics logged no errors, and no label contains the text of a missing value', async () => {
  assert.deepEqual(findErrors(kubeStateMetrics), []);
  assert.doesNotMatch(await fetchText(`${kubeStateMetrics.url}/metrics`), /out of range|<nil>|nil|error/i);
});
