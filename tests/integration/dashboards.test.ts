import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fetchText, waitFor } from '../../tools/engines';
import { DASHBOARDS } from '../../dashboards/generate';
import { startDemo, type Demo } from '../../simulator/demo/nativeDemo';
import { getVariable } from '../../src/query/dashboards';
import type { KindName } from '../../src/sedna/kinds';
import { getQueries, resolveVariables, type DashboardQuery } from './support/dashboards';
import { createTemporaryFolder } from './support/folder';
import { fetchObjects, recordInference } from './support/groundTruth';

/**
 * Every query of every dashboard, asked of the simulated Sedna's real Prometheus and Loki as Grafana asks it when a
 * dashboard is opened: each must give something.
 */

/** What may give nothing here, as `<dashboard's file>: <panel>`, and why. */
const EXPECTED_EMPTY: Readonly<Record<string, string>> = {
  'sedna-workers.json: CPU by worker': 'no cAdvisor runs here; the row is closed at first',
  'sedna-workers.json: Memory by worker': 'no cAdvisor runs here; the row is closed at first',
  'sedna-inference.json: Worker errors': 'inference of the simulated jobs goes well',
  'sedna-incremental.json: Worker errors': 'the incremental learning job of the demo goes well',
  'sedna-incremental.json: marks: Failures': 'the incremental learning job of the demo never fails',
  'sedna-incremental.json: Workers': 'the job has no worker while it waits for samples',
  'sedna-federated.json: Worker errors': 'the federated learning job that runs in the demo goes well',
  'sedna-joint-inference.json: Worker errors': 'the joint inference service of the demo goes well',
  'sedna-collection.json: Errors and skipped data by cause':
    'of its two columns, the second is empty where nothing was left out within the time range',
};

/** Dashboards with a variable for which All is not any text: names of objects of one kind. */
const KIND_BY_FILE: Readonly<Record<string, KindName>> = {
  'sedna-job.json': 'LifelongLearningJob',
  'sedna-incremental.json': 'IncrementalLearningJob',
  'sedna-federated.json': 'FederatedLearningJob',
  'sedna-joint-inference.json': 'JointInferenceService',
};

let demo: Demo;

before(async () => {
  demo = await startDemo({ dir: path.join(createTemporaryFolder(), 'demo'), historyHours: 1.3 });
  recordInference(demo.knowledgeBase);
});
after(() => demo?.stop());

const RANGE = 10_800;

async function fetchSelectedValues(file: string): Promise<Record<string, string>> {
  const kind = KIND_BY_FILE[file];
  const names = kind
    ? (await fetchObjects(demo.kubeconfig, `/apis/sedna.io/v1alpha1/${kind.toLowerCase()}s`)).map(
        ({ metadata }) => metadata.name as string
      )
    : [];
  return { metric: 'sedna_custom_Recall', ...(kind ? { [getVariable(kind)]: names.join('|') } : {}) };
}

/** How many series or streams a query gives. */
async function fetchResults(
  { source, expr, instant }: DashboardQuery,
  selected: Record<string, string>
): Promise<number> {
  const end = Math.floor(Date.now() / 1000);
  const query = resolveVariables(expr, selected);
  const times = { start: String(end - RANGE), end: String(end), step: source === 'loki' ? '60' : '15' };
  const url =
    source === 'loki'
      ? `${demo.loki.url}/loki/api/v1/query_range?${new URLSearchParams({ query, ...times, limit: '200' })}`
      : instant
        ? `${demo.prometheus.url}/api/v1/query?${new URLSearchParams({ query })}`
        : `${demo.prometheus.url}/api/v1/query_range?${new URLSearchParams({ query, ...times })}`;
  return (JSON.parse(await fetchText(url)) as { data: { result: unknown[] } }).data.result.length;
}

for (const file of Object.keys(DASHBOARDS)) {
  test(`${file}: every query gives something, or is listed with its reason`, { timeout: 600_000 }, async () => {
    const selected = await fetchSelectedValues(file);
    for (const query of getQueries(file)) {
      // At no time may a join fail, as where a status has just changed.
      await fetchResults({ ...query, instant: false }, selected);
      if (`${file}: ${query.title}` in EXPECTED_EMPTY) {
        continue;
      }
      // Loki's rules look at the minute before the last one, and recording rules build upon them.
      await waitFor(
        `"${query.title}" of ${file} to give something: ${resolveVariables(query.expr, selected)}`,
        async () => (await fetchResults(query, selected)) > 0,
        { timeoutMs: 300_000 }
      );
    }
  });
}

test('what is listed as empty is there', () => {
  const known = Object.keys(DASHBOARDS).flatMap((file) => getQueries(file).map(({ title }) => `${file}: ${title}`));
  assert.deepEqual(
    Object.keys(EXPECTED_EMPTY).filter((key) => !known.includes(key)),
    []
  );
});
