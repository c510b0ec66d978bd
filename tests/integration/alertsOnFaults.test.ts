/** Alerts on a simulated Sedna in which much is broken, collected by the real engines. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ALERTS } from '../../collection/alerts';
import type { Alert } from '../../collection/alerts/alert';
import { waitFor } from '../../tools/engines';
import { getAlertObject, EXPECTED_AFTER_THE_END, EXPECTED_IN_FAULTS } from '../../simulator/scenarios/expectedAlerts';
import { startDemo, type Demo } from '../../simulator/demo/nativeDemo';
import { allFaults } from '../../simulator/scenarios/faults';
import { createTemporaryFolder } from './support/folder';

const HOURS = 3;

/** Objects that no alert may ever find. */
const WELL = ['well', 'unheard', 'half-open', 'needs-kb', 'needs-no-gm', 'cut-off', 'parquet-dataset', 'edge-node'];

const dir = createTemporaryFolder();
let demo: Demo;

before(async () => {
  demo = await startDemo({
    dir: path.join(dir, 'demo'),
    historyHours: HOURS,
    scenario: allFaults,
    nodesWithoutCollector: ['edge1'],
  });
});
after(() => demo?.stop());

interface Sample {
  metric: Record<string, string>;
}

/** Instant query at a Unix time, s; it may lie ahead. */
async function ask(query: string, time: number): Promise<Sample[]> {
  const response = await fetch(`${demo.prometheus.url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query, time: String(time) }),
  });
  const { data, error } = (await response.json()) as { data?: { result: Sample[] }; error?: string };
  assert.ok(data, error);
  return data.result;
}

/**
 * What an alert finds in some time for at least as many minutes as it has to hold. In the history a series that ended
 * is seen for some minutes more.
 * @param end Unix time, s
 */
const found = ({ expr, for: holds }: Alert, range: string, end: number): Promise<Sample[]> =>
  ask(`count_over_time((${expr})[${range}:1m]) > ${parseInt(holds, 10)}`, end);

test('each alert finds its scenarios, and no healthy object', async () => {
  const all = new Map<string, string[]>();
  for (const alert of ALERTS) {
    const results = await found(alert, `${HOURS}h`, demo.liveSince.getTime() / 1000);
    all.set(
      alert.name,
      results.map(({ metric }) => getAlertObject(metric))
    );
  }
  const missed = EXPECTED_IN_FAULTS.filter(([alert, object]) => !all.get(alert)!.includes(object));
  assert.deepEqual(missed, [], JSON.stringify([...all]));
  const falseAlarms = [...all].flatMap(([alert, objects]) =>
    objects.filter((object) => WELL.includes(object)).map((object) => [alert, object])
  );
  assert.deepEqual(falseAlarms, []);
});

test('the end of the collection is found', async () => {
  const now = () => Date.now() / 1000;
  const sources = 'count(sedna_exporter_source_last_success_timestamp_seconds)';
  await waitFor('the exporter to be scraped', async () => (await ask(sources, now())).length > 0);
  await Promise.all([demo.exporter.stop(), demo.kubeStateMetrics.stop()]);
  await waitFor('their end to be seen', async () => (await ask('count(up == 0) == 2', now())).length > 0, {
    timeoutMs: 120_000,
  });
  const ended = now();
  const afterwards = async (name: string) => {
    const results = await found(
      ALERTS.find((alert) => alert.name === name)!,
      '15m',
      ended + 900
    );
    return results.map(({ metric }) => metric.source ?? '').sort();
  };
  for (const [alert, sources] of EXPECTED_AFTER_THE_END) {
    assert.deepEqual(await afterwards(alert), sources, alert);
  }
});
