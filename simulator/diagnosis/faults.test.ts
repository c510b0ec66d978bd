import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diagnose } from '../../src/sedna/diagnosis';
import { KIND_NAMES } from '../../src/sedna/kinds';
import { findScenario } from '../scenarios';
import { brokenJobs, connections, withoutGlobalManager, withoutKnowledgeBase } from '../scenarios/faults';
import type { StagedCondition } from '../engine/jobs/conditions';
import { createWorld, type Scenario } from '../engine/world';
import { ClusterView } from './clusterView';
import { toSimulatedFacts } from './toFacts';

const START = new Date('2026-11-24T01:00:00Z');
/** Seconds between two steps: no divisor of any of the periods in which Sedna's parts repeat themselves. */
const STEP = 97;
const HOUR = 3600;

interface Step {
  second: number;
  rules: string;
  conditions: readonly StagedCondition[];
}

/**
 * Looks at a world for some hours.
 * @param collectedFor seconds after which nothing of it is collected any more
 * @returns what was seen of each object
 */
function watch(cast: Scenario, hours: number, collectedFor = Infinity): Map<string, Step[]> {
  const world = createWorld({ seed: 1, start: START, scenario: cast });
  const view = new ClusterView();
  const steps = new Map<string, Step[]>();
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
      steps.set(name, [...(steps.get(name) ?? []), seen]);
    }
  }
  return steps;
}

/** Rules that an object had at steps of a span of seconds, each once. */
const findRules = (steps: Map<string, Step[]>, name: string, from = 0, to = Infinity): string[] => {
  const within = steps.get(name)!.filter(({ second }) => second >= from && second < to);
  assert.ok(within.length > 0, `${name} was not looked at`);
  return [...new Set(within.map(({ rules }) => rules))];
};

describe('broken jobs', () => {
  const steps = watch(brokenJobs, 3);

  test('a healthy job among them has no finding', () => assert.deepEqual(findRules(steps, 'well'), ['']));

  for (const rule of ['pod-gone', 'trigger-never', 'dataset-missing', 'dataset-format']) {
    test(`${rule} alone finds the job of that name, at every step once it is stuck`, () =>
      assert.deepEqual(findRules(steps, rule, HOUR), [rule]));
  }

  test('a dataset of an unreadable format has a finding too', () =>
    assert.deepEqual(findRules(steps, 'parquet-dataset'), ['dataset-format']));

  for (const [name, stage] of [
    ['train-report-lost', 'Train'],
    ['eval-report-lost', 'Eval'],
  ]) {
    test(`${name} uses an older model until the next round has reported, and continues`, () => {
      const all = steps.get(name)!;
      const newest = ({ conditions }: Step) =>
        conditions.findLast((condition) => condition.stage === stage && condition.type === 'Completed');
      const isLost = (step: Step) => newest(step) !== undefined && newest(step)!.data === undefined;
      const reported = all.filter(({ rules }) => rules !== '');
      assert.deepEqual([...new Set(reported.map(({ rules }) => rules))], ['older-model-used']);
      assert.ok(reported.every(isLost));
      // A report may still arrive during one step at most.
      assert.ok(all.filter(isLost).length - reported.length <= 1);
      assert.equal(all.at(-1)!.rules, '');
      const rounds = all.at(-1)!.conditions.filter(({ type, stage: of }) => of === 'Deploy' && type === 'Completed');
      assert.ok(rounds.length > 3, `${rounds.length} rounds`);
    });
  }
});

test('a trigger that the global manager overwrote is found, and not told as a lack of progress', () => {
  const steps = watch((context) => findScenario('trigger-lost')!.start!(context), 1);
  const found = findRules(steps, 'trigger-lost', 2 * STEP + 60);
  assert.ok(
    found.every((rules) => rules.split(' ').includes('condition-lost')),
    found.join(', ')
  );
  assert.ok(
    found.every((rules) => !rules.split(' ').includes('no-progress')),
    found.join(', ')
  );
});

test('each job reports a knowledge base whose pod is pending', () => {
  const steps = watch(withoutKnowledgeBase, 2);
  assert.deepEqual(findRules(steps, 'needs-kb', 0, HOUR), ['']);
  assert.deepEqual(findRules(steps, 'needs-kb', HOUR + STEP), ['knowledge-base-unreachable']);
});

test('only the job whose pod has ended reports a missing global manager', () => {
  const steps = watch(withoutGlobalManager, 2);
  assert.deepEqual(findRules(steps, 'needs-gm', 1200), ['global-manager-unresponsive']);
  assert.deepEqual(findRules(steps, 'needs-no-gm'), ['']);
});

describe('connections of local controllers', () => {
  const steps = watch(connections, 3);

  test('a closed one is reported a minute later', () => {
    assert.deepEqual(findRules(steps, 'cut-off', 0, HOUR), ['']);
    assert.deepEqual(findRules(steps, 'cut-off', HOUR + 60 + STEP), ['local-controller-disconnected']);
  });

  test('an old one that is closed late is not reported', () => assert.deepEqual(findRules(steps, 'half-open'), ['']));
});

test('missing samples are reported, and nothing that would be decided by their age', () => {
  const steps = watch(brokenJobs, 2, HOUR);
  assert.deepEqual(findRules(steps, 'well', 0, HOUR), ['']);
  assert.deepEqual(findRules(steps, 'well', HOUR + 160), ['data-stale']);
});
