import { diagnose, type Facts, type LogFact, type RuleId } from '.';
import {
  conditionAt,
  gmLine,
  GM,
  job,
  KEY,
  lcLine,
  logLine,
  NOT_LOADED,
  NOW,
  sednaLine,
  UNREAD,
  workerLine,
} from './facts/facts.fixture';

const dataset = { name: 'steps', node: 'edge0', format: 'csv' };
const exception = (secondsAgo: number, text: string, pod: string) => logLine(secondsAgo, 'worker', text, pod);
const evaluation = (secondsAgo: number, pod: string) => [
  sednaLine(secondsAgo, 'INFO', "Autumn_1.0 scores: {'precision_score': 0.4}", pod),
  sednaLine(secondsAgo, 'WARNING', 'Autumn_1.0 will not be deploy because all scores < 0.6', pod),
];
const reported = (secondsAgo: number, pod: string) =>
  sednaLine(secondsAgo, 'ERROR', 'RetryError[<Future at 0x7f04>]', pod);

interface Case {
  rule: RuleId;
  facts: Facts;
  /** Lines that decide the finding. */
  own: LogFact[];
  /** Lines that match the same signatures and are about another pod, stage, dataset, node, or time. */
  others: LogFact[];
}

const CASES: Case[] = [
  {
    rule: 'failing-loop',
    facts: job({ ...conditionAt('Train/Waiting', 30), failuresInARow: { Train: 2, Eval: 1 } }),
    own: [
      exception(120, 'ValueError: Input y contains NaN.', 'dog-train-bbbbb'),
      gmLine(100, `${GM} Train stage failed!`),
    ],
    others: [exception(60, 'KeyError: 34', 'dog-eval-ccccc'), gmLine(50, `${GM} Eval stage failed!`)],
  },
  {
    rule: 'failing-loop',
    facts: job({
      ...conditionAt('Train/Waiting', 30),
      failuresInARow: { Train: 2 },
      // Its name does not tell the stage.
      workers: [workerLine({ pod: 'cut-off-aaaaa', type: 'eval', phase: 'Failed' })],
    }),
    own: [exception(120, 'ValueError: Input y contains NaN.', 'dog-train-bbbbb')],
    others: [
      exception(300, 'OSError: disk', 'dog-train-aaaaa'),
      exception(60, 'KeyError: 34', 'cut-off-aaaaa'),
      exception(10, 'RuntimeError: inference', 'dog-inference-ccccc'),
    ],
  },
  {
    rule: 'stage-failed',
    facts: job({ ...conditionAt('Eval/Failed', 1) }),
    own: [exception(60, 'KeyError: 34', 'dog-eval-ccccc')],
    others: [exception(10, 'ValueError: late', 'dog-inference-bbbbb'), gmLine(900, `${GM} Train stage failed!`)],
  },
  {
    rule: 'stage-failed',
    facts: job({ ...conditionAt('Train/Waiting', 30), failures: [{ window: 3600, failed: 1, completedRounds: 0 }] }),
    own: [exception(60, 'KeyError: 34', 'dog-eval-ccccc'), gmLine(50, `${GM} Eval stage failed!`)],
    others: [exception(20, 'ValueError: other', 'dog-train-bbbbb')],
  },
  {
    rule: 'crash-loop',
    facts: job({ workers: [workerLine({ recentRestarts: 5 })] }),
    own: [exception(60, 'KeyError: 34', 'dog-train-abcde')],
    others: [exception(20, 'ValueError: other', 'dog-inference-bbbbb')],
  },
  {
    rule: 'condition-failed',
    facts: job(
      { ...conditionAt('/Failed', 60), workers: [workerLine({ type: 'videoanalytics', phase: 'Failed' })] },
      'VideoAnalyticsJob'
    ),
    own: [exception(60, 'RuntimeError: boom', 'dog-train-abcde')],
    others: [exception(20, 'ValueError: other', 'dog-other-bbbbb')],
  },
  {
    rule: 'tasks-dropped',
    facts: job(),
    own: evaluation(100, 'dog-eval-bbbbb'),
    // Of an earlier evaluation, and of a task that is kept.
    others: [
      ...evaluation(900, 'dog-eval-aaaaa'),
      sednaLine(99, 'INFO', "Winter_1.0 scores: {'precision_score': 0.9}", 'dog-eval-bbbbb'),
    ],
  },
  {
    rule: 'index-not-updated',
    facts: job(),
    own: [sednaLine(100, 'ERROR', 'KB update Fail !', 'dog-eval-bbbbb')],
    others: [sednaLine(900, 'ERROR', 'KB update Fail !', 'dog-eval-aaaaa')],
  },
  {
    rule: 'pod-refused',
    facts: job(conditionAt('Train/Ready', 300)),
    own: [gmLine(100, `${GM} failed to be updated, err:no secret`)],
    others: [gmLine(900, `${GM} failed to be updated, err:no dataset`)],
  },
  {
    rule: 'model-not-copied',
    facts: job(conditionAt('Deploy/Waiting', 100)),
    own: [lcLine(5, `failed to update model for job(name=${KEY}): no space`)],
    others: [lcLine(900, `failed to update model for job(name=${KEY}): denied`)],
  },
  {
    rule: 'dataset-unread',
    facts: job({ ...conditionAt('Train/Waiting', 900), dataset }),
    own: [lcLine(90, NOT_LOADED), lcLine(30, UNREAD)],
    others: [lcLine(20, UNREAD.replace('steps', 'other'))],
  },
  {
    rule: 'dataset-missing',
    facts: job({ ...conditionAt('Train/Waiting', 300), dataset: { name: 'steps', exists: false } }),
    own: [gmLine(100, "not found job(name=LifelongLearningJob/dog)'s dataset, error: not found")],
    others: [gmLine(900, "not found job(name=LifelongLearningJob/dog)'s dataset, error: earlier")],
  },
  {
    rule: 'condition-lost',
    facts: job(conditionAt('Eval/Waiting', 75)),
    own: [lcLine(65, `job(${KEY}) completed the Evaling phase triggering task successfully`)],
    others: [
      lcLine(500, `job(${KEY}) completed the Deploying phase triggering task successfully`),
      gmLine(900, 'Error to update robots/dog status, tried 1 times: the object has been modified'),
    ],
  },
  {
    rule: 'local-controller-disconnected',
    facts: job({ dataset }),
    own: [gmLine(100, 'closed connection for node edge0')],
    others: [gmLine(90, 'closed connection for node edge1')],
  },
  {
    rule: 'knowledge-base-unreachable',
    facts: job({ knowledgeBase: { podPhase: 'Pending' } }),
    own: [],
    others: [sednaLine(900, 'WARNING', 'Connection refused in request http://kb.sedna:9020/knowledgebase/update')],
  },
  {
    rule: 'report-lost',
    facts: job({
      ...conditionAt('Eval/Waiting', 61),
      completedWithoutData: { Train: true },
      hasTrainedModel: false,
      workers: [workerLine({ phase: 'Succeeded', ended: NOW - 90 })],
    }),
    own: [reported(95, 'dog-train-abcde')],
    others: [reported(900, 'dog-eval-abcde')],
  },
];

const byTime = (a: LogFact, b: LogFact) => a.time - b.time;

it.each(CASES)('$rule shows the lines that it is decided by, and no others', ({ rule, facts, own, others }) => {
  const { findings } = diagnose({ ...facts, logs: [...own, ...others].sort(byTime) }, NOW);
  const finding = findings.find((each) => each.rule === rule);
  const lines = finding?.evidence.flatMap(({ lines: shown = [] }) => shown).map(({ text }) => text);
  expect(lines).toEqual(own.sort(byTime).map(({ text }) => text));
});

it.each(CASES.filter(({ own }) => own.some(({ container }) => container === 'worker')))(
  '$rule names the exception of its evidence',
  ({ rule, facts, own, others }) => {
    const { findings } = diagnose({ ...facts, logs: [...own, ...others].sort(byTime) }, NOW);
    const [{ text }] = own.filter(({ container }) => container === 'worker');
    expect(findings.find((each) => each.rule === rule)?.params.exception).toBe(text);
  }
);
