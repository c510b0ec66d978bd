import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { BASE_URL, ROUTES } from '../../src/sedna/appPaths';
import { findMetric } from '../../src/sedna/catalog';
import { RULE_FILES } from '../../src/sedna/diagnosis/rules/files';
import { RULE_IDS, RULES } from '../../src/sedna/diagnosis';
import { ALERTS } from '.';
import { GO_TEMPLATE, renderTemplate } from './alert';
import { GRAFANA_FILE, grafanaProvisioning } from './grafana';
import { PROMETHEUS_FILE, prometheusGroups } from './prometheus';

const RUNBOOKS = path.join(__dirname, '..', '..', 'docs', 'runbooks');
const names = ALERTS.map(({ name }) => name);

/** Names that were released: they are never renamed. */
const FROZEN_NAMES = [
  'SednaDatasetFormat',
  'SednaDatasetMissing',
  'SednaDatasetUnread',
  'SednaEdgeNodeOffline',
  'SednaEvaluationFell',
  'SednaExporterStale',
  'SednaGlobalManagerUnresponsive',
  'SednaInferenceErrors',
  'SednaInferenceSilent',
  'SednaJobFailed',
  'SednaJobFailingLoop',
  'SednaJobNoProgress',
  'SednaKnowledgeBaseFilesLost',
  'SednaKnowledgeBaseUnreachable',
  'SednaLocalControllerDisconnected',
  'SednaLogsStale',
  'SednaModelNotCopied',
  'SednaOlderModelUsed',
  'SednaReportLost',
  'SednaResourcesStale',
  'SednaStageFailed',
  'SednaStageSlow',
  'SednaTasksDropped',
  'SednaTriggerNever',
  'SednaTriggerNotMet',
  'SednaWorkerCrashLoop',
  'SednaWorkerGone',
  'SednaWorkerPending',
];

describe('alerts', () => {
  test('have unique names with the prefix Sedna', () => {
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(
      names.filter((name) => !/^Sedna([A-Z][a-z]+)+$/.test(name)),
      []
    );
  });

  test('keep their names, which users route and silence by', () =>
    assert.deepEqual(
      FROZEN_NAMES.filter((name) => !names.includes(name)),
      []
    ));

  test('exist for every rule, or the rule gives the reason and another runbook', () => {
    const alerted = new Set<string>(ALERTS.map(({ rule }) => rule));
    const explained = RULE_FILES.filter(({ noAlert }) => noAlert).map(({ rule }) => rule.id);
    assert.deepEqual(
      RULE_IDS.filter((rule) => alerted.has(rule) === explained.includes(rule)),
      []
    );
    for (const { noAlert } of RULE_FILES.filter((file) => file.noAlert)) {
      assert.match(noAlert!.reason, /^[A-Z].{20,}/);
    }
  });

  test('are as severe as their rule', () => {
    for (const { name, rule, severity } of ALERTS.filter((alert) => alert.rule)) {
      const expected = { error: 'critical', warning: 'warning', info: 'info' }[
        RULES.find(({ id }) => id === rule)!.severity
      ];
      assert.equal(severity, expected, name);
    }
  });

  test('read metrics that are in the catalog', () => {
    const conditions = RULE_FILES.flatMap(({ promql }) => promql?.().expr ?? []);
    const read = [...ALERTS.map(({ expr }) => expr), ...conditions].flatMap(
      (expr) => expr.match(/\bsedna[_:][a-z_:]+/g) ?? []
    );
    assert.ok(read.length > 100);
    assert.deepEqual(
      [...new Set(read)].filter((metric) => !findMetric(metric)),
      []
    );
  });

  test('link to a page of the app', () => {
    for (const { name, link } of ALERTS) {
      const [, page] = link.match(new RegExp(`^${BASE_URL}/([a-z-]+)(/|$)`)) ?? [];
      assert.ok(page && Object.hasOwn(ROUTES, page), `${name}: ${link}`);
    }
  });
});

describe('runbooks', () => {
  test('exist for each alert, and for nothing else', () =>
    assert.deepEqual(
      readdirSync(RUNBOOKS)
        .filter((name) => name.endsWith('.md'))
        .sort(),
      names.map((name) => `${name}.md`).sort()
    ));

  test('exist for rules without an alert that have one', () => {
    const withRunbook = RULE_FILES.filter(({ noAlert, runbook }) => noAlert && runbook).map(({ rule }) => rule.id);
    assert.deepEqual(readdirSync(path.join(RUNBOOKS, 'rules')).sort(), withRunbook.map((id) => `${id}.md`).sort());
  });

  for (const name of names) {
    test(`${name} has the four sections, and its links exist`, () => {
      const text = readFileSync(path.join(RUNBOOKS, `${name}.md`), 'utf8');
      const headings = text.split('\n').filter((line) => line.startsWith('#'));
      assert.deepEqual(headings, [`# ${name}`, '## Meaning', '## Impact', '## Diagnosis', '## Mitigation']);
      for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
        assert.ok(names.includes(target.replace(/\.md$/, '')), target);
      }
    });
  }
});

test('a text takes labels in the syntax of the engine', () =>
  assert.equal(
    renderTemplate('{kind} {name} failed', GO_TEMPLATE),
    '{{ index .Labels "kind" }} {{ index .Labels "name" }} failed'
  ));

describe('the provisioning of Grafana', () => {
  const rules = grafanaProvisioning().groups.flatMap((group) => group.rules);

  test('contains no dollar sign, which Grafana may read as a variable of its environment', () =>
    assert.ok(!GRAFANA_FILE.content.includes('$')));

  test('has unique uids that Grafana accepts', () => {
    assert.equal(new Set(rules.map(({ uid }) => uid)).size, names.length);
    assert.deepEqual(
      rules.filter(({ uid }) => !/^[a-z][a-z-]{0,39}$/.test(uid)).map(({ uid }) => uid),
      []
    );
  });

  test('is silent without data, and fires one alert for an unreachable Prometheus', () => {
    assert.ok(rules.every(({ noDataState }) => noDataState === 'OK'));
    assert.deepEqual(
      rules.filter(({ execErrState }) => execErrState !== 'KeepLast').map(({ title }) => title),
      ['SednaResourcesStale']
    );
  });

  test('has the same alerts as the rules of Prometheus', () => {
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

test('texts need labels only, because the value of a finding is always 1', () => {
  for (const { content } of [PROMETHEUS_FILE, GRAFANA_FILE]) {
    assert.match(content, /summary: .*\{\{ index \.Labels "kind" \}\}/);
    assert.ok(!content.includes('.Value'));
  }
});
