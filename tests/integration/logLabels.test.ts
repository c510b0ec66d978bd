import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProcessGroup, startLoki, waitFor, type ManagedProcess } from '../../tools/engines';
import { diagnosisLines } from '../../src/query/diagnosis';
import { getLogLabelNames, LOG_LABEL_CHOICES, type LogLabelNames } from '../../src/query/logs/logLabels';
import { logLines, logVolume } from '../../src/query/logs/logql';
import { contains, equals, oneOf } from '../../src/query/escape';
import { parseLogOrigin } from '../../src/sedna/logs';
import { createTemporaryFolder } from './support/folder';
import { queryLoki } from './support/queries';

/** What log collectors call a pod, on a real Loki: each world is recognised by its labels, and searched in its names. */

type Labels = Record<string, string>;
interface World {
  name: string;
  /** Labels of the stream, and structured metadata of the line, of a pod. */
  of: (pod: string) => { stream: Labels; metadata: Labels };
  chosen: LogLabelNames;
}

const WORLDS: World[] = [
  {
    name: 'streams (Promtail, Alloy, this project)',
    of: (pod) => ({ stream: { namespace: 'robots', pod, container: 'c', node: 'edge' }, metadata: {} }),
    chosen: LOG_LABEL_CHOICES.stream,
  },
  {
    name: 'structured metadata (the k8s-monitoring chart)',
    of: (pod) => ({ stream: { namespace: 'robots', container: 'c' }, metadata: { pod, node: 'edge' } }),
    chosen: LOG_LABEL_CHOICES.metadata,
  },
  {
    name: 'names of OpenTelemetry',
    of: (pod) => ({
      stream: { k8s_namespace_name: 'robots', k8s_pod_name: pod, k8s_container_name: 'c' },
      metadata: { k8s_node_name: 'edge' },
    }),
    chosen: LOG_LABEL_CHOICES.otel,
  },
];
const PODS = ['dog-train-x7k2p', 'dog-eval-q4w2z', 'cat-train-b6n8m'];
const TRACEBACK = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1';

for (const { name, of, chosen } of WORLDS) {
  test(`pods as ${name}`, async (context) => {
    const stack = new ProcessGroup();
    context.after(() => stack.stop());
    const loki: ManagedProcess = await stack.add(startLoki({ dir: createTemporaryFolder() }));
    const now = BigInt(Date.now()) * 1_000_000n;
    const response = await fetch(`${loki.url}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        streams: PODS.map((pod) => ({
          stream: of(pod).stream,
          values: [
            [String(now), `${pod} starts`, of(pod).metadata],
            [String(now + 1n), TRACEBACK, of(pod).metadata],
          ],
        })),
      }),
    });
    assert.equal(response.status, 204, await response.text());
    const labels = (path: string) =>
      fetch(`${loki.url}/loki/api/v1/${path}`).then(
        async (answer) => ((await answer.json()) as { data?: string[] }).data
      );
    await waitFor('the labels', async () => ((await labels('labels')) ?? []).length > 0);
    const names = getLogLabelNames((await labels('labels'))!);
    assert.deepEqual(names, chosen, 'found by itself as it would be chosen by hand');

    const podsOf = async (expr: string) =>
      (await queryLoki(loki.url, expr))
        .flatMap(({ labels: each, lines }) => lines.map(() => parseLogOrigin(each).pod))
        .sort();
    const within = equals('namespace', 'robots');
    const one = logLines({ matchers: [within, equals('pod', PODS[0])], keywords: [{ text: 'STARTS' }] }, names);
    assert.deepEqual(await podsOf(one), [PODS[0]]);
    const two = logLines({ matchers: [within, oneOf('pod', [PODS[0], PODS[2]])] }, names);
    assert.deepEqual(await podsOf(two), [PODS[2], PODS[2], PODS[0], PODS[0]]);
    const some = logLines({ matchers: [within, contains('pod', 'dog-')], levels: ['error'] }, names);
    assert.deepEqual(await podsOf(some), [PODS[1], PODS[0]]);
    const onNode = logLines({ matchers: [within, equals('node', 'edge'), equals('container', 'c')] }, names);
    assert.equal((await podsOf(onNode)).length, 2 * PODS.length);
    const elsewhere = logLines({ matchers: [within, equals('node', 'cloud')] }, names);
    assert.deepEqual(await podsOf(elsewhere), []);

    const ref = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } as const;
    const detected = await podsOf(diagnosisLines(ref, undefined, names)!);
    assert.deepEqual(detected, [PODS[1], PODS[0]], 'what tells the diagnosis something');

    const counted = logVolume({ matchers: [within] }, '1h', names);
    const answer = await fetch(`${loki.url}/loki/api/v1/query?${new URLSearchParams({ query: counted })}`);
    const { data } = (await answer.json()) as { data: { result: Array<{ metric: Labels; value: [number, string] }> } };
    const byLevel = Object.fromEntries(data.result.map(({ metric, value }) => [metric.detected_level, value[1]]));
    assert.deepEqual(byLevel, { error: '3', unknown: '3' });
  });
}
