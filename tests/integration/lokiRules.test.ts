import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { stringify } from 'yaml';
import { buildLokiRules } from '../../collection/loki/rules';
import {
  getFreePort,
  ProcessGroup,
  startCollector,
  startLoki,
  startPrometheus,
  waitFor,
  type ManagedProcess,
} from '../../tools/engines';
import { createTemporaryFolder } from './support/folder';
import { queryPrometheus, type Series } from './support/queries';

/**
 * Sends lines in the formats of Sedna through a real collector, Loki rules, and remote write to a real Prometheus. The
 * rules are the committed ones with an interval of 10 s and a delay of 16 s, which is enough for a slow machine.
 */

const stack = new ProcessGroup();
const dir = createTemporaryFolder();
const logRoot = path.join(dir, 'pods');
const rulesFile = path.join(dir, 'rules.yaml');
const TIMES = { intervalSeconds: 10, delaySeconds: 16 };
let prometheus: ManagedProcess;

const ESC = '\x1b';
const COLORS = { INFO: '32', WARNING: '33', ERROR: '31' };
const formatAsctime = () => new Date().toISOString().slice(0, 23).replace('T', ' ').replace('.', ',');
const formatWorkerLine = (at: string, level: keyof typeof COLORS, text: string) =>
  `${ESC}[${COLORS[level]}m[${formatAsctime()}] ${at} [${level}]${ESC}[0m - ${text}${ESC}[0m`;
const formatKlogLine = (letter: string, text: string) => `${letter}1124 08:41:26.647075       1 ${text}`;
const JOB = 'default/lifelonglearningjob/atcii-classifier-demo';

interface PodLines {
  namespace: string;
  pod: string;
  container: string;
  stream?: 'stdout' | 'stderr';
  lines: string[];
}

/** Log lines of Sedna's components for a round of a job. */
const WRITTEN: readonly PodLines[] = [
  {
    namespace: 'sedna',
    pod: 'lc-8jx2k',
    container: 'lc',
    lines: [
      formatKlogLine('I', `lifelonglearningjob.go:650] job(${JOB})'s current train samples nums is 1200`),
      formatKlogLine('I', `lifelonglearningjob.go:650] job(${JOB})'s current train samples nums is 2560`),
      formatKlogLine('I', `lifelonglearningjob.go:659] job(${JOB})'s current eval samples nums is 640`),
      formatKlogLine(
        'I',
        "incrementallearningjob.go:1112] job(default/incrementallearningjob/helmet)'s current train samples nums is 80"
      ),
      formatKlogLine(
        'E',
        `lifelonglearningjob.go:325] failed to update model for job(name=${JOB}): failed to copy trained model`
      ),
      formatKlogLine('I', 'websocket.go:176] client starts to connect global manager(address: gm.sedna:9000)'),
      formatKlogLine(
        'E',
        'websocket.go:192] client tries to connect global manager(address: gm.sedna:9000) failed, error: dial tcp: lookup gm.sedna on 169.254.96.16:53: no such host'
      ),
      formatKlogLine(
        'I',
        'dataset.go:186] dataset(name=default/dataset/good) get samples from data source(url=/rootfs/d.csv) successfully. number of samples: 3200'
      ),
      formatKlogLine(
        'E',
        'dataset.go:181] dataset(name=default/dataset/bad) get samples from /rootfs/x.csv failed, error: url(/rootfs/x.csv) does not exist'
      ),
      formatKlogLine(
        'E',
        `lifelonglearningjob.go:204] job(${JOB}) failed to complete the Train task: job(${JOB}) failed to load dataset, and waiting it: not exists dataset(name=edge/dataset/missing)`
      ),
    ],
  },
  {
    namespace: 'sedna',
    pod: 'gm-6c7bd8b9b5-n8x9w',
    container: 'gm',
    lines: [
      formatKlogLine('I', 'server.go:109] established connection for node edge-node'),
      formatKlogLine('I', 'server.go:115] closed connection for node edge-node'),
      formatKlogLine('I', 'server.go:109] established connection for node edge0'),
    ],
  },
  {
    namespace: 'sedna',
    pod: 'kb-5d9f6c4c9d-2b7xq',
    container: 'kb',
    stream: 'stdout',
    lines: [
      'INFO:     10.0.0.7:49898 - "POST /knowledgebase/update/status HTTP/1.1" 500 Internal Server Error',
      'INFO:     10.0.0.7:49898 - "POST /knowledgebase/update/status HTTP/1.1" 500 Internal Server Error',
      'INFO:     10.0.0.7:49898 - "POST /knowledgebase/update/status HTTP/1.1" 200 OK',
    ],
  },
  {
    namespace: 'default',
    pod: 'atcii-classifier-demo-train-x7k2p',
    container: 'train-worker',
    lines: [
      formatWorkerLine(
        'cloud_knowledge_management.py(107)',
        'INFO',
        'Upload task sample to http://kb.sedna:9020/knowledgebase/file/download?files=train_Autumn_1.0.sample&name=train_Autumn_1.0.sample successfully.'
      ),
    ],
  },
  {
    namespace: 'default',
    pod: 'atcii-classifier-demo-eval-q9w8e',
    container: 'eval-worker',
    lines: [
      formatWorkerLine(
        'cloud_knowledge_management.py(187)',
        'INFO',
        "Autumn_1.0 scores: {'precision_score': 0.8823529411764706}"
      ),
      formatWorkerLine(
        'cloud_knowledge_management.py(191)',
        'WARNING',
        'Autumn_1.0 will not be deploy because all scores > 0.5'
      ),
      formatWorkerLine(
        'cloud_knowledge_management.py(187)',
        'INFO',
        "Spring 2.0 scores: {'precision_score': 0.25, 'recall': 1e-05, 'f1': nan}"
      ),
      formatWorkerLine('client.py(298)', 'ERROR', 'Update kb error: RetryError[<Future at 0x7f04>]'),
      'Traceback (most recent call last):',
      '  File "eval.py", line 46, in <module>',
      '    eval()',
      'KeyError: 34',
    ],
  },
  {
    // The name of the job leaves no room for the worker type.
    namespace: 'factory',
    pod: 'thermal-comfort-of-building-seven-north-wing-second-floor-2k8bm',
    container: 'eval-worker',
    lines: [
      formatWorkerLine('cloud_knowledge_management.py(187)', 'INFO', "Spring_1.0 scores: {'precision_score': 0.75}"),
    ],
  },
  {
    namespace: 'edge',
    pod: 'robo-demo-inference-a1b2c',
    container: 'infer-worker',
    lines: [
      formatWorkerLine('predict.py(87)', 'INFO', 'Start to inference image 1'),
      formatWorkerLine('predict.py(93)', 'INFO', 'Image 1 is unseen task: True'),
      formatWorkerLine('predict.py(87)', 'INFO', 'Start to inference image 2'),
      formatWorkerLine('predict.py(93)', 'INFO', 'Image 2 is unseen task: False'),
      formatWorkerLine('predict.py(101)', 'INFO', 'Image 2 prediction result: (3, 0.2)'),
      formatWorkerLine('predict.py(87)', 'INFO', 'Start to inference image 3'),
    ],
  },
  {
    namespace: 'edge',
    pod: 'helmet-detection-inference-example-deployment-edge-6c7bd8bx7k2p',
    container: 'little-model',
    lines: [
      formatWorkerLine('predict.py(87)', 'INFO', 'Start to inference image 1'),
      formatWorkerLine('predict.py(93)', 'INFO', 'Image 1 is unseen task: False'),
      formatWorkerLine('predict.py(101)', 'INFO', 'Image 1 prediction result: (3, 0.2)'),
      formatWorkerLine('joint_inference.py(211)', 'ERROR', 'no answer from the big model'),
    ],
  },
];

/** Time of the lines by pod, in seconds since the epoch. */
const writtenAt = new Map<string, number>();

function write({ namespace, pod, container, stream = 'stderr', lines }: PodLines): void {
  const folder = path.join(logRoot, `${namespace}_${pod}_0b8ef1a2-1111-2222-3333-444455556666`, container);
  mkdirSync(folder, { recursive: true });
  const now = new Date().toISOString().slice(0, 23);
  writtenAt.set(pod, Math.floor(Date.parse(`${now}Z`) / 1000));
  const cri = lines.map((line, i) => `${now}${String(i).padStart(6, '0')}Z ${stream} F ${line}\n`);
  appendFileSync(path.join(folder, '0.log'), cri.join(''));
}

before(async () => {
  writeFileSync(rulesFile, stringify(buildLokiRules(TIMES), { lineWidth: 0 }));
  const prometheusPort = await getFreePort();
  const prometheusUrl = `http://127.0.0.1:${prometheusPort}`;
  const [started, loki] = await Promise.all([
    stack.add(startPrometheus({ dir, port: prometheusPort })),
    stack.add(startLoki({ dir, prometheusUrl, rulesFile })),
  ]);
  prometheus = started;
  await stack.add(startCollector({ dir, logRoot, node: 'edge-node', lokiUrl: loki.url }));
  WRITTEN.forEach(write);
});
after(() => stack.stop());

/** Returns the series of a metric in the last five minutes, with their newest values. */
async function fetchRecordedSeries(name: string): Promise<Series[]> {
  const series = await queryPrometheus(prometheus.url, `last_over_time(${name}[5m])`);
  return series.sort((a, b) => JSON.stringify(a.labels).localeCompare(JSON.stringify(b.labels)));
}

const EVAL = { namespace: 'default', pod: 'atcii-classifier-demo-eval-q9w8e' };
const TRAIN = { namespace: 'default', pod: 'atcii-classifier-demo-train-x7k2p' };
const CUT = { namespace: 'factory', pod: 'thermal-comfort-of-building-seven-north-wing-second-floor-2k8bm' };
const INFERENCE = { namespace: 'edge', pod: 'robo-demo-inference-a1b2c' };
const LITTLE = { namespace: 'edge', pod: 'helmet-detection-inference-example-deployment-edge-6c7bd8bx7k2p' };
const LIFELONG = { kind: 'LifelongLearningJob', name: 'atcii-classifier-demo', namespace: 'default' };

/** Derived by hand from the lines above. */
const EXPECTED: Record<string, Series[]> = {
  sedna_log_stage_samples: [
    { labels: { kind: 'IncrementalLearningJob', name: 'helmet', namespace: 'default', stage: 'train' }, value: 80 },
    { labels: { ...LIFELONG, stage: 'eval' }, value: 640 },
    { labels: { ...LIFELONG, stage: 'train' }, value: 2560 },
  ],
  sedna_log_deploy_errors_per_minute: [{ labels: LIFELONG, value: 1 }],
  sedna_log_task_sample_dir_info: [
    {
      labels: {
        ...TRAIN,
        task: 'Autumn_1.0',
        url: 'http://kb.sedna:9020/knowledgebase/file/download?files=train_Autumn_1.0.sample&name=train_Autumn_1.0.sample',
      },
      value: 1,
    },
  ],
  sedna_log_task_score: [
    { labels: { ...EVAL, task: 'Autumn_1.0', metric: 'precision_score' }, value: 0.8823529411764706 },
    { labels: { ...EVAL, task: 'Spring 2.0', metric: 'precision_score' }, value: 0.25 },
    { labels: { ...EVAL, task: 'Spring 2.0', metric: 'recall' }, value: 0.00001 },
    { labels: { ...CUT, task: 'Spring_1.0', metric: 'precision_score' }, value: 0.75 },
  ],
  sedna_log_task_deployable: [
    { labels: { ...EVAL, task: 'Autumn_1.0' }, value: 0 },
    { labels: { ...EVAL, task: 'Spring 2.0' }, value: 1 },
    { labels: { ...CUT, task: 'Spring_1.0' }, value: 1 },
  ],
  sedna_log_inference_samples_per_minute: [
    { labels: { ...INFERENCE, state: 'done', task: 'known' }, value: 1 },
    { labels: { ...INFERENCE, state: 'done', task: 'unknown' }, value: 1 },
    { labels: { ...INFERENCE, state: 'ready', task: 'any' }, value: 1 },
    { labels: { ...LITTLE, state: 'done', task: 'known' }, value: 1 },
    { labels: { ...LITTLE, state: 'ready', task: 'any' }, value: 0 },
  ],
  // The ERROR line and the traceback, which is one entry of four lines.
  sedna_log_error_lines_per_minute: [
    { labels: EVAL, value: 2 },
    { labels: LITTLE, value: 1 },
  ],
  sedna_log_local_controller_connected: [
    { labels: { node: 'edge-node' }, value: 0 },
    { labels: { node: 'edge0' }, value: 1 },
  ],
  sedna_log_local_controller_connection_errors_per_minute: [{ labels: { node: 'edge-node' }, value: 1 }],
  sedna_log_dataset_read: [
    { labels: { kind: 'Dataset', name: 'bad', namespace: 'default' }, value: 0 },
    { labels: { kind: 'Dataset', name: 'good', namespace: 'default' }, value: 1 },
    { labels: { kind: 'Dataset', name: 'missing', namespace: 'edge' }, value: 0 },
  ],
  sedna_log_knowledge_base_files_lost_per_minute: [
    { labels: { file: 'index' }, value: 2 },
    { labels: { file: 'model' }, value: 1 },
  ],
};

const sorted = (series: Series[]) =>
  series.map(({ labels, value }) => JSON.stringify([Object.entries(labels).sort(), value])).sort();

for (const [name, expected] of Object.entries(EXPECTED)) {
  test(`${name} has exactly the series of the log lines`, { timeout: 120_000 }, async () => {
    const found = await waitFor(
      name,
      async () => {
        const series = await fetchRecordedSeries(name);
        return series.length >= expected.length && series;
      },
      { timeoutMs: 90_000 }
    );
    assert.deepEqual(sorted(found), sorted(expected));
  });
}

test('sedna_log_last_line_timestamp_seconds has the time of the last line of each worker pod', async () => {
  const found = await fetchRecordedSeries('sedna_log_last_line_timestamp_seconds');
  const expected = [EVAL, TRAIN, INFERENCE, LITTLE, CUT].map((labels) => ({
    labels,
    value: writtenAt.get(labels.pod)!,
  }));
  assert.deepEqual(sorted(found), sorted(expected));
});
