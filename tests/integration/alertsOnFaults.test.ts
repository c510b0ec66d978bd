/** Alerts on a simulated Sedna in which much is broken, collected by the real engines. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ALERTS } from '../../collection/alerts';
import type { Alert } from '../../collection/alerts/alert';
import { startDemo, type Demo } from '../../demo/native';
import { allTroubles } from '../../demo/sim/cast/troubles';
import { temporaryFolder } from './support/folder';

const HOURS = 3;

/** What each alert has to find at some time, as the label that names it. What has no fault here is in alerts.test.ts. */
const FOUND: ReadonlyArray<readonly [alert: string, object: string]> = [
  ['SednaStageFailed', 'fails-once'],
  ['SednaTriggerNotMet', 'waits-for-a-day'],
  ['SednaTriggerNever', 'trigger-never'],
  ['SednaDatasetFormat', 'dataset-format'],
  ['SednaWorkerGone', 'pod-gone'],
  ['SednaGlobalManagerUnresponsive', 'needs-gm'],
  ['SednaOlderModelUsed', 'train-report-lost'],
  ['SednaOlderModelUsed', 'eval-report-lost'],
  ['SednaStageSlow', 'train-hangs'],
  ['SednaInferenceErrors', 'inference-errors'],
  ['SednaInferenceSilent', 'inference-silent'],
  ['SednaKnowledgeBaseUnreachable', ''],
  ['SednaLocalControllerDisconnected', 'edge0'],
];

/** Objects that no alert may ever find. */
const WELL = ['well', 'half-open', 'needs-kb', 'needs-no-gm', 'cut-off', 'parquet-dataset', 'edge-node'];

const dir = temporaryFolder();
let demo: Demo;

before(async () => {
  demo = await startDemo({ dir: path.join(dir, 'demo'), hours: HOURS, cast: allTroubles });
});
after(() => demo?.stop());

/**
 * What an alert finds within the history for at least as many minutes as it has to hold. In the history a series that
 * ended is seen for some minutes more.
 */
async function found({ expr, for: holds }: Alert): Promise<string[]> {
  const query = `count_over_time((${expr})[${HOURS}h:1m]) > ${parseInt(holds, 10)}`;
  const response = await fetch(`${demo.prometheus.url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query, time: String(demo.liveSince.getTime() / 1000) }),
  });
  const { data, error } = (await response.json()) as {
    data?: { result: Array<{ metric: Record<string, string> }> };
    error?: string;
  };
  assert.ok(data, error);
  return data.result.map(({ metric }) => metric.name ?? metric.node ?? '');
}

test('each alert finds the faults that it is for, and nothing about what is well', async () => {
  const all = new Map<string, string[]>();
  for (const alert of ALERTS) {
    all.set(alert.name, await found(alert));
  }
  const missed = FOUND.filter(([alert, object]) => !all.get(alert)!.includes(object));
  assert.deepEqual(missed, [], JSON.stringify([...all]));
  const falseAlarms = [...all].flatMap(([alert, objects]) =>
    objects.filter((object) => WELL.includes(object)).map((object) => [alert, object])
  );
  assert.deepEqual(falseAlarms, []);
});
