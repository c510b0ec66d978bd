import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { KIND_NAMES } from '../../src/sedna/kinds';
import type { StagedCondition } from './jobs/conditions';
import { getObjectKey, toObjectRef } from './kernel';
import type { ApplyEffect, Effect, KubeObject, LogEffect } from './types';
import { createWorld } from './world';

const START = new Date('2026-11-24T01:00:00Z');
const MINUTE = 60_000;
const after = (minutes: number) => new Date(START.getTime() + minutes * MINUTE);

function run(minutes: number[], seed = 1): Effect[] {
  const world = createWorld({ seed, start: START });
  return minutes.flatMap((minute) => world.advanceTo(after(minute)));
}

const isLog = (effect: Effect): effect is LogEffect => effect.type === 'log';
const isApply = (effect: Effect): effect is ApplyEffect => effect.type === 'apply';

test('the same seed produces the same effects, regardless of the steps in which time advances', () => {
  const atOnce = run([40]);
  const inSteps = run([0, 0.5, 1, 7.25, 7.25, 33, 40]);
  assert.ok(atOnce.length > 10_000);
  assert.deepEqual(inSteps, atOnce);
});

test('another seed produces other effects', () => {
  assert.notDeepEqual(run([5], 2), run([5], 1));
});

test('advancing to an earlier time throws', () => {
  const world = createWorld({ seed: 1, start: START });
  world.advanceTo(after(2));
  assert.throws(() => world.advanceTo(after(1)), RangeError);
});

test('returned effects never change', () => {
  const world = createWorld({ seed: 1, start: START });
  const early = world.advanceTo(after(10));
  const copy = structuredClone(early);
  world.advanceTo(after(30));
  assert.deepEqual(early, copy);
});

describe('all scenarios after two and a half hours', () => {
  let effects: Effect[];
  const objects = new Map<string, KubeObject>();

  before(() => {
    effects = run([150]);
    for (const effect of effects) {
      if (effect.type === 'apply') {
        objects.set(getObjectKey(toObjectRef(effect.object)), effect.object);
      } else if (effect.type === 'delete') {
        objects.delete(getObjectKey(effect.ref));
      }
    }
  });

  const job = (namespace: string, name: string) => {
    const ref = { apiVersion: 'sedna.io/v1alpha1', kind: 'LifelongLearningJob', namespace, name };
    return objects.get(getObjectKey(ref))!;
  };
  const conditions = (name: string, namespace = 'default'): StagedCondition[] => job(namespace, name).status.conditions;
  /** Formats conditions as `stage/type`, with a `+` if they have data. */
  const steps = (list: StagedCondition[]) => list.map(({ stage, type, data }) => `${stage}/${type}${data ? '+' : ''}`);
  const lines = (container: string, pod: string) =>
    effects.filter(isLog).filter((line) => line.container === container && line.pod.startsWith(pod));
  const has = (list: LogEffect[], text: string) => list.some(({ line }) => line.includes(text));

  const ROUND = [
    'Train/Waiting',
    'Train/Ready+',
    'Train/Starting',
    'Train/Running',
    'Train/Completed+',
    'Eval/Waiting',
    'Eval/Ready+',
    'Eval/Starting',
    'Eval/Running',
    'Eval/Completed+',
    'Deploy/Waiting',
    'Deploy/Ready+',
    'Deploy/Completed',
  ];

  test('return effects in order of time', () => {
    assert.ok(effects.every(({ at }, i) => i === 0 || at >= effects[i - 1].at));
  });

  test('contain an object of each kind', () => {
    const kinds = new Set([...objects.values()].map(({ kind }) => kind));
    assert.deepEqual(
      KIND_NAMES.filter((kind) => !kinds.has(kind)),
      []
    );
  });

  test('append 13 conditions per healthy round in the order of Sedna', () => {
    const list = steps(conditions('atcii-classifier-demo'));
    assert.deepEqual(list.slice(0, 26), [...ROUND, ...ROUND]);
    assert.ok(list.length >= 13 * 9, `only ${list.length} conditions`);
  });

  test('report data with the number of the round', () => {
    const second = conditions('atcii-classifier-demo').slice(13);
    assert.equal(second[1].data, '{"input":{"dataURL":"/output/data/train/2/data.csv","outputDir":"/output/train/2"}}');
    assert.equal(second[1].message, 'reported by lc');
    assert.equal(
      second[4].data,
      '{"output":{"models":[{"format":"pkl","url":"/output/train/2/index.pkl","classes":null}]}}'
    );
  });

  test('contain two jobs of the same name in different namespaces, one with a fake credential', () => {
    assert.ok(job('factory', 'atcii-classifier-demo'));
    const { annotations } = job('default', 'atcii-classifier-demo').metadata;
    assert.match(annotations!['sedna.io/credential'], /demo-not-a-secret/);
    assert.equal(annotations!['sedna.io/Train'], 'edge-node');
    assert.equal(annotations!['sedna.io/Deploy'], undefined);
  });

  test('leave each stuck job in the condition of its cause', () => {
    assert.deepEqual(steps(conditions('stuck-waiting-dataset')), ['Train/Waiting']);
    assert.equal(steps(conditions('stuck-ready-secret')).at(-1), 'Train/Ready+');
    assert.equal(steps(conditions('stuck-starting-image')).at(-1), 'Train/Starting');
    assert.equal(steps(conditions('stuck-running-crash-loop')).at(-1), 'Train/Running');
    assert.deepEqual(steps(conditions('stuck-report-lost')).slice(-2), ['Train/Completed', 'Eval/Waiting']);
    assert.equal(steps(conditions('stuck-deploy-copy')).at(-1), 'Deploy/Waiting');
    const failing = steps(conditions('stuck-failing-loop'));
    assert.deepEqual(failing.slice(3, 6), ['Train/Running', 'Train/Failed', 'Train/Waiting']);
    assert.ok(failing.includes('Eval/Failed'));
    assert.ok(failing.filter((step) => step === 'Train/Failed').length > 10);
    assert.ok(steps(conditions('stuck-old-model')).filter((step) => step === 'Deploy/Completed').length > 2);
  });

  test('show each cause in the logs or container states', () => {
    assert.ok(has(lines('lc', 'lc-'), 'failed to load dataset, and waiting it'));
    assert.ok(has(lines('gm', 'gm-'), 'failed to be updated, err:failed to get the secret'));
    assert.ok(has(lines('gm', 'gm-'), 'invalid condition stage: '));
    assert.ok(has(lines('lc', 'lc-'), 'model is nil'));
    assert.ok(has(lines('lc', 'lc-'), 'failed to update model for job'));
    assert.ok(has(lines('train-worker', 'stuck-report-lost'), 'RetryError[<Future'));
    assert.ok(has(lines('eval-worker', 'stuck-old-model'), 'KB update Fail !'));
    assert.ok(has(lines('eval-worker', 'stuck-failing-loop'), 'KeyError: 34'));
    const pods = effects.filter(isApply).map(({ object }) => object);
    const reasons = (name: string) =>
      new Set(
        pods
          .filter(({ kind, metadata }) => kind === 'Pod' && metadata.name.startsWith(name))
          .map(({ status }) => status.containerStatuses[0].state.waiting?.reason)
      );
    assert.ok(reasons('stuck-starting-image').has('ImagePullBackOff'));
    assert.ok(reasons('stuck-running-crash-loop').has('CrashLoopBackOff'));
    const crashed = lines('train-worker', 'stuck-running-crash-loop');
    assert.ok(has(crashed, 'Traceback (most recent call last):'));
    assert.ok(crashed.some(({ restart }) => restart > 5));
  });

  test('contain jobs that only look stuck', () => {
    const waiting = conditions('odd-long-wait', 'factory');
    assert.deepEqual(steps(waiting), [...ROUND, 'Train/Waiting']);
    assert.equal(waiting.at(-1)!.lastTransitionTime, '2026-11-23T05:00:00Z');
    assert.deepEqual(steps(conditions('odd-closed-window', 'factory')), ['Train/Waiting']);
    assert.ok(!steps(conditions('odd-short-pod', 'factory')).slice(0, 13).includes('Eval/Running'));
    const late = steps(conditions('odd-late-report', 'factory')).join(' ');
    assert.ok(late.includes('Train/Completed Eval/Waiting Train/Completed+ Eval/Waiting Eval/Ready+'));
    const rounds = conditions('odd-lc-restart', 'factory')
      .filter(({ stage, type }) => stage === 'Train' && type === 'Ready')
      .map(({ data }) => JSON.parse(data!).input.outputDir);
    assert.ok(rounds.lastIndexOf('/output/train/1') > 2, rounds.join(' '));
  });

  test('set the owner and labels of worker pods like the GM', () => {
    const pod = [...objects.values()].find(
      ({ kind, metadata }) => kind === 'Pod' && metadata.name.startsWith('robo-demo-train-')
    )!;
    assert.match(pod.metadata.name, /^robo-demo-train-[a-z0-9]{5}$/);
    assert.equal(pod.metadata.labels!['lifelonglearningjob.sedna.io/name'], 'robo-demo');
    assert.equal(pod.metadata.labels!['lifelonglearningjob.sedna.io/worker-type'], 'train');
    const [owner] = pod.metadata.ownerReferences!;
    assert.equal(owner.kind, 'LifelongLearningJob');
    assert.equal(owner.uid, job('default', 'robo-demo').metadata.uid);
    assert.equal(owner.controller, true);
    assert.equal(pod.spec.hostNetwork, true);
    assert.equal(pod.spec.restartPolicy, 'OnFailure');
    assert.equal(pod.spec.containers[0].name, 'train-worker');
    assert.equal(pod.spec.initContainers[0].name, 'storage-initializer');
  });

  test('run joint inference as Deployments, with truncated pod names', () => {
    const service = 'helmet-detection-inference-example';
    const pod = [...objects.values()].find(
      ({ kind, metadata }) => kind === 'Pod' && metadata.name.startsWith(`${service}-deployment-edge-`)
    )!;
    assert.match(pod.metadata.name, /^helmet-detection-inference-example-deployment-edge-[a-z0-9]{12}$/);
    assert.equal(pod.metadata.labels!['jointinferenceservice.sedna.io/name'], service);
    assert.equal(pod.metadata.labels!['jointinferenceservice.sedna.io/worker-type'], 'edge');
    assert.equal(pod.metadata.labels!['app.sedna.io'], `${service}-Edge-svc`);
    const [owner] = pod.metadata.ownerReferences!;
    assert.equal(owner.kind, 'ReplicaSet');
    assert.match(owner.name, /^helmet-detection-inference-example-deployment-edge-[a-z0-9]{10}$/);
    assert.equal(pod.spec.hostNetwork, undefined);
    assert.equal(pod.spec.restartPolicy, 'Always');
  });

  test('take edge1 offline after 95 minutes, and deliver its log lines after 145', () => {
    const leases = effects
      .filter(isApply)
      .filter(({ object }) => object.kind === 'Lease' && object.metadata.name === 'edge1');
    const renewed = leases.map(({ at }) => (at - START.getTime()) / MINUTE);
    assert.deepEqual(
      renewed.filter((minute) => minute > 95.2 && minute < 145),
      []
    );
    const ready = effects
      .filter(isApply)
      .filter(
        ({ object, at }) => object.kind === 'Node' && object.metadata.name === 'edge1' && at >= after(95).getTime()
      )
      .map(
        ({ object }) =>
          object.status.conditions.find((condition: { type: string }) => condition.type === 'Ready').status
      );
    assert.deepEqual(ready.slice(0, 2), ['Unknown', 'True']);
    const late = effects.filter(isLog).filter(({ node, at, time }) => node === 'edge1' && at - time > MINUTE);
    assert.ok(late.length > 100);
    assert.ok(late.every(({ at }) => at === after(145).getTime()));
    assert.ok(has(late, 'no such host'));
  });

  test('write between 50,000 and 190,000 log lines', () => {
    const count = effects.filter(isLog).length;
    assert.ok(count > 50_000 && count < 190_000, String(count));
  });

  test('write scores and dropped tasks to the evaluation logs', () => {
    const twin = lines('eval-worker', 'atcii-classifier-demo');
    assert.ok(has(twin, 'will not be deploy because all scores > 0.1'));
    assert.ok(has(twin, 'will not be deploy because all scores < 0.5'));
    assert.ok(has(twin, "scores: {'precision_score': 0."));
  });
});
