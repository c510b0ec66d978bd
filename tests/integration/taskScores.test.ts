import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fetchText, ProcessGroup, startLoki, type ManagedProcess } from '../../tools/engines';
import { toScoreRows } from '../../src/pages/logs/scores/rows';
import { evaluationLines } from '../../src/query/logs/taskScores';
import { equals } from '../../src/query/escape';
import { toLinePage, buildRangeParams, type LokiStreams } from '../../src/data/logs/logEntries';
import { createTemporaryFolder } from './support/folder';

/** Parses task scores from the lines of evaluation workers in a real Loki. */

const ESC = '\x1b';
const formatWorkerLine = (at: string, level: string, text: string) =>
  `${ESC}[32m[2026-11-23 18:45:54,055] ${at} [${level}]${ESC}[0m - ${text}`;
const formatScoreLine = (text: string) => formatWorkerLine('cloud_knowledge_management.py(187)', 'INFO', text);
const LINES = [
  formatWorkerLine(
    'lifelong_learning.py(392)',
    'INFO',
    'Download kb index from /home/data/output/train/2/index.pkl to index.pkl'
  ),
  formatScoreLine("Autumn_1.0 scores: {'precision_score': 0.8823529411764706}"),
  formatWorkerLine(
    'cloud_knowledge_management.py(191)',
    'WARNING',
    'Autumn_1.0 will not be deploy because all scores > 0.5'
  ),
  formatScoreLine("Summer_4.0 scores: {'precision_score': np.float64(0.5), 'loss': nan}"),
  formatWorkerLine('seen_task_learning.py(253)', 'INFO', 'MTL Train start 0 : Autumn_1.0'),
  formatWorkerLine('lifelong_learning.py(398)', 'INFO', 'Task evaluation finishes.'),
  "{'Autumn_1.0': {'mlogloss': 0.4}}",
];
const stack = new ProcessGroup();
let loki: ManagedProcess;
const start = BigInt(Date.now() - 60_000) * 1_000_000n;

before(async () => {
  loki = await stack.add(startLoki({ dir: createTemporaryFolder() }));
  // The line of the dropped task has the same time as its scores and another level, so Loki may reorder them.
  const values = LINES.map((line, index) => [String(start + BigInt(index === 2 ? 1 : index)), line]);
  const response = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      streams: [{ stream: { namespace: 'default', pod: 'job-eval-x7k2p', container: 'c', node: 'n' }, values }],
    }),
  });
  assert.equal(response.status, 204);
});
after(() => stack.stop());

test('each task has its scores, its round, and its outcome', async () => {
  const request = {
    expr: evaluationLines([equals('namespace', 'default')]),
    start,
    end: start + 100n,
    limit: 100,
    direction: 'backward',
  } as const;
  const search = new URLSearchParams(buildRangeParams(request));
  const response = JSON.parse(await fetchText(`${loki.url}/loki/api/v1/query_range?${search}`)) as LokiStreams;
  const { entries } = toLinePage(response, 'backward');
  assert.equal(entries.length, 5, JSON.stringify(response));
  const rows = toScoreRows(entries).map(({ task, scores, outcome, reason, round }) => ({
    task,
    scores: scores.map(({ metric, text }) => `${metric}=${text}`),
    outcome,
    reason,
    round,
  }));
  assert.deepEqual(rows, [
    {
      task: 'Autumn_1.0',
      scores: ['precision_score=0.8823529411764706'],
      outcome: 'dropped',
      reason: 'all scores > 0.5',
      round: '2',
    },
    { task: 'Summer_4.0', scores: ['precision_score=0.5', 'loss=nan'], outcome: 'kept', reason: undefined, round: '2' },
  ]);
});
