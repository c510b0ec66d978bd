import { ALERTS } from '../../collection/alerts';
import { DATA_SOURCE_UID } from '../../collection/alerts/grafana';
import { getAlertObject, EXPECTED_IN_SCENARIOS } from '../../simulator/scenarios/expectedAlerts';
import { RARE_ALERTS, fetchRules, SOON, waits, type Rule } from './alertRules';
import { expect, test } from './support';

/** The provisioned alerts, as Grafana itself evaluates them over the simulated Sedna. */

/** Instances that fire, or wait until they have held for long enough. */
const active = ({ alerts = [] }: Rule) => alerts.filter(({ state }) => /^(Alerting|Pending)/.test(state));

test('every alert is provisioned, evaluated without an error, and finds the fault that it is for', async ({
  request,
}) => {
  test.setTimeout(300_000);
  expect((await fetchRules(request)).map(({ name }) => name).sort()).toEqual(ALERTS.map(({ name }) => name).sort());
  await expect.poll(async () => (await fetchRules(request)).filter(waits).length, SOON).toBe(0);
  for (const { name, expr } of RARE_ALERTS) {
    const queries = [{ refId: 'A', datasource: { uid: DATA_SOURCE_UID }, expr, instant: true }];
    const answer = await request.post('/api/ds/query', { data: { queries, from: 'now-5m', to: 'now' } });
    expect(answer.status(), name).toBe(200);
  }

  const rules = await fetchRules(request);
  expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  const found = rules.flatMap((rule) => active(rule).map(({ labels }) => `${rule.name} ${getAlertObject(labels)}`));
  for (const [alert, object] of EXPECTED_IN_SCENARIOS) {
    expect(found).toContain(`${alert} ${object}`);
  }
  expect(found.filter((each) => / (odd-|robo-demo)/.test(each))).toEqual([]);
});

test('an alert fires, in words that name what it is about, and leads to its runbook and into the app', async ({
  page,
  request,
}) => {
  test.setTimeout(300_000);
  const jobFailed = async () => (await fetchRules(request)).find(({ name }) => name === 'SednaJobFailed')!;
  await expect.poll(async () => (await jobFailed()).state, SOON).toBe('firing');

  for (const { annotations } of (await fetchRules(request)).flatMap(active)) {
    expect(annotations.summary).not.toMatch(/\$|\{\{|<no value>|\[no value\]|%!|NaN| {2}| \/|\/ | [.:,]/);
    expect(annotations.sedna_ops_url).not.toMatch(/\$|\{\{|value>|\/\/[^/]*\/.*\/\//);
  }
  const fired = active(await jobFailed()).find(({ labels }) => labels.name === 'yolo-v5-broken')!;
  expect(fired.labels).toMatchObject({ severity: 'critical', app: 'sedna-ops', namespace: 'default' });
  expect(fired.annotations.summary).toBe('FederatedLearningJob default/yolo-v5-broken has failed.');
  const runbook = await request.get(new URL(fired.annotations.runbook_url).pathname);
  expect(await runbook.text()).toContain('# SednaJobFailed');
  await page.goto(new URL(fired.annotations.sedna_ops_url).pathname);
  await expect(page.getByRole('heading', { name: 'yolo-v5-broken' }).first()).toBeVisible();
});
