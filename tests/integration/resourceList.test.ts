import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { ProcessGroup, startPrometheus, type ManagedProcess } from '../../tools/engines';
import { formatExposition, formatLabels } from '../../exporter/http/exposition';
import { filterRows, type ResourceRow } from '../../src/pages/resources/list/rows';
import { parseSearch, quoteSearch } from '../../src/sedna/search';
import type { KindName } from '../../src/sedna/kinds';
import { createTemporaryFolder } from './support/folder';
import { waitForSeries, queryPrometheus } from './support/queries';
import { buildResourceList } from './support/resourceList';

const HOSTILE = [
  'plain',
  'pla.n',
  '"',
  '\\',
  '"} or up{x="',
  'a|b',
  '.*',
  '[0-9]+(?i)x',
  '$1 ${x} [[y]]',
  'two\nlines',
  'null\u0000byte',
  'üñï 漢字 😀',
  'is:failing kind:model',
  '%s &amp; <b>',
  'x'.repeat(253),
];
const NOW = Math.floor(Date.now() / 1000);

const stack = new ProcessGroup();
const dir = createTemporaryFolder();
let target: Server;
let prometheus: ManagedProcess;

type Labels = Record<string, string>;
const series = (name: string, ...samples: Array<[Labels, number]>) => ({
  name,
  help: name,
  samples: samples.map(([labels, value]) => ({
    labels: formatLabels(Object.keys(labels), Object.values(labels)),
    value,
  })),
});
const job = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };
const far = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'far' };
const slow = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'slow' };
const steps = { kind: 'Dataset', namespace: 'robots', name: 'steps' };
const yolo = { kind: 'FederatedLearningJob', namespace: 'robots', name: 'yolo' };
const workers = [
  { ...job, pod: 'dog-train-abcde', node: 'near' },
  { ...far, pod: 'far-train-abcde', node: 'away' },
  { ...yolo, pod: 'yolo-train-abcde', node: 'away' },
];

/** Two kube-state-metrics, so that every series exists twice. */
const page = formatExposition([
  series(
    'sedna_lifelonglearningjob_info',
    [{ ...job, dataset: 'steps', output_dir: '/out' }, 1],
    [{ ...far, dataset: 'steps' }, 1],
    [{ ...slow, dataset: 'elsewhere' }, 1]
  ),
  series(
    'sedna_lifelonglearningjob_condition',
    [{ ...job, stage: 'Train', condition: 'Running' }, 1],
    [{ ...job, stage: 'Train', condition: 'Failed' }, 0],
    [{ ...far, stage: 'Eval', condition: 'Starting' }, 1],
    [{ ...slow, stage: 'Eval', condition: 'Starting' }, 1]
  ),
  series(
    'sedna_lifelonglearningjob_last_transition_timestamp_seconds',
    [job, NOW - 600],
    [far, NOW - 7200],
    [slow, NOW - 7200]
  ),
  series('sedna_dataset_info', [{ ...steps, url: '/data/steps.csv', format: 'csv', node: 'away' }, 1]),
  series('sedna_dataset_update_timestamp_seconds', [steps, NOW - 3600]),
  series('sedna_dataset_samples', [steps, 320]),
  series('sedna_federatedlearningjob_info', [yolo, 1]),
  series('sedna_federatedlearningjob_condition', [{ ...yolo, condition: 'Training' }, 1]),
  series('sedna_federatedlearningjob_last_transition_timestamp_seconds', [yolo, NOW - 10]),
  series('sedna_federatedlearningjob_phase', [{ ...yolo, phase: 'Running' }, 1], [{ ...yolo, phase: 'Failed' }, 0]),
  series('sedna_federatedlearningjob_active_workers', [yolo, 2]),
  series('sedna_federatedlearningjob_failed_workers', [yolo, 0]),
  series(
    'sedna_model_info',
    ...HOSTILE.map((name): [Labels, number] => [{ kind: 'Model', namespace: 'hostile', name, format: name }, 1])
  ),
  series(
    'kube_pod_owner',
    ...workers.map(({ kind, namespace, name, pod }): [Labels, number] => [
      { namespace, pod, owner_kind: kind, owner_name: name, owner_is_controller: 'true' },
      1,
    ])
  ),
  series(
    'kube_pod_info',
    ...workers.map(({ namespace, pod, node }): [Labels, number] => [{ namespace, pod, node }, 1])
  ),
  series(
    'kube_pod_status_phase',
    ...workers.map(({ namespace, pod }): [Labels, number] => [
      { namespace, pod, phase: pod.startsWith('yolo') ? 'Succeeded' : 'Running' },
      1,
    ])
  ),
  series('kube_pod_container_status_waiting_reason', [
    { namespace: 'robots', pod: 'dog-train-abcde', reason: 'ImagePullBackOff' },
    1,
  ]),
  series(
    'kube_lease_renew_time',
    [{ namespace: 'kube-node-lease', lease: 'near' }, NOW + 3600],
    [{ namespace: 'kube-node-lease', lease: 'away' }, NOW - 3600]
  ),
]);

before(async () => {
  target = createServer((_, response) =>
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8').end(page)
  );
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
  prometheus = await stack.add(startPrometheus({ dir, kubeStateMetricsUrl: url, exporterUrl: url }));
});
after(async () => {
  await stack.stop();
  target.close();
});

const list = (kind?: KindName) =>
  buildResourceList((expression) => queryPrometheus(prometheus.url, expression), Date.now() / 1000, kind);
const named = (rows: readonly ResourceRow[], name: string) => rows.find((row) => row.name === name)!;

test('rows of all kinds have the state, the problems, and the offline nodes of an object', async (context) => {
  await waitForSeries(context, 'what the rules make of the pods', async () => {
    const pods = await queryPrometheus(prometheus.url, 'sedna:worker_pod_info');
    const findings = await queryPrometheus(prometheus.url, 'sedna:finding{rule=~"pod-pending|no-progress"}');
    const isFound = (name: string) => findings.some(({ labels }) => labels.name === name);
    return (
      pods.length === workers.length &&
      isFound('dog') &&
      isFound('slow') &&
      (await list()).length === HOSTILE.length + 5
    );
  });
  const rows = await list();
  const dog = named(rows, 'dog');
  assert.deepEqual(
    [dog.stage, dog.condition, dog.since, dog.waitingReason, dog.attention.level, dog.staleness.state],
    ['Train', 'Running', NOW - 600, 'ImagePullBackOff', 'stuck', 'fresh']
  );
  const { stage, condition, attention, staleness } = named(rows, 'far');
  assert.deepEqual([stage, condition, attention.rule], ['Eval', 'Starting', undefined], 'what it reported is old');
  assert.equal(named(rows, 'slow').attention.rule, 'no-progress');
  assert.ok(staleness.state === 'offline' && staleness.node === 'away');
  assert.ok(Math.abs(staleness.since - (NOW - 3600)) < 30, 'the last sign of life is that of the lease');
  assert.equal(named(rows, 'steps').since, NOW - 3600);
  assert.equal(named(rows, 'steps').staleness.state, 'offline');
  assert.equal(named(rows, 'yolo').condition, 'Training');
  assert.equal(named(rows, 'yolo').staleness.state, 'fresh', 'a finished pod reports no more');
});

test('rows of one kind have numbers, phase, and spec', async () => {
  const [dataset] = await list('Dataset');
  assert.deepEqual(dataset.numbers, { samples: 320 });
  assert.equal(dataset.spec.url, '/data/steps.csv');
  assert.equal(dataset.since, NOW - 3600);
  const [federated] = await list('FederatedLearningJob');
  assert.equal(federated.phase, 'Running');
  assert.deepEqual(federated.numbers, { active_workers: 2, failed_workers: 0 });
  const [dog] = await list('LifelongLearningJob');
  assert.equal(dog.spec.dataset, 'steps');
  assert.equal(dog.spec.output_dir, undefined);
});

test('a hostile name is shown unchanged, and finds exactly its object', async () => {
  const rows = await list('Model');
  assert.equal(rows.length, HOSTILE.length);
  for (const name of HOSTILE) {
    const row = rows.filter((each) => each.name === name);
    assert.equal(row.length, 1, JSON.stringify(name));
    assert.equal(row[0].spec.format, name);
    const found = filterRows(rows, {
      namespace: 'hostile',
      search: parseSearch(quoteSearch(name)),
      starred: new Set(),
    });
    assert.equal(found[0].name, name);
    assert.ok(
      found.every((each) => each.name.toLowerCase().includes(name.toLowerCase())),
      JSON.stringify(name)
    );
  }
});
