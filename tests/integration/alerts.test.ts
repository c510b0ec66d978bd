/** What alerts fire for, and for what not: `promtool test rules` over series as a cluster gives them. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { ALERT_GROUPS, ALERTS } from '../../collection/alerts';
import { PROMETHEUS_ALERTS } from '../../collection/alerts/prometheus';
import { findBinary } from '../../collection/native';
import { GROUPS } from '../../collection/prometheus/rules';
import { FAULTS } from './support/alertFaults';
import { healthyClusters, HEALTHY_HOURS } from './support/alertHealthy';
import type { InputSeries } from './support/alertScenarios';
import { temporaryFolder } from './support/folder';
import assert from 'node:assert/strict';

const RULES = path.join(__dirname, '..', '..', 'collection', 'prometheus', 'rules', 'sedna.yaml');
const dir = temporaryFolder();

/** Labels by which tests tell alerts apart. */
const TOLD_BY = ['alertname', 'cluster', 'name', 'node', 'source', 'file', 'metric'];

interface Expectation {
  expr: string;
  eval_time: string;
  exp_samples: Array<{ labels: string; value: number }>;
}

async function promtool(
  name: string,
  input: readonly InputSeries[],
  expected: readonly Expectation[],
  interval = '1m'
): Promise<void> {
  const file = path.join(dir, `${name}.yaml`);
  const order = [...GROUPS.map((group) => group.name), ...ALERT_GROUPS.map((group) => `${group.name}-alerts`)];
  const tests = [{ name, interval: '1m', input_series: input, promql_expr_test: expected }];
  writeFileSync(
    file,
    stringify({ rule_files: [RULES, PROMETHEUS_ALERTS], evaluation_interval: interval, group_eval_order: order, tests })
  );
  try {
    await promisify(execFile)(findBinary('promtool'), ['test', 'rules', file], { maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout}${stderr}`.slice(0, 6000));
  }
}

const labelText = (labels: Readonly<Record<string, string>>) =>
  `{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')}}`;

/** Exactly these alerts fire at a minute. */
const firing = (minute: number, alerts: ReadonlyArray<Readonly<Record<string, string>>>): Expectation => ({
  expr: `group by (${TOLD_BY.join(', ')}) (ALERTS{alertstate="firing"})`,
  eval_time: `${minute}m`,
  exp_samples: alerts.map((labels) => ({ labels: labelText(labels), value: 1 })),
});

describe('each alert', () => {
  for (const { name, input, expected } of FAULTS) {
    test(`${name}: fires and does not fire when it should`, () =>
      promtool(
        name,
        input,
        expected.map(([minute, ...alerts]) => firing(minute, alerts))
      ));
  }

  test('has a case in which it fires', () => {
    const fired = new Set(
      FAULTS.flatMap(({ expected }) => expected.flatMap(([, ...alerts]) => alerts)).map((a) => a.alertname)
    );
    assert.deepEqual(
      ALERTS.map(({ name }) => name).filter((name) => !fired.has(name)),
      []
    );
  });
});

test(`clusters that are healthy in odd ways: ${HEALTHY_HOURS} hours without an alert`, () =>
  promtool(
    'healthy',
    healthyClusters(),
    [
      {
        expr: `group by (${TOLD_BY.join(', ')}) (max_over_time(ALERTS{alertstate="firing"}[${HEALTHY_HOURS}h]))`,
        eval_time: `${HEALTHY_HOURS}h`,
        exp_samples: [],
      },
      // That rules were evaluated at all.
      {
        expr: 'count(sedna:job_info{name="six-hours"})',
        eval_time: `${HEALTHY_HOURS}h`,
        exp_samples: [{ labels: '{}', value: 2 }],
      },
    ],
    '2m'
  ));
