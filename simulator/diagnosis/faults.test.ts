import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diagnose } from '../../src/sedna/diagnosis';
import { KIND_NAMES } from '../../src/sedna/kinds';
import { brokenJobs, connections, withoutGlobalManager, withoutKnowledgeBase } from '../scenarios/faults';
import type { StagedCondition } from '../engine/jobs/conditions';
import { createWorld, type Scenario } from '../engine/world';
import { ClusterView } from './clusterView';
import { toSimulatedFacts } from './toFacts';

const START = new Date('2026-11-24T01:00:00Z');
/** Seconds between two looks: no divisor of any of the periods in which Sedna's parts repeat themselves. */
const STEP = 97;
const HOUR = 3600;

interface Look {
  second: number;
  rules: string;
  conditions: readonly StagedCondition[];
}

/**
 * Looks at a world for some hours.
 * @param collectedFor seconds after which nothing of it is collected any more
 * @returns what was seen of each object
 */
function watch(cast: Scenario, hours: number, collectedFor = Infinity): Map<string, Look[]> {
  const world = createWorld({ seed: 1, start: START, scenario: cast });
  const view = new ClusterView();
  const looks = new Map<string, Look[]>();
  for (let second = STEP; second <= hours * HOUR; second += STEP) {
    const now = START.getTime() / 1000 + second;
    if (second <= collectedFor) {
      view.apply(world.advanceTo(new Date(now * 1000)), now);
    }
    for (const object of KIND_NAMES.flatMap((kind) => view.ofKind(kind))) {
      const rules = diagnose(toSimulatedFacts(view, object, now), now)
        .findings.map(({ rule }) => rule)
        .join(' ');
      const { name } = object.metadata;
      const seen = { second, rules, conditions: object.status?.conditions ?? [] };
      looks.set(name, [...(looks.get(name) ?? []), seen]);
    }
  }
  return looks;
}

/** Rules that an object had at looks of a span of seconds, each once. */
const rulesOf = (looks: Map<string, Look[]>, name: string, from = 0, to = Infinity): string[] => {
  const within = looks.get(name)!.filter(({ second }) => second >= from && second < to);
  assert.ok(within.length > 0, `${name} was not looked at`);
  return [...new Set(within.map(({ rules }) => rules))];
};

describe('jobs that are broken', () => {
  const looks = watch(brokenJobs, 3);

  test('one that is well has no finding', () => assert.deepEqual(rulesOf(looks, 'well'), ['']));

  for (const rule of ['pod-gone', 'trigger-never', 'dataset-missing', 'dataset-format']) {
    test(`${rule} alone finds the one of that name, at every look once it is stuck`, () =>
      assert.deepEqual(rulesOf(looks, rule, HOUR), [rule]));
  }

  test('a dataset of that format is found, too', () =>
    assert.deepEqual(rulesOf(looks, 'parquet-dataset'), ['dataset-format']));

  for (const [name, stage] of [
    ['train-report-lost', 'Train'],
    ['eval-report-lost', 'Eval'],
  ]) {
    test(`${name}: an older model is used until the next round has reported, and the job goes on`, () => {
      const all = looks.get(name)!;
      const newest = ({ conditions }: Look) =>
        conditions.findLast((condition) => condition.stage === stage && condition.type === 'Completed');
      const isLost = (look: Look) => newest(look) !== undefined && newest(look)!.data === undefined;
      const told = all.filter(({ rules }) => rules !== '');
      assert.deepEqual([...new Set(told.map(({ rules }) => rules))], ['older-model-used']);
      assert.ok(told.every(isLost));
      // Only a report that may still come is waited for: one look at most.
      assert.ok(all.filter(isLost).length - told.length <= 1);
      assert.equal(all.at(-1)!.rules, '');
      const rounds = all.at(-1)!.conditions.filter(({ type, stage: of }) => of === 'Deploy' && type === 'Completed');
      assert.ok(rounds.length > 3, `${rounds.length} rounds`);
    });
  }
});

test('a knowledge base without a node is told of by each job, once its pod pends', () => {
  const looks = watch(withoutKnowledgeBase, 2);
  assert.deepEqual(rulesOf(looks, 'needs-kb', 0, HOUR), ['']);
  assert.deepEqual(rulesOf(looks, 'needs-kb', HOUR + STEP), ['knowledge-base-unreachable']);
});

test('a global manager that went away is told of by the job whose pod has ended, and by no other', () => {
  const looks = watch(withoutGlobalManager, 2);
  assert.deepEqual(rulesOf(looks, 'needs-gm', 1200), ['global-manager-unresponsive']);
  assert.deepEqual(rulesOf(looks, 'needs-no-gm'), ['']);
});

describe('connections of local controllers', () => {
  const looks = watch(connections, 3);

  test('one that has ended is told of from a minute later on', () => {
    assert.deepEqual(rulesOf(looks, 'cut-off', 0, HOUR), ['']);
    assert.deepEqual(rulesOf(looks, 'cut-off', HOUR + 60 + STEP), ['local-controller-disconnected']);
  });

  test('an old one that is closed late is none that has ended', () =>
    assert.deepEqual(rulesOf(looks, 'half-open'), ['']));
});

test('samples that stop are told of, and nothing that would be judged by their age', () => {
  const looks = watch(brokenJobs, 2, HOUR);
  assert.deepEqual(rulesOf(looks, 'well', 0, HOUR), ['']);
  assert.deepEqual(rulesOf(looks, 'well', HOUR + 160), ['data-stale']);
});
