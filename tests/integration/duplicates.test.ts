/**
 * Alerts over the series of two Prometheus replicas in one store without deduplication, such as Thanos or Mimir without
 * replica labels: each fires when it should, and once.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { ALERT_GROUPS } from '../../collection/alerts';
import { PROMETHEUS_ALERTS } from '../../collection/alerts/prometheus';
import { GROUPS } from '../../collection/prometheus/rules';
import type { FaultCase } from './support/alerts/faultCase';
import type { InputSeries } from './support/alerts/series';
import { createTemporaryFolder } from './support/folder';
import { testWithPromtool } from './support/promtool';

const RULES = path.join(__dirname, '..', '..', 'collection', 'prometheus', 'rules', 'sedna.yaml');
const FAULTS_FOLDER = path.join(__dirname, 'support', 'alerts', 'faults');

/** One case of each file, because a case takes seconds. */
const FAULTS = readdirSync(FAULTS_FOLDER).map(
  (name) => (require(path.join(FAULTS_FOLDER, name)) as { faults: readonly FaultCase[] }).faults[0]
);

/** Labels that identify an alert in a test. */
const IDENTIFIED_BY = ['alertname', 'cluster', 'name', 'node', 'source', 'file', 'metric'];

/** Returns each series twice, as the replicas with the values `a` and `b` of the label. */
const double = (input: readonly InputSeries[], label: string): InputSeries[] =>
  input.flatMap(({ series, values }) =>
    ['a', 'b'].map((replica) => {
      const [name, labels = ''] = series.split(/\{(.*)\}$/s);
      return { series: `${name}{${[`${label}="${replica}"`, labels].filter(Boolean).join(', ')}}`, values };
    })
  );

const formatLabels = (labels: Readonly<Record<string, string>>) =>
  `{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')}}`;

const dir = createTemporaryFolder();

for (const label of ['prometheus_replica', 'replica', 'anything']) {
  for (const { name, input, expected } of FAULTS) {
    testWithPromtool(`with replicas by the label ${label}, an alert fires once for ${name}`, (promtool) => {
      const file = path.join(dir, `${label} ${name}.yaml`);
      const test = {
        name,
        interval: '1m',
        input_series: double(input, label),
        promql_expr_test: expected.map(([minute, ...alerts]) => ({
          expr: `count by (${IDENTIFIED_BY.join(', ')}) (ALERTS{alertstate="firing"})`,
          eval_time: `${minute}m`,
          exp_samples: alerts.map((labels) => ({ labels: formatLabels(labels), value: 1 })),
        })),
      };
      const order = [...GROUPS.map((group) => group.name), ...ALERT_GROUPS.map((group) => `${group.name}-alerts`)];
      writeFileSync(
        file,
        stringify({
          rule_files: [RULES, PROMETHEUS_ALERTS],
          evaluation_interval: '1m',
          group_eval_order: order,
          tests: [test],
        })
      );
      return promtool(['test', 'rules', file]);
    });
  }
}
