/** The conditions of the rules in PromQL and their judgement of facts, over the same history of the real engines. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildCondition, FINDING } from '../../collection/prometheus/groups/findings';
import { objectFacts, workerFacts } from '../../src/query/diagnosis';
import { allObjects, unhealthyWorkers } from '../../src/query/resources';
import type { ObjectRef } from '../../src/sedna/objectRef';
import { diagnose, judge, toFacts, type FactRow, type RuleId } from '../../src/sedna/diagnosis';
import { RULE_FILES } from '../../src/sedna/diagnosis/rules/files';
import { RECORDED_RULES } from '../../src/sedna/diagnosis/rules/recorded';
import type { Scenario } from '../../simulator/engine/world';
import { startDemo, type Demo } from '../../simulator/demo/nativeDemo';
import { allFaults } from '../../simulator/scenarios/faults';
import { createTemporaryFolder } from './support/folder';
import { buildResourceList } from './support/resourceList';

const HOURS = 3;
/** Seconds between two instants: no divisor of a period in which parts of Sedna repeat themselves. */
const STEP_SECONDS = 421;
/** The first minutes have no history to compare with. */
const SKIPPED_SECONDS = 900;

/** Rules that both facts about an object and metrics decide. */
const COMPARED = RULE_FILES.filter(
  ({ rule, promql }) => rule.detect && promql && promql().labels.includes('name') && rule.kinds.length > 0
);

const WORLDS: ReadonlyArray<[name: string, cast: Scenario | undefined]> = [
  ['faults', allFaults],
  ['demo', undefined],
];

type Row = FactRow;

const LEVEL_VERDICTS = { failing: 'failed', stuck: 'stuck' } as const;

const keyOf = (rule: string, labels: Readonly<Record<string, string>>) =>
  `${rule} ${labels.kind} ${labels.namespace}/${labels.name}`;

for (const [world, cast] of WORLDS) {
  describe(`every object and moment of the world ${world}`, () => {
    const dir = createTemporaryFolder();
    let demo: Demo;

    before(async () => {
      demo = await startDemo({ dir: path.join(dir, 'demo'), historyHours: HOURS, scenario: cast });
    });
    after(() => demo?.stop());

    async function query(expr: string, time: number): Promise<Row[]> {
      const response = await fetch(`${demo.prometheus.url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({ query: expr, time: String(time) }),
      });
      const { data, error } = (await response.json()) as {
        data?: { result: Array<{ metric: Record<string, string>; value: [number, string] }> };
        error?: string;
      };
      assert.ok(data, error);
      return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    }

    const findObjects = async (time: number): Promise<ObjectRef[]> => {
      const rows = await query(`group by (kind, namespace, name) (${allObjects()})`, time);
      return rows.map(
        ({ labels }) => ({ namespace: labels.namespace, name: labels.name, kind: labels.kind }) as ObjectRef
      );
    };

    const findFacts = async (ref: ObjectRef, time: number) => {
      const workers = workerFacts(ref);
      return toFacts(ref, [
        ...(await query(objectFacts(ref), time)),
        ...(workers === undefined ? [] : await query(workers, time)),
      ]);
    };

    const getInstants = (): number[] => {
      const end = demo.liveSince.getTime() / 1000;
      const start = end - HOURS * 3600 + SKIPPED_SECONDS;
      return Array.from({ length: Math.floor((end - start) / STEP_SECONDS) }, (_, i) => start + i * STEP_SECONDS);
    };

    test('PromQL and detect agree, but for differences that the rule explains', async (context) => {
      const explained = new Set(COMPARED.filter(({ promqlDiffers }) => promqlDiffers).map(({ rule }) => rule.id));
      const differences: string[] = [];
      const found = new Set<string>();
      for (const time of getInstants()) {
        const byMetrics = new Set<string>();
        for (const { rule, promql } of COMPARED) {
          for (const { labels } of await query(buildCondition(promql!()), time)) {
            byMetrics.add(keyOf(rule.id, labels));
          }
        }
        const byFacts = new Set<string>();
        for (const ref of await findObjects(time)) {
          const { findings } = diagnose(await findFacts(ref, time), time);
          findings
            .filter(({ rule }) => COMPARED.some((file) => file.rule.id === rule))
            .forEach(({ rule }) => byFacts.add(keyOf(rule, { ...ref })));
        }
        for (const key of new Set([...byMetrics, ...byFacts])) {
          found.add(key.split(' ')[0]);
          if (byMetrics.has(key) !== byFacts.has(key)) {
            const [rule] = key.split(' ');
            const text = `${new Date(time * 1000).toISOString()} ${key}: ${byFacts.has(key) ? 'only detect' : 'only PromQL'}`;
            if (explained.has(rule as RuleId)) {
              context.diagnostic(`explained: ${text}`);
            } else {
              differences.push(text);
            }
          }
        }
      }
      context.diagnostic(`rules that found something: ${[...found].join(', ')}`);
      assert.ok(found.size > 3);
      assert.deepEqual(differences, []);
    });

    test('recorded findings are the conditions at the same time, once for each thing', async (context) => {
      const time = getInstants().at(-1)!;
      const recorded = await query(FINDING, time);
      assert.ok(recorded.length > 3);
      assert.deepEqual(
        recorded.filter(({ value, labels }) => value !== 1 || !labels.rule || !labels.severity),
        []
      );
      const notHolding = new Set<string>();
      for (const { rule, promql } of RULE_FILES.filter((file) => file.promql)) {
        const { labels } = promql!();
        const identify = ({ labels: values }: Row) => labels.map((label) => values[label] ?? '').join(' ');
        const holding = async (at: number) => (await query(buildCondition(promql!()), at)).map(identify);
        const now = await holding(time);
        // In a history, a series that has ended is current for five minutes more; some rules are recorded every four.
        const lately = (await query(`last_over_time((${buildCondition(promql!())})[600s:15s])`, time)).map(identify);
        const found = recorded.filter((row) => row.labels.rule === rule.id).map(identify);
        // Some rules are recorded every four minutes, so that what has just begun to hold may not be there yet.
        const before = await holding(time - 300);
        const held = now.filter((each) => before.includes(each));
        assert.equal(held.length > 0 && found.length === 0, false, `${rule.id} holds and is not recorded`);
        const ended = found.filter((each) => !lately.includes(each));
        if (ended.length > 0) {
          context.diagnostic(`recorded and not holding: ${rule.id} ${ended.join(', ')}`);
          notHolding.add(rule.id);
        }
      }
      assert.deepEqual([...notHolding], [], 'recorded and not holding');
    });

    test('no list contradicts the judgement of an object, with what Prometheus records at that moment', async (context) => {
      const contradictions: string[] = [];
      const [listed, judged] = [new Set<string>(), new Set<string>()];
      for (const time of getInstants()) {
        // Recorded series of a history end five minutes late. The conditions themselves do not.
        const recorded: Row[] = [];
        for (const { rule, promql } of RULE_FILES.filter(({ rule: { id } }) =>
          RECORDED_RULES.some((each) => each.id === id)
        )) {
          const condition = buildCondition(promql!());
          const held = new Set(
            (await query(condition, time - rule.holdFor)).map(({ labels }) => keyOf(rule.id, labels))
          );
          for (const { labels } of await query(condition, time)) {
            recorded.push({
              labels: { ...labels, rule: rule.id, held: held.has(keyOf(rule.id, labels)) ? 'true' : '' },
              value: 1,
            });
          }
        }
        const pods = (await query(unhealthyWorkers(), time)).filter(({ labels }) => !labels.rule);
        const list = await buildResourceList(
          async (expr) => (expr === unhealthyWorkers() ? [...pods, ...recorded] : await query(expr, time)),
          time
        );
        for (const { kind, namespace, name, attention } of list) {
          const ref = { kind, namespace, name };
          const { verdict, findings } = judge(await findFacts(ref, time), time);
          if (verdict === 'failed' || verdict === 'stuck') {
            judged.add(`${kind} ${namespace}/${name}`);
          }
          if (attention.level === 'none') {
            continue;
          }
          listed.add(`${kind} ${namespace}/${name}`);
          // Between two tries of a job that keeps failing, both show the error, and only the page the new try.
          const isShown = findings.some(({ rule, severity }) => rule === attention.rule && severity === 'error');
          if (verdict !== LEVEL_VERDICTS[attention.level] && !isShown) {
            contradictions.push(
              `${new Date(time * 1000).toISOString()} ${kind} ${namespace}/${name}: ${attention.rule} in the list, ${verdict} ${findings.map(({ rule }) => rule).join(',')} on its page`
            );
          }
        }
      }
      context.diagnostic(`failing or stuck on a page: ${judged.size} objects, in the list: ${listed.size}`);
      assert.ok(listed.size > 3);
      assert.deepEqual(contradictions, []);
    });

    test('no judgement contradicts a recorded finding about the same object', async () => {
      const time = getInstants().at(-1)!;
      for (const ref of await findObjects(time)) {
        const judgement = judge(await findFacts(ref, time), time);
        const isStuck = ['failed', 'stuck'].includes(judgement.verdict);
        assert.equal(isStuck && judgement.findings.length === 0, false, JSON.stringify(judgement));
      }
    });
  });
}
