/** Facts about causes that are found in names, lines, and workers, which a rule alone finds. */
import { conditionAt, GM, job, KEY, logLine, NOW, sednaLine, workerLine } from '../facts/facts.fixture';
import type { RuleFires } from './status.fixture';

const named = (length: number, ...[change, kind]: Parameters<typeof job>) => {
  const facts = job(change, kind);
  return { ...facts, object: { ...facts.object, name: 'd'.repeat(length) } };
};
const inference = ['a', 'b'].map((suffix) => workerLine({ type: 'inference', pod: `dog-inference-${suffix}` }));

const triggered = (secondsAgo: number, text = `job(${KEY}) completed the Evaling phase triggering task successfully`) =>
  logLine(secondsAgo, 'lc', `I1124 11:59:00.123456       1 file.go:1] ${text}`);

export const CAUSE_CASES: readonly RuleFires[] = [
  [
    'condition-lost',
    'a trigger of Eval without Ready',
    job({ ...conditionAt('Eval/Waiting', 75), logs: [triggered(65)] }),
  ],
  [
    'condition-lost',
    'a trigger of training without Ready',
    job({
      ...conditionAt('Train/Waiting', 900),
      logs: [triggered(65, `job(name=${KEY}) complete the Training phase triggering task successfully`)],
    }),
  ],
  [
    'failing-loop',
    'failures since the last success, whatever completed within the hour',
    job({
      ...conditionAt('Train/Waiting', 30),
      failures: [{ window: 3600, failed: 5, completedRounds: 6 }],
      failuresInARow: { Train: 5, Eval: 0 },
    }),
  ],
  [
    'stage-failed',
    'one failure since the last success',
    job({ ...conditionAt('Train/Waiting', 30), failuresInARow: { Train: 0, Eval: 1 } }),
  ],
  [
    'dataset-unread',
    'a dataset whose node does not exist',
    job({
      ...conditionAt('Train/Waiting', 900),
      dataset: { name: 'steps', node: 'edge7', format: 'csv', isNodeMissing: true },
      logs: [],
    }),
  ],
  [
    'dataset-unreadable',
    'the same about the dataset',
    job(
      { condition: undefined, dataset: { name: 'dog', node: 'edge7', format: 'csv', isNodeMissing: true }, logs: [] },
      'Dataset'
    ),
  ],
  [
    'no-progress',
    'Ready and Starting in turn, as while a pod is pending, the newest of them just now',
    job({ condition: { stage: 'Train', type: 'Ready', since: NOW - 5, stateSince: NOW - 601 } }),
  ],
  [
    'pod-refused',
    'Ready again and again',
    job({
      condition: { stage: 'Train', type: 'Ready', since: NOW - 5, stateSince: NOW - 700 },
      logs: [logLine(90, 'gm', `E1124 11:59:00.123456       1 file.go:1] ${GM} failed to be updated, err:no secret`)],
    }),
  ],
  [
    'pod-pending',
    'an image that fails while Ready and Starting alternate',
    job({
      condition: { stage: 'Train', type: 'Starting', since: NOW - 5, stateSince: NOW - 61 },
      workers: [workerLine({ phase: 'Pending', waitingReason: 'ErrImagePull' })],
    }),
  ],
  [
    'pod-gone',
    'Running again and again, as on a node other than that of the dataset',
    job({ condition: { stage: 'Train', type: 'Running', since: NOW - 5, stateSince: NOW - 181 }, workers: [] }),
  ],
  ['name-too-long', 'a name whose inference pods lose their type', named(48)],
  [
    'name-too-long',
    'a training that ended unseen, and not a global manager that does not respond',
    named(52, {
      ...conditionAt('Train/Starting', 900),
      workers: [workerLine({ phase: 'Succeeded', ended: NOW - 700 })],
    }),
  ],
  [
    'name-too-long',
    'a training that runs for hours in Starting, and not a lack of progress',
    named(52, conditionAt('Train/Starting', 9000)),
  ],
  [
    'inference-pods-left',
    'two inference pods long after a deployment',
    job({ ...conditionAt('Train/Waiting', 900), workers: inference }),
  ],
  [
    'tasks-dropped',
    'lines of the newest evaluation',
    job({
      logs: [
        sednaLine(400, 'INFO', "Autumn_1.0 scores: {'precision_score': 0.4}"),
        sednaLine(400, 'WARNING', 'Autumn_1.0 will not be deploy because all scores < 0.6'),
        sednaLine(399, 'INFO', 'Task evaluation finishes.'),
      ],
    }),
  ],
  [
    'dataset-format',
    'a csv dataset of an incremental learning job',
    job({ ...conditionAt('Train/Waiting', 900) }, 'IncrementalLearningJob'),
  ],
  [
    'pod-pending',
    'a node that does not exist',
    job({
      ...conditionAt('Train/Starting', 70),
      workers: [workerLine({ phase: 'Pending', node: 'edge7', created: NOW - 61, isNodeMissing: true })],
    }),
  ],
];
