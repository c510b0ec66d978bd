import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { BASE_URL, ROUTES } from '../../src/sedna/appPaths';
import { findMetric } from '../../src/sedna/catalog';
import { RULE_IDS, RULES, type RuleId } from '../../src/sedna/diagnosis';
import { ALERTS } from '.';
import { fill, goTemplate } from './alert';
import { GRAFANA_FILE, grafanaProvisioning } from './grafana';
import { PROMETHEUS_FILE, prometheusGroups } from './prometheus';

const RUNBOOKS = path.join(__dirname, '..', '..', 'docs', 'runbooks');
/** Rules of the diagnosis of which no alert tells, with the reason. */
const NOT_ALERTED: Readonly<Partial<Record<RuleId, string>>> = {
  'dataset-unread': 'SednaDatasetUnread fires for the dataset itself',
  'pod-refused': 'only log lines tell the reason; SednaJobNoProgress fires for the same job',
  'index-not-updated': 'only log lines tell the job; SednaKnowledgeBaseFilesLost fires for the same cause',
  'workers-failed': 'a job or service that goes on in spite of it is well',
};

const names = ALERTS.map(({ name }) => name);

describe('alerts', () => {
  test('have names of their own that say whose they are', () => {
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(
      names.filter((name) => !/^Sedna([A-Z][a-z]+)+$/.test(name)),
      []
    );
  });

  test('tell of every rule of the diagnosis, or it is said why not', () => {
    const told = new Set(ALERTS.flatMap(({ rule }) => rule ?? []));
    assert.deepEqual(
      RULE_IDS.filter((rule) => told.has(rule) === Object.hasOwn(NOT_ALERTED, rule)),
      []
    );
  });

  test('are as severe as the rule of the diagnosis', () => {
    for (const { name, rule, severity } of ALERTS.filter((alert) => alert.rule)) {
      const expected = { error: 'critical', warning: 'warning' }[RULES.find(({ id }) => id === rule)!.severity];
      assert.equal(severity, expected, name);
    }
  });

  test('read metrics that are in the catalogue, and custom ones', () => {
    const read = ALERTS.flatMap(({ expr }) => expr.match(/\bsedna[_:][a-z_:]+/g) ?? []);
    assert.deepEqual(
      [...new Set(read)].filter((metric) => !findMetric(metric)),
      []
    );
  });

  test('lead to a page of the app', () => {
    for (const { name, link } of ALERTS) {
      const [, page] = link.match(new RegExp(`^${BASE_URL}/([a-z-]+)(/|$)`)) ?? [];
      assert.ok(page && Object.hasOwn(ROUTES, page), `${name}: ${link}`);
    }
  });
});

describe('runbooks', () => {
  test('there is one for each alert, and no other', () =>
    assert.deepEqual(readdirSync(RUNBOOKS).sort(), names.map((name) => `${name}.md`).sort()));

  for (const name of names) {
    test(`${name}: what it means, where to look, what to do`, () => {
      const text = readFileSync(path.join(RUNBOOKS, `${name}.md`), 'utf8');
      const headings = text.split('\n').filter((line) => line.startsWith('#'));
      assert.deepEqual(headings, [`# ${name}`, '## What it means', '## Where to look in Sedna Ops', '## What to do']);
      for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
        assert.ok(names.includes(target.replace(/\.md$/, '')), target);
      }
    });
  }
});

test('a text takes labels and values, each in the words of the engine', () =>
  assert.equal(
    fill('{name} for {value:duration}', goTemplate('.Values.A')),
    '{{ index .Labels "name" }} for {{ with .Values.A }}{{ .Value | humanizeDuration }}{{ end }}'
  ));

describe('what Grafana is given', () => {
  const rules = grafanaProvisioning().groups.flatMap((group) => group.rules);

  test('has no dollar, which it might read as a variable of its environment', () =>
    assert.ok(!GRAFANA_FILE.content.includes('$')));

  test('identifies rules within what it takes', () => {
    assert.equal(new Set(rules.map(({ uid }) => uid)).size, names.length);
    assert.deepEqual(
      rules.filter(({ uid }) => !/^[a-z][a-z-]{0,39}$/.test(uid)).map(({ uid }) => uid),
      []
    );
  });

  test('is silent without data, and tells of a Prometheus that is away once', () => {
    assert.ok(rules.every(({ noDataState }) => noDataState === 'OK'));
    assert.deepEqual(
      rules.filter(({ execErrState }) => execErrState !== 'KeepLast').map(({ title }) => title),
      ['SednaResourcesStale']
    );
  });

  test('is the same as what Prometheus is given', () => {
    const forms = (texts: Array<[string, string, string, Readonly<Record<string, string>>]>) => texts.sort();
    assert.deepEqual(
      forms(rules.map(({ title, for: holds, data, labels }) => [title, holds, String(data[0].model.expr), labels])),
      forms(
        prometheusGroups().flatMap((group) =>
          group.rules.map(({ alert, for: holds, expr, labels }): [string, string, string, typeof labels] => [
            alert,
            holds,
            expr.replaceAll('$', '\\u0024'),
            labels,
          ])
        )
      )
    );
  });
});

test('Prometheus fills texts from labels and the value itself', () => {
  assert.match(PROMETHEUS_FILE.content, /summary: .*\{\{ with \. \}\}\{\{ \.Value \| humanizeDuration \}\}/);
  assert.ok(!PROMETHEUS_FILE.content.includes('.Values'));
});
