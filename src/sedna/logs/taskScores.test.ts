import { buildScorePattern, SCORES_PER_LINE } from './logMessages';
import { parseEvaluation, toTaskEvaluations } from './taskScores';

const ESC = '\u001b';
const worker = (at: string, level: string, text: string) =>
  `${ESC}[32m[2026-11-23 18:45:54,055] ${at} [${level}]${ESC}[0m - ${text}`;
const scored = (text: string) => worker('cloud_knowledge_management.py(187)', 'INFO', text);
const STARTED = worker(
  'lifelong_learning.py(392)',
  'INFO',
  'Download kb index from /home/data/output/train/1/index.pkl to index.pkl'
);
const SCORED = scored("Autumn_1.0 scores: {'precision_score': 0.8823529411764706}");
const DROPPED = worker(
  'cloud_knowledge_management.py(191)',
  'WARNING',
  'Autumn_1.0 will not be deploy because all scores > 0.5'
);
const FINISHED = worker('lifelong_learning.py(398)', 'INFO', 'Task evaluation finishes.');

describe('one entry', () => {
  it.each([
    [STARTED, { kind: 'started', round: '1' }],
    [
      SCORED,
      {
        kind: 'scored',
        task: 'Autumn_1.0',
        scores: [{ metric: 'precision_score', text: '0.8823529411764706', value: 0.8823529411764706 }],
      },
    ],
    [DROPPED, { kind: 'dropped', task: 'Autumn_1.0', reason: 'all scores > 0.5' }],
    [FINISHED, { kind: 'finished' }],
    // Train round 2 reads an index too, which is no evaluation.
    [
      worker(
        'lifelong_learning.py(316)',
        'INFO',
        'Download last task index from /home/data/output/train/1/index.pkl to index.pkl'
      ),
      undefined,
    ],
    ["{'Autumn_1.0': {'mlogloss': 0.4}}", undefined],
    ['Autumn_1.0 scores: {} without the prefix of a worker', undefined],
  ])('%s', (line, message) => expect(parseEvaluation(line)).toEqual(message));

  const scores = (text: string) => {
    const read = parseEvaluation(scored(`Spring_1.0 scores: ${text}`));
    return read?.kind === 'scored' ? (read.unread ?? read.scores.map((score) => Object.values(score))) : read;
  };
  it.each([
    ['{}', []],
    [
      "{'mIoU': 0.319, 'CPA': 1, 'loss': -1.5e-05}",
      [
        ['mIoU', '0.319', 0.319],
        ['CPA', '1', 1],
        ['loss', '-1.5e-05', -1.5e-5],
      ],
    ],
    ["{'f1_score': np.float64(0.5)}", [['f1_score', '0.5', 0.5]]],
    [
      "{'f1_score': nan, 'recall': 0.25}",
      [
        ['f1_score', 'nan'],
        ['recall', '0.25', 0.25],
      ],
    ],
    [
      "{'confusion': [1, {'a': 2}], 'recall': 0.25}",
      [
        ['confusion', "[1, {'a': 2}]"],
        ['recall', '0.25', 0.25],
      ],
    ],
    [
      "{'a, b}': 1, \"it's\": 2}",
      [
        ['a, b}', '1', 1],
        ["it's", '2', 2],
      ],
    ],
    ["{'report': 'a\\'b, {'}", [['report', "'a\\'b, {'"]]],
    ["{'precision_score': 0.88", "{'precision_score': 0.88"],
    ['{1: 0.5}', '{1: 0.5}'],
    ["{'matrix': array([[1,", "{'matrix': array([[1,"],
  ])('scores %s', (text, expected) => expect(scores(text)).toEqual(expected));

  it.each(["{'mIoU': 0.319, 'CPA': 1, 'loss': -1.5e-05}", "{'f1_score': nan, 'recall': np.float32(0.25)}"])(
    'says the same numbers as the metrics of %s',
    (text) => {
      const asMetrics = Array.from({ length: SCORES_PER_LINE }, (_, place) => {
        const line = `[2026-11-23 18:45:54,055] a.py(1) [INFO] - Spring_1.0 scores: ${text}`;
        const groups = new RegExp(buildScorePattern(place).replaceAll('(?P<', '(?<')).exec(line)?.groups;
        return groups ? [groups.metric, groups.value, Number(groups.value)] : [];
      }).filter(({ length }) => length > 0);
      expect((scores(text) as unknown[][]).filter(({ length }) => length === 3)).toEqual(asMetrics);
    }
  );
});

describe('evaluations', () => {
  const entries = (texts: string[], pod = 'job-eval-x7k2p') =>
    texts.map((text, index) => ({ time: BigInt(index), text, labels: { namespace: 'default', pod } }));
  const rows = (texts: string[]) =>
    toTaskEvaluations(entries(texts)).map(({ task, outcome, reason, round }) => [task, outcome, reason, round]);
  const summer = "Summer_4.0 scores: {'precision_score': 0.9}";

  it('tells which task was dropped and why, and which was kept', () =>
    expect(rows([STARTED, scored(summer), SCORED, DROPPED, FINISHED])).toEqual([
      ['Summer_4.0', 'kept', undefined, '1'],
      ['Autumn_1.0', 'dropped', 'all scores > 0.5', '1'],
    ]));

  it('does not call a task kept before its evaluation has ended', () =>
    expect(rows([STARTED, SCORED])).toEqual([['Autumn_1.0', 'open', undefined, '1']]));

  it('does not join what a container says after its restart with what it said before', () =>
    expect(rows([STARTED, SCORED, STARTED.replace('train/1', 'train/2'), DROPPED])).toEqual([
      ['Autumn_1.0', 'open', undefined, '1'],
      ['Autumn_1.0', 'dropped', 'all scores > 0.5', '2'],
    ]));

  it('shows a drop whose scores were not logged', () =>
    expect(rows([DROPPED])).toEqual([['Autumn_1.0', 'dropped', 'all scores > 0.5', undefined]]));

  it.each([
    ['backward', (index: number) => BigInt(-index)],
    ['of one time', () => BigInt(0)],
  ])('needs no order: %s', (_, timeOf) => {
    const lines = entries([FINISHED, DROPPED, SCORED, STARTED]).map((entry, index) => ({
      ...entry,
      time: timeOf(index),
    }));
    expect(toTaskEvaluations(lines).map(({ outcome, round }) => [outcome, round])).toEqual([['dropped', '1']]);
  });

  it('keeps pods apart', () => {
    const found = toTaskEvaluations([...entries([STARTED, SCORED]), ...entries([DROPPED, FINISHED], 'job-eval-other')]);
    expect(found.map(({ outcome, round }) => [outcome, round])).toEqual([
      ['open', '1'],
      ['dropped', undefined],
    ]);
  });
});
