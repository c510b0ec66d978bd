import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildMetricExpression } from '../../src/query/metrics';
import { ANY_METRIC_TARGET } from '../../src/sedna/catalog/metricTarget';
import { createTemporaryFolder } from './support/folder';
import { testWithEachPromtool, type Promtool } from './support/promtool';

/** Checks how the Metrics page draws event counters, with promtool. */

const METRIC = 'sedna_job_condition_transitions_total';
const LABELS = '{condition="Failed"}';

/** Values of a series that is scraped every minute, and the expected increase per minute from the second one on. */
const CASES: Array<{ behavior: string; values: string; drawn: number[] }> = [
  {
    behavior: 'each condition once, in the step in which it was seen',
    values: '0 0 1 1 1 3 3',
    drawn: [0, 1, 0, 0, 2, 0],
  },
  { behavior: 'nothing for what was there before', values: '_ 57 57 58', drawn: [0, 1] },
  { behavior: 'nothing below 0 where a job begins anew', values: '4 4 0 0 1', drawn: [0, 0, 0, 1] },
];

function check(
  promtool: Promtool,
  values: string,
  tests: Array<{ expr: string; time: number; value: number }>
): Promise<void> {
  const file = path.join(createTemporaryFolder(), 'growth.json');
  const promql_expr_test = tests.map(({ expr, time, value }) => ({
    expr,
    eval_time: `${time}s`,
    exp_samples: [{ labels: LABELS, value }],
  }));
  const input_series = [{ series: METRIC + LABELS, values }];
  // JSON is valid YAML.
  writeFileSync(file, JSON.stringify({ tests: [{ interval: '1m', input_series, promql_expr_test }] }));
  return promtool(['test', 'rules', file]);
}

const drawnIn = (step: number, before = 0) =>
  buildMetricExpression(METRIC, { target: ANY_METRIC_TARGET, before }).replaceAll('$__interval', `${step}s`);

for (const { behavior, values, drawn } of CASES) {
  const first = values.split(' ').length - drawn.length;
  testWithEachPromtool(`an event counter shows ${behavior}`, (promtool) =>
    check(
      promtool,
      values,
      drawn.map((value, minute) => ({ expr: drawnIn(60), time: (first + minute) * 60, value }))
    )
  );

  testWithEachPromtool(`the increases of an event counter add up for any step: ${behavior}`, (promtool) => {
    const total = drawn.reduce((a, b) => a + b, 0);
    const end = values.split(' ').length * 60;
    return check(
      promtool,
      values,
      [15, 30, 60, 120].flatMap((step) => [
        { expr: `sum_over_time((${drawnIn(step)})[${end}s:${step}s])`, time: end, value: total },
        { expr: `sum_over_time((${drawnIn(step, 3600)})[${end}s:${step}s])`, time: end + 3600, value: total },
      ])
    );
  });
}
