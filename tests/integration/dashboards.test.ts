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

/** Sends every query of every dashboard to the Prometheus and Loki of the demo, as Grafana does when it opens a dashboard. */

/** Reasons for queries without data in the demo, by `<file of the dashboard>: <panel>`. */
const EXPECTED_EMPTY: Readonly<Record<string, string>> = {
  'sedna-workers.json: CPU by worker': 'the demo has no cAdvisor, and the row is collapsed by default',
  'sedna-workers.json: Memory by worker': 'the demo has no cAdvisor, and the row is collapsed by default',
  'sedna-inference.json: Worker errors': 'inference of the simulated jobs has no errors',
  'sedna-incremental.json: Worker errors': 'the incremental learning job of the demo has no errors',
  'sedna-incremental.json: marks: Failures': 'the incremental learning job of the demo never fails',
  'sedna-incremental.json: Workers': 'the job has no workers while it waits for samples',
  'sedna-federated.json: Worker errors': 'the running federated learning job of the demo has no errors',
  'sedna-joint-inference.json: Worker errors': 'the joint inference service of the demo has no errors',
  'sedna-joint-inference.json: Worker metrics': 'Sedna never records them',
  'sedna-joint-inference.json: Inferred samples and hard examples': 'Sedna never records them',
  'sedna-joint-inference.json: Share of samples sent to the cloud': 'Sedna never records them',
  'sedna-collection.json: Errors and skipped data by cause':
    'the second column is empty if no data was skipped in the time range',
};

/** Kinds of dashboards with a variable for objects of one kind, whose All isn't a wildcard. */
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

/** Returns the number of series or streams in the result of a query. */
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
  test(`every query of ${file} returns data, or is listed with a reason`, { timeout: 600_000 }, async () => {
    const selected = await fetchSelectedValues(file);
    for (const query of getQueries(file)) {
      // A range query checks that joins never fail, such as right after a status changed.
      await fetchResults({ ...query, instant: false }, selected);
      if (`${file}: ${query.title}` in EXPECTED_EMPTY) {
        continue;
      }
      // Loki rules cover the minute before the last one, and recording rules depend on them.
      await waitFor(
        `"${query.title}" of ${file} to return data: ${resolveVariables(query.expr, selected)}`,
        async () => (await fetchResults(query, selected)) > 0,
        { timeoutMs: 300_000 }
      );
    }
  });
}

test('every query that is listed as empty exists', () => {
  const known = Object.keys(DASHBOARDS).flatMap((file) => getQueries(file).map(({ title }) => `${file}: ${title}`));
  assert.deepEqual(
    Object.keys(EXPECTED_EMPTY).filter((key) => !known.includes(key)),
    []
  );
});
