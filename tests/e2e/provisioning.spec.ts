import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALERTS } from '../../collection/alerts';
import { toBundledDashboard } from '../../dashboards/bundled';
import { fetchRules, SOON, waits } from './alertRules';
import { canWriteFiles, freshGrafana } from './control';
import { APP, expect, test } from './support';

/** A Grafana that has nothing but provisioning/ and the plugin, before anybody has opened it. */

const FOLDER = join(__dirname, '..', '..', 'provisioning', 'dashboards');
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => readFileSync(join(FOLDER, name), 'utf8'));

/** Those that are provisioned, and those of the app, which Grafana imports by itself when it enables the app. */
const UIDS = [...FILES, ...FILES.map(toBundledDashboard)].map((text) => (JSON.parse(text) as { uid: string }).uid);

/** Said of a plugin that is not signed, as any that is built by hand. */
const UNSIGNED = /Plugin is unsigned|Permitting unsigned plugin/;

/** Parts of Grafana that read what is ours: files, rules, dashboards, data sources, the plugin. */
const OURS = /sedna|provision|dashboard|datasource|ngalert|rule|plugin/i;

/** Steps of Grafana's own database, and its look-ups on its own site. */
const OWN = /logger=[\w.-]*(migrat|key_retriever)|Cluster-scoped/;

test.skip(!canWriteFiles(), 'needs the native stack, beside which another Grafana can be started');

test('a fresh Grafana shows the app, all dashboards and all alerts, and warns of nothing', async ({
  page,
  request,
}) => {
  test.setTimeout(420_000);
  const { url, logFile } = await freshGrafana();

  const found = (await (await request.get(`${url}/api/search?type=dash-db&limit=200`)).json()) as Array<{
    uid: string;
  }>;
  expect(found.map(({ uid }) => uid)).toEqual(expect.arrayContaining(UIDS));

  expect((await fetchRules(request, url)).map(({ name }) => name).sort()).toEqual(
    ALERTS.map(({ name }) => name).sort()
  );
  await expect.poll(async () => (await fetchRules(request, url)).filter(waits).length, SOON).toBe(0);
  expect((await fetchRules(request, url)).filter((rule) => rule.health !== 'ok')).toEqual([]);

  await page.goto(`${url}${APP}`);
  await expect(page.getByRole('link', { name: 'atcii-classifier-demo' }).first()).toBeVisible();

  const said = readFileSync(logFile, 'utf8').split('\n');
  expect(said.filter((line) => UNSIGNED.test(line))).not.toEqual([]);
  const warnings = said.filter(
    (line) => /level=(warn|error)/.test(line) && OURS.test(line) && !OWN.test(line) && !UNSIGNED.test(line)
  );
  expect(warnings).toEqual([]);
});
