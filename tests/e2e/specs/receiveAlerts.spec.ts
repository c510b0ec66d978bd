import { ALERTS } from '../../../collection/alerts';
import { DATA_SOURCE_UID } from '../../../collection/alerts/grafana';
import { getAlertObject, EXPECTED_IN_SCENARIOS } from '../../../simulator/scenarios/expectedAlerts';
import {
  EVALUATION_POLL,
  fetchAlertRules,
  isAwaitingEvaluation,
  RARE_ALERTS,
  type AlertRule,
} from '../support/alertRules';
import { expect, test } from '../support/test';

/** Returns the instances that fire, or are pending until their condition has held long enough. */
const getActiveInstances = ({ alerts = [] }: AlertRule) =>
  alerts.filter(({ state }) => /^(Alerting|Pending)/.test(state));

test('every provisioned alert is evaluated without an error and finds its fault', async ({ request }) => {
  test.setTimeout(300_000);
  expect((await fetchAlertRules(request)).map(({ name }) => name).sort()).toEqual(
    ALERTS.map(({ name }) => name).sort()
  );
  await expect
    .poll(async () => (await fetchAlertRules(request)).filter(isAwaitingEvaluation).length, EVALUATION_POLL)
    .toBe(0);
  for (const { name, expr } of RARE_ALERTS) {
    const queries = [{ refId: 'A', datasource: { uid: DATA_SOURCE_UID }, expr, instant: true }];
    const response = await request.post('/api/ds/query', { data: { queries, from: 'now-5m', to: 'now' } });
    expect(response.status(), name).toBe(200);
  }

  // A server that another spec stopped leaves errors until the next evaluation.
  await expect
    .poll(async () => (await fetchAlertRules(request)).filter(({ health }) => health !== 'ok'), EVALUATION_POLL)
    .toEqual([]);
  const rules = await fetchAlertRules(request);
  const found = rules.flatMap((rule) =>
    getActiveInstances(rule).map(({ labels }) => `${rule.name} ${getAlertObject(labels)}`)
  );
  for (const [alert, object] of EXPECTED_IN_SCENARIOS) {
    expect(found).toContain(`${alert} ${object}`);
  }
  expect(found.filter((each) => / (odd-|robo-demo)/.test(each))).toEqual([]);
});

test('a firing alert names its object and links to its runbook and the app', async ({ page, request, resource }) => {
  test.setTimeout(300_000);
  const fetchJobFailed = async () => (await fetchAlertRules(request)).find(({ name }) => name === 'SednaJobFailed')!;
  await expect.poll(async () => (await fetchJobFailed()).state, EVALUATION_POLL).toBe('firing');

  for (const { annotations } of (await fetchAlertRules(request)).flatMap(getActiveInstances)) {
    expect(annotations.summary).not.toMatch(/\$|\{\{|<no value>|\[no value\]|%!|NaN| {2}| \/|\/ | [.:,]/);
    expect(annotations.sedna_ops_url).not.toMatch(/\$|\{\{|value>|\/\/[^/]*\/.*\/\//);
  }
  const firing = getActiveInstances(await fetchJobFailed()).find(({ labels }) => labels.name === 'yolo-v5-broken')!;
  expect(firing.labels).toMatchObject({ severity: 'critical', app: 'sedna-ops', namespace: 'default' });
  expect(firing.annotations.summary).toBe('FederatedLearningJob default/yolo-v5-broken has failed.');
  const runbook = await request.get(new URL(firing.annotations.runbook_url).pathname);
  expect(await runbook.text()).toContain('# SednaJobFailed');
  await page.goto(new URL(firing.annotations.sedna_ops_url).pathname);
  await expect(resource.getHeading('yolo-v5-broken')).toBeVisible();
});
