/** When alerts fire and when they don't: `promtool test rules` over the series of simulated clusters. */
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { stringify } from 'yaml';
import { ALERT_GROUPS, ALERTS } from '../../collection/alerts';
import { labelsIn } from '../../collection/alerts/alert';
import { PROMETHEUS_ALERTS } from '../../collection/alerts/prometheus';
import { GROUPS } from '../../collection/prometheus/rules';
import type { FaultCase } from './support/alerts/faultCase';
import { healthyClusters, HEALTHY_HOURS } from './support/alerts/healthy';
import type { InputSeries } from './support/alerts/series';
import { createTemporaryFolder } from './support/folder';
import { testWithEachPromtool, testWithPromtool, type Promtool } from './support/promtool';

const RULES = path.join(__dirname, '..', '..', 'collection', 'prometheus', 'rules', 'sedna.yaml');
const dir = createTemporaryFolder();

const FAULTS_FOLDER = path.join(__dirname, 'support', 'alerts', 'faults');

/** The cases of each file in the folder. */
const FAULT_FILES = readdirSync(FAULTS_FOLDER).map(
  (name) => (require(path.join(FAULTS_FOLDER, name)) as { faults: readonly FaultCase[] }).faults
);
const FAULTS = FAULT_FILES.flat();
/** Cases that also run with Prometheus 2: only one of each file, because a case takes seconds. */
const FAULTS_OF_FORMER = FAULT_FILES.map(([first]) => first);

/** Labels that identify an alert in a test. */
const IDENTIFIED_BY = ['alertname', 'cluster', 'name', 'node', 'source', 'file', 'metric'];

interface Expectation {
  expr: string;
  eval_time: string;
  exp_samples: Array<{ labels: string; value: number }>;
}

function testRules(
  promtool: Promtool,
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
  return promtool(['test', 'rules', file]);
}

const labelText = (labels: Readonly<Record<string, string>>) =>
  `{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')}}`;

/** Exactly these alerts fire at a minute. */
const firing = (minute: number, alerts: ReadonlyArray<Readonly<Record<string, string>>>): Expectation => ({
  expr: `group by (${IDENTIFIED_BY.join(', ')}) (ALERTS{alertstate="firing"})`,
  eval_time: `${minute}m`,
  exp_samples: alerts.map((labels) => ({ labels: labelText(labels), value: 1 })),
});

/** An alert that fires has every label that its texts contain. */
const named = (minute: number, alertname: string): Expectation => {
  const { summary, description, link } = ALERTS.find(({ name }) => name === alertname)!;
  const labels = labelsIn(`${summary} ${description} ${link}`).map((label) => `, ${label}!=""`);
  return {
    expr: `group by (alertname) (ALERTS{alertname="${alertname}", alertstate="firing"${labels.join('')}})`,
    eval_time: `${minute}m`,
    exp_samples: [{ labels: labelText({ alertname }), value: 1 }],
  };
};

testWithEachPromtool('the alerts are valid', (promtool) => promtool(['check', 'rules', PROMETHEUS_ALERTS]));

describe('each alert', () => {
  for (const fault of FAULTS) {
    const { name, input, expected } = fault;
    const defineTest = FAULTS_OF_FORMER.includes(fault) ? testWithEachPromtool : testWithPromtool;
    defineTest(`fires when it should for ${name}`, (promtool) =>
      testRules(
        promtool,
        name,
        input,
        expected.flatMap(([minute, ...alerts]) => [
          firing(minute, alerts),
          ...alerts.map(({ alertname }) => named(minute, alertname)),
        ])
      )
    );
  }

  test('fires in at least one case', () => {
    const fired = new Set(
      FAULTS.flatMap(({ expected }) => expected.flatMap(([, ...alerts]) => alerts)).map((a) => a.alertname)
    );
    assert.deepEqual(
      ALERTS.map(({ name }) => name).filter((name) => !fired.has(name)),
      []
    );
  });
});

testWithPromtool(`no alert fires in ${HEALTHY_HOURS} hours of clusters that are healthy in odd ways`, (promtool) =>
  testRules(
    promtool,
    'healthy',
    healthyClusters(),
    [
      {
        expr: `group by (${IDENTIFIED_BY.join(', ')}) (max_over_time(ALERTS{alertstate="firing"}[${HEALTHY_HOURS}h]))`,
        eval_time: `${HEALTHY_HOURS}h`,
        exp_samples: [],
      },
      // Proves that rules were evaluated at all.
      {
        expr: 'count(sedna:job_info{name="six-hours"})',
        eval_time: `${HEALTHY_HOURS}h`,
        exp_samples: [{ labels: '{}', value: 2 }],
      },
    ],
    '2m'
  )
);
