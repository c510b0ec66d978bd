/** Tests of recorded log lines, and of the metrics that rules make of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripAnsi } from '../../../../src/sedna/logs';
import { assertSame, getExisting, getStaged, onlyCurrent, perObject, type GetSedna } from './expected';

export function testLogs(sedna: GetSedna): void {
  test('every line of every container is in Loki', async () => {
    const range = Math.ceil((sedna().to.getTime() - sedna().recording.from) / 1000) + 60;
    const wanted = new Map<string, number>();
    for (const { time, namespace, pod, container, line } of sedna().recording.lines) {
      if (time <= Date.parse(sedna().expected.at)) {
        const key = `${namespace} ${pod} ${container}`;
        wanted.set(key, (wanted.get(key) ?? 0) + line.replace(/\r$/, '').length);
      }
    }
    const length = '{{ len (replace "\\n" "" (__line__)) }}';
    const search = `sum by (namespace, pod, container) (sum_over_time({namespace=~".+"} | label_format chars=\`${length}\` | unwrap chars [${range}s]))`;
    const body = (await (
      await fetch(
        `${sedna().loki.url}/loki/api/v1/query?${new URLSearchParams({ query: search, time: String(sedna().to.getTime() / 1000 + 30) })}`
      )
    ).json()) as { data: { result: Array<{ metric: Record<string, string>; value: [number, string] }> } };
    const found = new Map(
      body.data.result.map(({ metric, value }) => [
        `${metric.namespace} ${metric.pod} ${metric.container}`,
        Number(value[1]),
      ])
    );
    const missing = [...wanted].filter(([key, bytes]) => bytes > 0 && (found.get(key) ?? 0) < bytes);
    assert.deepEqual(
      missing.map(([key, bytes]) => `${key}: ${found.get(key) ?? 0} of ${bytes}`),
      []
    );
  });

  test('every line that is evidence is found by its pod, container, and time', async () => {
    const all = [...sedna().expected.platform, ...sedna().expected.objects.map(({ expected }) => expected)];
    const missing: string[] = [];
    for (const { file, time, text } of all.flatMap(({ evidence = [] }) => evidence)) {
      const [, namespace, pod, container] = /^logs\/([^_]+)_([^_]+)_[^/]+\/([^/]+)\//.exec(file ?? '') ?? [];
      if (text !== undefined && container !== undefined && Date.parse(time) <= Date.parse(sedna().expected.at)) {
        // A line within a traceback has the time of its first line.
        const stream = `{namespace="${namespace}", pod="${pod}", container="${container}"}`;
        const until = new Date(Date.parse(time) + 1000);
        const lines = await sedna().fetchLines(stream, until, 500);
        const found = lines.filter((line) => until.getTime() - line.time < 2000).map((line) => stripAnsi(line.text));
        if (!found.some((line) => line.includes(text))) {
          missing.push(`${time} ${pod}: ${text}`);
        }
      }
    }
    assert.deepEqual(missing, []);
  });

  test('task scores of the last evaluation, and its dropped tasks', async () => {
    const scored = getExisting(sedna()).filter(({ lastScores }) => (lastScores?.lines.length ?? 0) > 0);
    await assertSame(
      sedna(),
      onlyCurrent('sedna:task_score'),
      perObject(scored, ({ lastScores }) =>
        lastScores!.lines.flatMap(({ task, scores }) =>
          Object.entries(scores).map(([metric, value]) => ({ labels: { task, metric, pod: lastScores!.pod }, value }))
        )
      ),
      sedna().rulesTo
    );
    await assertSame(
      sedna(),
      onlyCurrent('sedna:task_deployable'),
      perObject(scored, ({ lastScores }) =>
        lastScores!.lines.map(({ task }) => ({
          labels: { task, pod: lastScores!.pod },
          value: lastScores!.dropped.includes(task) ? 0 : 1,
        }))
      ),
      sedna().rulesTo
    );
  });

  test('samples that were last taken in', async () => {
    for (const [stage, key] of [
      ['train', 'lastTrain'],
      ['eval', 'lastEval'],
    ] as const) {
      const expected = perObject(getStaged(sedna()), ({ samples }) =>
        samples?.[key] ? [{ labels: { stage, origin: 'log' }, value: samples[key].n }] : []
      );
      await assertSame(sedna(), `sedna:stage_samples{origin="log", stage="${stage}"}`, expected, sedna().rulesTo);
    }
  });
}
