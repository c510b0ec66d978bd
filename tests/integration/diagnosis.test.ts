import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import {
  findBinary,
  fetchText,
  ProcessGroup,
  startLoki,
  startPrometheus,
  type ManagedProcess,
} from '../../tools/engines';
import { formatLabels } from '../../exporter/http/exposition';
import { diagnosisLines, objectFacts, workerFacts } from '../../src/query/diagnosis';
import { buildEvidenceQuery } from '../../src/query/evidence';
import type { ObjectRef } from '../../src/sedna/objectRef';
import { diagnose, toFacts, toLogFacts, type FactRow } from '../../src/sedna/diagnosis';
import { createTemporaryFolder } from './support/folder';
import { waitForSeries } from './support/queries';

/** What closes strings and selectors, means something to a pattern, or stands for a group in a replacement. */
const HOSTILE = 'a"\\ {}|.*$1 [[x]] (?i)\u00fc\n';
const [WELL, LOST, CRASHING, FAILING, PENDING] = ['well', 'lost', HOSTILE, 'failing', 'pending'];

/** Unix seconds; two hours of samples, one a minute, end here, at a step of the subqueries. */
const NOW = Math.floor(Date.now() / 15_000) * 15 - 600;
const MINUTES = 120;

type Labels = Record<string, string>;
/** Value at a minute from the start; undefined where there is no sample. */
type At = number | ((minute: number) => number);

const refOf = (name: string): ObjectRef => ({ kind: 'LifelongLearningJob', namespace: 'robots', name });

const lines: string[] = [];
function series(name: string, labels: Labels, at: At, until = MINUTES): void {
  const text = formatLabels(Object.keys(labels), Object.values(labels));
  for (let minute = 0; minute <= until; minute++) {
    const value = typeof at === 'number' ? at : at(minute);
    lines.push(`${name}{${text}} ${value} ${NOW - (MINUTES - minute) * 60}`);
  }
}

/** Samples of a job as kube-state-metrics, exporter and rules make them. */
function job(name: string, stage: string, condition: string, failures: At = 7): void {
  const ref = { kind: 'LifelongLearningJob', namespace: 'robots', name };
  const family = 'sedna_lifelonglearningjob';
  series(`${family}_info`, { ...ref, dataset: `${name}-data`, output_dir: '/o' }, 1);
  series(`${family}_condition`, { ...ref, stage, condition }, 1);
  series(`${family}_condition`, { ...ref, stage, condition: 'Ready' }, 0);
  series(`${family}_last_transition_timestamp_seconds`, ref, NOW - 120);
  series('sedna_job_completed_without_data', { ...ref, stage: 'Train' }, name === LOST ? 1 : 0);
  if (name !== LOST) {
    series('sedna_job_model_info', { ...ref, role: 'trained', url: '/o/train/1/index.pkl' }, 1);
  }
  series('sedna_job_model_info', { ...ref, role: 'deployed', url: '/o/eval/1/index.pkl' }, 1);
  series('sedna_job_condition_transitions_total', { ...ref, stage: 'Train', condition: 'Failed' }, failures);
  series('sedna_job_condition_transitions_total', { ...ref, stage: 'Deploy', condition: 'Completed' }, 9);
  const dataset = { kind: 'Dataset', namespace: 'robots', name: `${name}-data` };
  series('sedna_dataset_info', { ...dataset, node: 'edge0', format: 'csv', url: '/d' }, 1);
  series('sedna_dataset_samples', dataset, 900);
  series('sedna:dataset_read', dataset, 1);
  const pod = `${name}-train-abcde`;
  for (const phase of ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']) {
    const own = name === PENDING ? 'Pending' : 'Running';
    series('kube_pod_status_phase', { namespace: 'robots', pod, phase }, phase === own ? 1 : 0);
  }
  series('kube_pod_created', { namespace: 'robots', pod }, NOW - 900);
  if (name === PENDING) {
    series('kube_pod_status_unschedulable', { namespace: 'robots', pod }, 1);
  }
  const restarts = (minute: number) => (name === CRASHING ? 3 + Math.max(0, minute - 90) : 3);
  series('kube_pod_container_status_restarts_total', { namespace: 'robots', pod, container: 'w' }, restarts);
  series('sedna:worker_pod_info', { ...ref, pod, worker_type: 'train', node: 'edge0' }, 1);
  series('sedna:job_info', ref, 1);
  if (name === CRASHING) {
    series('sedna:finding', { ...ref, rule: 'stage-slow', severity: 'warning', pod }, 1);
  }
  endedPods(ref);
}

/** Two evaluations that succeeded: Sedna keeps their pods. */
function endedPods(ref: Labels): void {
  for (const [pod, end] of [
    [`${ref.name}-eval-early`, NOW - 5000],
    [`${ref.name}-eval-later`, NOW - 3000],
  ] as const) {
    series('kube_pod_status_phase', { namespace: 'robots', pod, phase: 'Succeeded' }, 1);
    series('kube_pod_completion_time', { namespace: 'robots', pod }, end);
    series('sedna:worker_pod_info', { ...ref, pod, worker_type: 'eval', node: 'edge9' }, 1);
  }
}

const stack = new ProcessGroup();
const dir = createTemporaryFolder();
let prometheus: ManagedProcess;
let loki: ManagedProcess;

before(async () => {
  job(WELL, 'Train', 'Running');
  job(LOST, 'Eval', 'Waiting');
  job(CRASHING, 'Train', 'Running');
  // Failed seven times before the window and three times within it.
  job(FAILING, 'Train', 'Waiting', (minute) => 7 + (minute > 80 ? 3 : 0));
  job(PENDING, 'Train', 'Starting');
  series('sedna_lifelonglearningjob_info', { ...refOf('deleted'), dataset: 'd', output_dir: '/o' }, 1, MINUTES - 60);
  series('kube_pod_info', { namespace: 'sedna', pod: 'gm-1' }, 1);
  series('kube_pod_status_phase', { namespace: 'sedna', pod: 'gm-1', phase: 'Running' }, 1);
  series(
    'kube_lease_renew_time',
    { namespace: 'kube-node-lease', lease: 'edge0' },
    (m) => NOW - (MINUTES - m) * 60 - 8
  );
  series('kube_node_role', { node: 'edge0', role: 'edge' }, 1);
  series('sedna:local_controller_connected', { node: 'edge0' }, 1);
  series(
    'sedna_exporter_source_last_success_timestamp_seconds',
    { source: 'cluster' },
    (m) => NOW - (MINUTES - m) * 60
  );
  series('sedna_knowledge_base_up', {}, 1);
  const file = path.join(dir, 'samples.txt');
  writeFileSync(file, `${lines.join('\n')}\n# EOF\n`);
  const dataDir = path.join(dir, 'blocks');
  await promisify(execFile)(findBinary('promtool'), [
    'tsdb',
    'create-blocks-from',
    'openmetrics',
    '--quiet',
    file,
    dataDir,
  ]);
  prometheus = await stack.add(startPrometheus({ dir, dataDir }));
  loki = await stack.add(startLoki({ dir }));
});
after(() => stack.stop());

async function rows(expression: string, time = NOW): Promise<FactRow[]> {
  const search = new URLSearchParams({ query: expression, time: String(time) });
  const body = JSON.parse(await fetchText(`${prometheus.url}/api/v1/query?${search}`)) as {
    data: { result: Array<{ metric: Labels; value: [number, string] }> };
  };
  return body.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

const NO_TROUBLE = {
  waitingReason: undefined,
  waitingContainer: undefined,
  created: undefined,
  isUnschedulable: false,
  isNodeMissing: false,
};

const factsAbout = async (name: string, time = NOW) => {
  const ref = refOf(name);
  return toFacts(ref, [...(await rows(objectFacts(ref), time)), ...(await rows(workerFacts(ref)!, time))]);
};

test('two queries return every fact about a job, and about no other', async () => {
  assert.deepEqual(await factsAbout(CRASHING), {
    object: refOf(CRASHING),
    exists: true,
    condition: { stage: 'Train', type: 'Running', since: NOW - 120 },
    completedWithoutData: { Train: false },
    hasTrainedModel: true,
    hasDeployedModel: true,
    failures: [
      { window: 3600, failed: 0, completedRounds: 0 },
      { window: 86_400, failed: 0, completedRounds: 0 },
    ],
    failuresInARow: undefined,
    workers: [
      {
        pod: `${CRASHING}-eval-later`,
        type: 'eval',
        node: 'edge9',
        phase: 'Succeeded',
        ...NO_TROUBLE,
        recentRestarts: 0,
        changedSince: undefined,
        ended: NOW - 3000,
      },
      {
        pod: `${CRASHING}-train-abcde`,
        type: 'train',
        node: 'edge0',
        phase: 'Running',
        ...NO_TROUBLE,
        recentRestarts: 30,
        changedSince: NOW - 60,
        ended: undefined,
      },
    ],
    failedWorkers: undefined,
    phase: undefined,
    nodes: [{ node: 'edge0', roles: ['edge'], leaseAge: 8, worstLeaseAge: 8, lastOffline: undefined }],
    localController: { node: 'edge0', connected: true },
    dataset: {
      name: `${CRASHING}-data`,
      exists: true,
      node: 'edge0',
      isNodeMissing: false,
      format: 'csv',
      samples: 900,
      updated: undefined,
      read: true,
    },
    trigger: undefined,
    deployNotOk: undefined,
    globalManager: { podPhase: 'Running' },
    knowledgeBase: { readable: true, podPhase: undefined, isWithoutPod: false },
    isIncomplete: undefined,
    freshness: { sampled: NOW, collected: true, sources: [{ source: 'cluster', lastSuccess: NOW }] },
    recordedFindings: [{ rule: 'stage-slow', labels: { ...refOf(CRASHING), pod: `${CRASHING}-train-abcde` } }],
  });
});

test('the rules find the problem of each job', async () => {
  const found = async (name: string) => diagnose(await factsAbout(name), NOW).findings.map(({ rule }) => rule);
  assert.deepEqual(await found(WELL), []);
  assert.deepEqual(await found(LOST), ['report-lost']);
  assert.deepEqual(await found(CRASHING), ['crash-loop']);
  assert.deepEqual(await found(FAILING), ['failing-loop']);
  assert.deepEqual(await found(PENDING), ['pod-pending']);
});

test('an object that is gone or never existed differs from an unknown one', async () => {
  const seen = async (name: string, time = NOW) => {
    const { exists, freshness } = await factsAbout(name, time);
    return [exists, freshness?.collected, freshness?.sampled];
  };
  assert.deepEqual(await seen('never'), [false, true, undefined]);
  assert.deepEqual(await seen('deleted'), [false, true, NOW - 3600]);
  // An hour after the last sample of anything.
  assert.deepEqual(await seen(WELL, NOW + 3600), [undefined, false, NOW]);
  const { findings } = diagnose(await factsAbout(WELL, NOW + 3600), NOW + 3600);
  assert.deepEqual(
    findings.map(({ rule, since }) => [rule, since]),
    [['data-stale', NOW]]
  );
});

test('the query behind each piece of evidence returns series', async () => {
  for (const name of [LOST, CRASHING, FAILING, PENDING]) {
    const [finding] = diagnose(await factsAbout(name), NOW).findings;
    for (const evidence of finding.evidence) {
      const { expr } = buildEvidenceQuery(evidence, refOf(name))!;
      assert.notEqual((await rows(expr)).length, 0, expr);
    }
  }
});

test('one query finds the lines of a job and those of Sedna that name it', async (context) => {
  const gm = (text: string) => `I1124 11:59:00.123456       1 lifelonglearningjob.go:280] ${text}`;
  const wanted = [
    {
      namespace: 'sedna',
      pod: 'gm-1',
      container: 'gm',
      line: gm('lifelonglearning job robots/dog failed to be updated, err:no secret'),
    },
    {
      namespace: 'sedna',
      pod: 'lc-1',
      container: 'lc',
      line: gm("job(robots/lifelonglearningjob/dog)'s current train samples nums is 40"),
    },
    {
      namespace: 'robots',
      pod: 'dog-train-abcde',
      container: 'train-worker',
      line: '\u001b[31m[2026-11-24 11:59:00,055] base.py(183) [ERROR]\u001b[0m - RetryError[<Future at 0x1>]\u001b[0m',
    },
    { namespace: 'robots', pod: 'dog-eval-fghij', container: 'eval-worker', line: 'KeyError: 34' },
  ];
  const others = [
    {
      namespace: 'sedna',
      pod: 'gm-1',
      container: 'gm',
      line: gm('lifelonglearning job robots/dog-2 failed to be updated, err:no secret'),
    },
    {
      namespace: 'sedna',
      pod: 'gm-1',
      container: 'gm',
      line: gm('lifelonglearning job robots/dog, conditions: [{Failed True Train}]'),
    },
    { namespace: 'robots', pod: 'dog-2-train-abcde', container: 'train-worker', line: 'KeyError: 34' },
    { namespace: 'robots', pod: 'dog-train-abcde', container: 'train-worker', line: 'mlogloss: 0.4' },
  ];
  await push([...wanted, ...others]);
  const ask = async () => {
    const search = new URLSearchParams({ query: diagnosisLines(refOf('dog'))!, limit: '1000', since: '1h' });
    const body = JSON.parse(await fetchText(`${loki.url}/loki/api/v1/query_range?${search}`)) as {
      data: { result: Array<{ stream: Labels; values: Array<[string, string]> }> };
    };
    return body.data.result.flatMap(({ stream, values }) =>
      values.map(([time, text]) => ({ time: Number(time) / 1e6, text, labels: stream }))
    );
  };
  const found = await waitForSeries(context, 'the lines', async () => {
    const all = await ask();
    return all.length >= wanted.length && all;
  });
  assert.deepEqual(
    toLogFacts(found)
      .map(({ pod, container, level }) => `${pod} ${container} ${level}`)
      .sort(),
    ['dog-eval-fghij eval-worker error', 'dog-train-abcde train-worker error', 'gm-1 gm error', 'lc-1 lc info']
  );
});

test('Loki accepts the query for a hostile name', async () => {
  const search = new URLSearchParams({ query: diagnosisLines(refOf(HOSTILE))! });
  const body = JSON.parse(await fetchText(`${loki.url}/loki/api/v1/query_range?${search}`)) as { status: string };
  assert.equal(body.status, 'success');
});

async function push(
  entries: Array<{ namespace: string; pod: string; container: string; line: string }>
): Promise<void> {
  const body = {
    resourceLogs: entries.map(({ line, ...labels }) => ({
      resource: {
        attributes: Object.entries(labels).map(([key, value]) => ({ key, value: { stringValue: value } })),
      },
      scopeLogs: [{ logRecords: [{ timeUnixNano: `${Date.now()}000000`, body: { stringValue: line } }] }],
    })),
  };
  const response = await fetch(`${loki.url}/otlp/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 204, await response.text());
}
