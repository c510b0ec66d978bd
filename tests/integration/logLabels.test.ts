import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProcessGroup, startLoki, waitFor, type ManagedProcess } from '../../tools/engines';
import { diagnosisLines } from '../../src/query/diagnosis';
import { getLogLabelNames, LOG_LABEL_CHOICES, LOG_LABELS, type LogLabelNames } from '../../src/query/logs/logLabels';
import { logLines, logVolume } from '../../src/query/logs/logql';
import { contains, equals, oneOf } from '../../src/query/escape';
import { parseLogOrigin } from '../../src/sedna/logs';
import { createTemporaryFolder } from './support/folder';
import { queryLoki } from './support/queries';

/** Checks the detection of log labels of different collectors, and searches with them, on a real Loki. */

type Labels = Record<string, string>;
interface LabelScheme {
  name: string;
  /** Returns the stream labels and the structured metadata of a pod. */
  createLabels: (pod: string) => { stream: Labels; metadata: Labels };
  /** Stream label of all streams, in a mixture. */
  shared?: string;
  expectedLabels: LogLabelNames;
}

const LABEL_SCHEMES: LabelScheme[] = [
  {
    name: 'streams (Promtail, Alloy, this project)',
    createLabels: (pod) => ({ stream: { namespace: 'robots', pod, container: 'c', node: 'edge' }, metadata: {} }),
    expectedLabels: LOG_LABEL_CHOICES.stream,
  },
  {
    name: 'structured metadata (the k8s-monitoring chart)',
    createLabels: (pod) => ({ stream: { namespace: 'robots', container: 'c' }, metadata: { pod, node: 'edge' } }),
    expectedLabels: LOG_LABEL_CHOICES.metadata,
  },
  {
    name: 'names of OpenTelemetry',
    createLabels: (pod) => ({
      stream: { k8s_namespace_name: 'robots', k8s_pod_name: pod, k8s_container_name: 'c' },
      metadata: { k8s_node_name: 'edge' },
    }),
    expectedLabels: LOG_LABEL_CHOICES.otel,
  },
  {
    name: 'Fluent Bit and OpenShift',
    createLabels: (pod) => ({
      stream: { kubernetes_namespace_name: 'robots', kubernetes_pod_name: pod, kubernetes_container_name: 'c' },
      metadata: { kubernetes_host: 'edge' },
    }),
    expectedLabels: getLogLabelNames(['kubernetes_namespace_name', 'kubernetes_pod_name', 'kubernetes_container_name']),
  },
  {
    name: 'a mixture of collectors',
    createLabels: (pod): ReturnType<LabelScheme['createLabels']> =>
      pod.startsWith('dog-train')
        ? { stream: { namespace: 'robots', pod, container: 'c', node: 'edge', service_name: 'a' }, metadata: {} }
        : {
            stream: { k8s_namespace_name: 'robots', k8s_container_name: 'c', service_name: 'b' },
            metadata: { k8s_pod_name: pod, k8s_node_name: 'edge' },
          },
    shared: 'service_name',
    expectedLabels: getLogLabelNames(
      [...LOG_LABELS, 'k8s_namespace_name', 'k8s_container_name', 'service_name'],
      'service_name'
    ),
  },
];
const PODS = ['dog-train-x7k2p', 'dog-eval-q4w2z', 'cat-train-b6n8m'];
const TRACEBACK = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\nKeyError: 1';

for (const { name, createLabels, shared, expectedLabels } of LABEL_SCHEMES) {
  test(`detects the labels of ${name}, and finds the lines of a pod with them`, async (context) => {
    const stack = new ProcessGroup();
    context.after(() => stack.stop());
    const loki: ManagedProcess = await stack.add(startLoki({ dir: createTemporaryFolder() }));
    const now = BigInt(Date.now()) * 1_000_000n;
    const response = await fetch(`${loki.url}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        streams: PODS.map((pod) => ({
          stream: createLabels(pod).stream,
          values: [
            [String(now), `${pod} starts`, createLabels(pod).metadata],
            [String(now + 1n), TRACEBACK, createLabels(pod).metadata],
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
    const names = getLogLabelNames((await labels('labels'))!, shared);
    assert.deepEqual(names, expectedLabels, 'found by itself as it would be chosen by hand');

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
