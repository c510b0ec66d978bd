import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { diagnose, getTrainingChecklist, type RuleId } from '../../src/sedna/diagnosis';
import { KIND_NAMES } from '../../src/sedna/kinds';
import { ClusterView } from './clusterView';
import { toSimulatedFacts } from './toFacts';
import { createWorld } from '../engine/world';
import type { KubeObject } from '../engine/types';

const START = new Date('2026-11-24T01:00:00Z');
const HOURS = 24;
/** Seconds between two steps: no divisor of any of the periods in which Sedna's parts repeat themselves. */
const STEP = 97;
/** By then the last of the stuck jobs has come to where it stays. */
const SETTLED = 2 * 3600;

/** Rule that has to find a job, alone, from when it has settled until the end. */
const STUCK: Record<string, RuleId> = {
  'stuck-waiting-dataset': 'dataset-unread',
  'stuck-ready-secret': 'pod-refused',
  'stuck-starting-image': 'pod-pending',
  'stuck-running-crash-loop': 'crash-loop',
  'stuck-report-lost': 'report-lost',
  'stuck-failing-loop': 'failing-loop',
  'stuck-old-model': 'index-not-updated',
  'stuck-deploy-copy': 'model-not-copied',
};
/** Objects that are broken in the cast, beside the jobs. */
const BROKEN: Record<string, RuleId> = {
  'missing-dataset': 'dataset-unreadable',
  'yolo-v5-broken': 'condition-failed',
  'pedestrian-features': 'status-stale',
  'pedestrian-search': 'status-never-written',
  'pedestrian-tracking': 'kind-unhandled',
};
/** The node that goes offline: whoever depends on it has this to say, and nothing else. */
const ON_EDGE1 = ['remote-site-demo', 'remote-site-demo-dataset'];

/** Jobs of two namespaces whose evaluations drop tasks: they report that, and nothing else. */
const DROPS_TASKS = 'atcii-classifier-demo';

describe('24 hours of the simulated Sedna', () => {
  /** Findings of each object: the second and the rules of each step with any. */
  const found = new Map<string, Array<{ second: number; rules: string }>>();
  /** The same without logs. */
  const foundByMetrics = new Map<string, Set<string>>();
  const skippedRules = new Map<string, Set<string>>();
  const closedWindow = new Set<string>();
  let steps = 0;
  let objects: KubeObject[] = [];

  before(() => {
    const world = createWorld({ seed: 1, start: START });
    const view = new ClusterView();
    for (let second = STEP; second <= HOURS * 3600; second += STEP) {
      const now = START.getTime() / 1000 + second;
      view.apply(world.advanceTo(new Date(now * 1000)), now);
      objects = KIND_NAMES.flatMap((kind) => view.ofKind(kind));
      for (const object of objects) {
        const facts = toSimulatedFacts(view, object, now);
        const name = object.metadata.name;
        const { findings, skippedRules: skipped } = diagnose(facts, now);
        if (findings.length > 0) {
          found.set(name, [...(found.get(name) ?? []), { second, rules: findings.map(({ rule }) => rule).join(' ') }]);
        }
        skipped
          .filter(({ unstableNodes }) => unstableNodes.length === 0)
          .forEach(({ rule }) => skippedRules.set(name, (skippedRules.get(name) ?? new Set()).add(rule)));
        const byMetrics = diagnose({ ...facts, logs: undefined }, now).findings;
        byMetrics.forEach(({ rule }) => foundByMetrics.set(name, (foundByMetrics.get(name) ?? new Set()).add(rule)));
        if (name === 'odd-closed-window' && second > 3600 && second < 8 * 3600) {
          const [samples, window] = getTrainingChecklist(facts, now);
          const { stage, type } = facts.condition!;
          closedWindow.add(`${stage}/${type}: samples ${samples.state}, window ${window.state}`);
        }
      }
      steps++;
    }
  });

  const findRules = (name: string, from = 0) => [
    ...new Set((found.get(name) ?? []).filter(({ second }) => second >= from).map(({ rules }) => rules)),
  ];

  test('every scenario was diagnosed', () => {
    assert.ok(steps > 800);
    const names = objects.map(({ metadata }) => metadata.name);
    for (const name of [...Object.keys(STUCK), ...Object.keys(BROKEN), ...ON_EDGE1, 'odd-long-wait', 'odd-short-pod']) {
      assert.ok(names.includes(name), name);
    }
  });

  for (const [name, rule] of Object.entries(STUCK)) {
    test(`${rule} alone finds ${name}, at every step once it is stuck`, () => {
      assert.deepEqual(findRules(name, SETTLED), [rule]);
      const since = (found.get(name) ?? []).filter(({ second }) => second >= SETTLED);
      assert.equal(since.length, steps - Math.ceil(SETTLED / STEP) + 1);
    });
  }

  for (const [name, rule] of Object.entries(BROKEN)) {
    test(`${rule} alone finds ${name}`, () => assert.deepEqual(findRules(name, 600), [rule]));
  }

  test('an evaluation that drops its good tasks is reported with each round', () =>
    assert.deepEqual(findRules(DROPS_TASKS), ['tasks-dropped']));

  test('objects on the node that goes offline report only that', () => {
    for (const name of ON_EDGE1) {
      assert.deepEqual(findRules(name), ['node-offline']);
      // Eight outages of 50 minutes.
      const offline = (found.get(name) ?? []).length * STEP;
      assert.ok(offline > 8 * 48 * 60 && offline <= 8 * 51 * 60, `${offline} s`);
    }
  });

  test('no healthy and no odd object ever has a finding', () => {
    const troubled = new Set([...Object.keys(STUCK), ...Object.keys(BROKEN), ...ON_EDGE1, DROPS_TASKS]);
    const alarms = [...found].filter(([name]) => !troubled.has(name));
    assert.deepEqual(
      alarms.map(([name, list]) => [name, list.slice(0, 3)]),
      []
    );
  });

  test('no healthy and no odd object ever has a finding without logs', () => {
    const troubled = new Set([...Object.keys(STUCK), ...Object.keys(BROKEN), ...ON_EDGE1]);
    assert.deepEqual(
      [...foundByMetrics].filter(([name]) => !troubled.has(name)),
      []
    );
    ON_EDGE1.forEach((name) => assert.deepEqual([...foundByMetrics.get(name)!], ['node-offline']));
  });

  test('no rule is skipped for a healthy job when all facts are known', () =>
    assert.deepEqual([...(skippedRules.get('atcii-classifier-demo') ?? [])], []));

  test('a closed time window differs from too few samples, until it opens after eight hours', () =>
    assert.deepEqual([...closedWindow], ['Train/Waiting: samples ok, window not-ok']));
});
