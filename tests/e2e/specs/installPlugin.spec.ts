import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ALERTS } from '../../../collection/alerts';
import { toBundledDashboard } from '../../../dashboards/bundled';
import { PROJECT_ROOT } from '../../../tools/projectRoot';
import { APP_PATH } from '../pages/urls';
import { EVALUATION_POLL, fetchAlertRules, isAwaitingEvaluation } from '../support/alertRules';
import { isNativeStack, startFreshGrafana } from '../support/control';
import { expect, test } from '../support/test';

const FOLDER = path.join(PROJECT_ROOT, 'provisioning', 'dashboards');
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(path.join(FOLDER, name), 'utf8'));

/** Provisioned dashboards, and bundled ones, which Grafana imports when it enables the app. */
const UIDS = [...FILES, ...FILES.map(toBundledDashboard)].map((text) => (JSON.parse(text) as { uid: string }).uid);

/** Logged for every plugin that is not signed, such as a local build. */
const UNSIGNED = /Plugin is unsigned|Permitting unsigned plugin/;

/** Parts of Grafana that read this project's files, rules, dashboards, data sources, and plugin. */
const RELATED = /sedna|provision|dashboard|datasource|ngalert|rule|plugin/i;

/** Migrations of Grafana's own database, and its requests to its own site. */
const UNRELATED = /logger=[\w.-]*(migrat|key_retriever)|Cluster-scoped/;

test.skip(!isNativeStack(), 'needs the native stack, beside which another Grafana can be started');

test('a fresh Grafana shows the app, all dashboards, and all alerts, and logs no warning', async ({
  page,
  request,
}) => {
  test.setTimeout(420_000);
  const { url, logFile } = await startFreshGrafana();

  const found = (await (await request.get(`${url}/api/search?type=dash-db&limit=200`)).json()) as Array<{
    uid: string;
  }>;
  expect(found.map(({ uid }) => uid)).toEqual(expect.arrayContaining(UIDS));

  expect((await fetchAlertRules(request, url)).map(({ name }) => name).sort()).toEqual(
    ALERTS.map(({ name }) => name).sort()
  );
  await expect
    .poll(async () => (await fetchAlertRules(request, url)).filter(isAwaitingEvaluation).length, EVALUATION_POLL)
    .toBe(0);
  expect((await fetchAlertRules(request, url)).filter((rule) => rule.health !== 'ok')).toEqual([]);

  await page.goto(`${url}${APP_PATH}`);
  await expect(page.getByRole('link', { name: 'atcii-classifier-demo' }).first()).toBeVisible();

  const lines = readFileSync(logFile, 'utf8').split('\n');
  expect(lines.filter((line) => UNSIGNED.test(line))).not.toEqual([]);
  const warnings = lines.filter(
    (line) => /level=(warn|error)/.test(line) && RELATED.test(line) && !UNRELATED.test(line) && !UNSIGNED.test(line)
  );
  expect(warnings).toEqual([]);
});
