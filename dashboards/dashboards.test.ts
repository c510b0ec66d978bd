import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parser } from '@prometheus-io/lezer-promql';
import { getQueries, resolveVariables } from '../tests/integration/support/dashboards';
import { toBundledDashboard, BUNDLED_FOLDER } from './bundled';
import { DASHBOARDS, FOLDER, findStaleFiles } from './generate';

interface AnyPanel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: unknown[];
  panels?: AnyPanel[];
  repeat?: string;
}

/** Maximum number of queries when a dashboard is opened. */
const MAX_QUERIES = 20;
/** Number of values that the demo has for a variable that repeats a panel. */
const REPEATS: Readonly<Record<string, number>> = { metric: 2 };

const files = Object.keys(DASHBOARDS);
const pluginJson = JSON.parse(readFileSync(path.join(__dirname, '..', 'src', 'plugin.json'), 'utf8')) as {
  includes: Array<{ type: string; name: string; path: string }>;
};
const getPanels = (file: string) => (DASHBOARDS[file]().panels ?? []) as unknown as AnyPanel[];
const bundled = (file: string) => JSON.parse(toBundledDashboard(readFileSync(path.join(FOLDER, file), 'utf8')));

test('the committed dashboards are up to date', () => {
  assert.deepEqual(findStaleFiles(), [], 'run "npm run generate:dashboards" and commit the result');
});

test('dashboards have unique uids and titles', () => {
  for (const key of ['uid', 'title'] as const) {
    assert.equal(new Set(files.map((file) => DASHBOARDS[file]()[key])).size, files.length, key);
  }
});

for (const file of files) {
  test(`${file} uses only data source variables and can be imported on its own`, () => {
    const dashboard = DASHBOARDS[file]();
    const uids = [...JSON.stringify(dashboard).matchAll(/"uid":"([^"]*)"/g)].map(([, uid]) => uid);
    const allowed = new Set(['${prometheus}', '${loki}', dashboard.uid]);
    assert.deepEqual(
      uids.filter((uid) => !allowed.has(uid)),
      []
    );
    const variables = (dashboard.templating?.list ?? []).map(({ name }) => name);
    for (const [, name] of JSON.stringify(dashboard).matchAll(/"uid":"\$\{(\w+)\}"/g)) {
      assert.ok(variables.includes(name), `there is no variable ${name}`);
    }
    assert.ok(!('__inputs' in dashboard));
  });

  test(`${file} has full rows without overlaps, and every panel has a title and a description`, () => {
    const cells = new Set<string>();
    const widths = new Map<number, number>();
    for (const { type, title, description, gridPos, repeat } of getPanels(file)) {
      assert.ok(title);
      assert.ok(type === 'row' || description, title);
      widths.set(gridPos.y, (widths.get(gridPos.y) ?? 0) + (repeat ? 24 : gridPos.w));
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          assert.ok(!cells.has(`${x},${y}`), `${title} overlaps another panel`);
          cells.add(`${x},${y}`);
        }
      }
    }
    assert.deepEqual([...new Set(widths.values())], [24]);
  });

  test(`${file} sends at most ${MAX_QUERIES} queries when opened`, () => {
    const { templating, annotations } = DASHBOARDS[file]();
    const panelQueries = getPanels(file)
      .map(({ targets = [], repeat }) => targets.length * (repeat ? REPEATS[repeat] : 1))
      .reduce((sum, count) => sum + count, 0);
    const variableQueries = (templating?.list ?? []).filter(({ type }) => type === 'query').length;
    const annotationQueries = (annotations?.list ?? []).filter(({ enable }) => enable).length;
    const all = panelQueries + variableQueries + annotationQueries;
    assert.ok(all <= MAX_QUERIES, `${all} queries`);
  });

  test(`${file} has valid PromQL that keeps the cluster label`, () => {
    for (const { title, expr, source } of getQueries(file)) {
      const promql = resolveVariables(expr);
      if (source === 'prometheus') {
        parser.configure({ strict: true }).parse(promql);
        for (const [by] of promql.matchAll(/\bby \([^)]*\)/g)) {
          assert.match(by, /\bcluster\b/, title);
        }
      }
    }
  });

  test(`${file} is bundled with the plugin and can coexist with the provisioned one`, () => {
    const provisioned = DASHBOARDS[file]();
    const included = pluginJson.includes.find((each) => each.path === `${BUNDLED_FOLDER}/${file}`);
    const { uid, title, tags, links, revision } = bundled(file);
    assert.equal(included?.type, 'dashboard');
    assert.equal(included?.name, title);
    assert.notEqual(uid, provisioned.uid);
    assert.notEqual(title, provisioned.title);
    assert.ok(revision > 0);
    // Each set links only to its own dashboards.
    const ownTags = provisioned.tags ?? [];
    assert.ok(!tags.some((tag: string) => ownTags.includes(tag)));
    assert.deepEqual(links.find(({ type }: { type: string }) => type === 'dashboards').tags, tags);
    assert.ok(!JSON.stringify(bundled(file)).includes('sedna-ops-'));
  });
}

test('the plugin includes exactly these dashboards', () => {
  const included = pluginJson.includes.filter(({ type }) => type === 'dashboard').map((each) => each.path);
  assert.deepEqual(included.sort(), files.map((file) => `${BUNDLED_FOLDER}/${file}`).sort());
});

test('the revision of a bundled dashboard changes with its content', () => {
  const text = readFileSync(path.join(FOLDER, files[0]), 'utf8');
  const changed = text.replace('"now-3h"', '"now-6h"');
  assert.notEqual(changed, text);
  assert.notEqual(JSON.parse(toBundledDashboard(text)).revision, JSON.parse(toBundledDashboard(changed)).revision);
  assert.equal(toBundledDashboard(text), toBundledDashboard(text));
});

test('the documentation shows each dashboard', () => {
  const text = readFileSync(path.join(__dirname, '..', 'docs', 'use', 'dashboards.md'), 'utf8');
  for (const file of files) {
    const image =
      file === 'sedna-overview.json' ? 'dashboard.png' : file.replace(/^sedna-(.*)\.json$/, 'dashboard-$1.png');
    assert.ok(text.includes(`(../images/${image})`), `${image} is not in docs/use/dashboards.md`);
    assert.ok(
      existsSync(path.join(__dirname, '..', 'docs', 'images', image)),
      `there is no ${image}: make screenshots`
    );
  }
});
