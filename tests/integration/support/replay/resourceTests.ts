/** Tests of the metrics about recorded objects, pods, nodes, and the knowledge base. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findKind } from '../../../../src/sedna/kinds';
import { getFamilyPrefix } from '../../../../src/sedna/catalog/resourceMetrics';
import type { ExpectedObject } from '../../../../simulator/recording/expectations';
import {
  assertSame,
  getExisting,
  getStaged,
  onlyCurrent,
  perObject,
  toSelector,
  toSeconds,
  toText,
  type GetSedna,
} from './expected';

export function testResources(sedna: GetSedna): void {
  test('the newest condition of each object, and its time', async () => {
    for (const object of getExisting(sedna())) {
      const family = getFamilyPrefix(object.kind);
      const { state } = object;
      const condition = await sedna().query(`${family}_condition{${toSelector(object)}} == 1`);
      assert.deepEqual(
        condition.map(({ labels }) => [labels.stage ?? null, labels.condition]),
        state ? [[state.stage, state.condition]] : [],
        object.name
      );
      const since = await sedna().query(`${family}_last_transition_timestamp_seconds{${toSelector(object)}}`);
      assert.deepEqual(
        since.map(({ value }) => value),
        state ? [toSeconds(state.since)] : [],
        object.name
      );
    }
  });

  test('an object that was deleted and not created again is gone', async () => {
    const names = new Set(getExisting(sedna()).map(({ kind, name }) => `${kind} ${name}`));
    for (const object of sedna().expected.objects.filter(
      ({ deleted, kind, name }) => deleted && !names.has(`${kind} ${name}`)
    )) {
      assert.deepEqual(await sedna().query(`${getFamilyPrefix(object.kind)}_info{${toSelector(object)}} == 1`), []);
    }
  });

  test('how often each condition was written', () =>
    assertSame(
      sedna(),
      'sedna_job_condition_transitions_total > 0',
      perObject(getStaged(sedna()), ({ transitions = {} }) =>
        Object.entries(transitions).map(([key, value]) => {
          const [stage, condition] = key.split('/');
          return { labels: { stage, condition }, value };
        })
      )
    ));

  test('counts of workers and phases of the other kinds', async () => {
    for (const object of getExisting(sedna()).filter(({ active }) => active !== undefined)) {
      const family = getFamilyPrefix(object.kind);
      for (const field of ['active', 'failed', 'succeeded'] as const) {
        const rows = await sedna().query(`${family}_${field}_workers{${toSelector(object)}}`);
        assert.deepEqual(
          rows.map(({ value }) => value),
          object[field] === undefined ? [] : [object[field]],
          `${object.name} ${field}`
        );
      }
      const phases = await sedna().query(`${family}_phase{${toSelector(object)}} == 1`);
      assert.deepEqual(
        phases.map(({ labels }) => labels.phase),
        object.phase === undefined ? [] : [object.phase],
        object.name
      );
    }
  });

  test('models by role', async () => {
    const roles = { trained: 'trained', evaluated: 'evaluated', deployed: 'deployed' } as const;
    for (const [role, key] of Object.entries(roles)) {
      for (const object of getStaged(sedna())) {
        const model = object.models?.[key];
        // After a lost report, the model of an earlier round stays.
        if (!model || model.recorded) {
          const rows = await sedna().query(
            `sedna_job_model_info{role="${role}", kind="${object.kind}", ${toSelector(object)}} == 1`
          );
          assert.deepEqual(rows.map(({ labels }) => labels.url).sort(), [...(model?.models ?? [])].sort(), object.name);
        }
      }
    }
  });

  test('metrics of the newest evaluation, of both models of an incremental learning job, and per class', async () => {
    const toSeries = (metrics: Readonly<Record<string, number | number[]>> = {}) =>
      Object.entries(metrics).flatMap(([metric, value]) =>
        Array.isArray(value)
          ? value.map((each, index) => ({ labels: { metric: `${metric}[${index}]` }, value: each }))
          : [{ labels: { metric }, value }]
      );
    const newest = ({ evaluations = [] }: ExpectedObject) => evaluations.at(-1)?.allModels ?? [];
    await assertSame(
      sedna(),
      onlyCurrent('sedna_job_eval_metric'),
      perObject(getStaged(sedna()), (object) => toSeries(newest(object)[0]?.metrics))
    );
    const compared = await sedna().query(onlyCurrent('sedna_job_compared_metric'));
    assert.equal(
      toText(compared),
      toText(perObject(getStaged(sedna()), (object) => toSeries(newest(object)[1]?.metrics)))
    );
  });

  test('conditions that a later version of a job no longer has', async () => {
    const uids = new Set(getExisting(sedna()).map(({ uid }) => uid));
    const lost = new Map<string, number>();
    const last = new Map<string, string[]>();
    for (const { time, event, object } of sedna().recording.events) {
      const { kind, metadata, status } = object;
      if (
        time <= Date.parse(sedna().expected.at) &&
        uids.has(metadata.uid ?? '') &&
        findKind(kind)?.staged &&
        event !== 'DELETED'
      ) {
        const conditions = ((status?.conditions ?? []) as object[]).map((condition) => JSON.stringify(condition));
        const gone = (last.get(metadata.uid!) ?? []).filter((condition) => !conditions.includes(condition));
        last.set(metadata.uid!, conditions);
        const key = `${kind} ${metadata.namespace}/${metadata.name}`;
        lost.set(key, (lost.get(key) ?? 0) + gone.length);
      }
    }
    const rows = await sedna().query('sum by (kind, namespace, name) (sedna_job_conditions_lost_total) > 0');
    assert.deepEqual(
      rows.map(({ labels, value }) => `${labels.kind} ${labels.namespace}/${labels.name} ${value}`).sort(),
      [...lost]
        .filter(([, count]) => count > 0)
        .map((each) => each.join(' '))
        .sort()
    );
  });

  test('threshold and operator of each trigger', async () => {
    await assertSame(
      sedna(),
      'sedna_job_trigger_threshold',
      perObject(getStaged(sedna()), ({ trigger }) => (trigger ? [{ value: trigger.threshold }] : []))
    );
    const infos = await sedna().query('sedna_job_trigger_info');
    assert.deepEqual(
      infos.map(({ labels }) => `${labels.namespace}/${labels.name} ${labels.operator}`).sort(),
      getStaged(sedna())
        .flatMap(({ namespace, name, trigger }) => (trigger ? [`${namespace}/${name} ${trigger.operator}`] : []))
        .sort()
    );
  });

  test('datasets with their samples', async () => {
    const identify = (each: { namespace: string; name: string }) => ({
      namespace: each.namespace,
      name: each.name,
      kind: 'Dataset',
    });
    const counted = sedna().expected.datasets.filter(({ samples }) => typeof samples === 'number');
    await assertSame(
      sedna(),
      'sedna_dataset_samples',
      counted.map((each) => ({ labels: identify(each), value: each.samples! }))
    );
    const infos = await sedna().query('sedna_dataset_info');
    assert.deepEqual(
      infos.map(({ labels: { namespace, name, node, format } }) => [namespace, name, node, format]).sort(),
      sedna()
        .expected.datasets.map(({ namespace, name, node, format }) => [namespace, name, node, format])
        .sort()
    );
  });

  test('tasks, groups, and samples of the knowledge base', async () => {
    const { tasks, groups, samplesByTask } = sedna().expected.knowledgeBase;
    await assertSame(
      sedna(),
      'sedna_knowledge_base_task_info == 1',
      tasks.map(({ name: task, attributes }) => ({ labels: { task, attributes }, value: 1 }))
    );
    await assertSame(
      sedna(),
      'sedna_knowledge_base_task_samples',
      Object.entries(samplesByTask).map(([task, { sum }]) => ({ labels: { task }, value: sum }))
    );
    await assertSame(
      sedna(),
      'sedna_knowledge_base_task_last_round_samples',
      Object.entries(samplesByTask).map(([task, { last }]) => ({ labels: { task }, value: last }))
    );
    await assertSame(
      sedna(),
      'sedna_knowledge_base_task_group_model_info == 1',
      groups.map(({ name: group, model: url }) => ({ labels: { group, url }, value: 1 }))
    );
  });

  test('every worker pod belongs to its object, with its type, node, and phase', async () => {
    const rows = await sedna().query(
      'sedna:worker_pod_info * on (namespace, pod) group_left (phase) (kube_pod_status_phase == 1)'
    );
    const found = rows.map(({ labels: { kind, namespace, name, pod, worker_type: type, node = '', phase } }) =>
      [kind, namespace, name, pod, type, node, phase].join(' ')
    );
    const expected = getExisting(sedna()).flatMap(({ kind, namespace, name, workers }) =>
      workers
        .filter(({ deleted }) => !deleted)
        .map(({ pod, workerType, node, phase }) =>
          [kind, namespace, name, pod, workerType, node ?? '', phase].join(' ')
        )
    );
    assert.deepEqual(found.sort(), expected.sort());
  });

  test('restarts of containers, of workers and of components of Sedna', async () => {
    const pods = [
      ...getExisting(sedna()).flatMap(({ workers }) => workers.filter(({ deleted }) => !deleted)),
      ...sedna().expected.components,
    ];
    const expected = pods.flatMap(({ pod, containers }) =>
      containers.map(({ name, restarts }) => `${pod} ${name} ${restarts}`)
    );
    // In a history, a number of a pod that is gone is seen for five minutes more.
    const rows = await sedna().query(
      'kube_pod_container_status_restarts_total and on (namespace, pod) (kube_pod_info == 1)'
    );
    assert.deepEqual(
      rows.map(({ labels: { pod, container }, value }) => `${pod} ${container} ${value}`).sort(),
      expected.sort()
    );
  });

  test('nodes are not ready when they were not', async () => {
    for (const { node, ready } of sedna().expected.nodes) {
      for (const [index, { time, ready: state }] of ready.entries()) {
        // A state that lasts for less than two scrapes may be missed.
        const end = ready[index + 1] ? Date.parse(ready[index + 1].time) : sedna().to.getTime();
        if (end - Date.parse(time) > 30_000) {
          const rows = await sedna().query(
            `kube_node_status_condition{node="${node}", condition="Ready"} == 1`,
            new Date(end - 1000)
          );
          assert.deepEqual(
            rows.map(({ labels }) => labels.status),
            [state.toLowerCase()],
            `${node} at ${time}`
          );
        }
      }
    }
  });
}
