/** Facts for tests: a healthy job, in which a test changes what it is about. */
import type { KindName } from '../../kinds';
import { parseLevel } from '../../logs';
import type { Facts, LogFact, WorkerFact } from '.';

/** 2026-11-24 12:00:00 UTC, Unix seconds. */
export const NOW = Date.UTC(2026, 10, 24, 12) / 1000;

/** A line `secondsAgo` before {@link NOW}; the container identifies the writer. */
export const logLine = (secondsAgo: number, container: string, text: string, pod = `${container}-x1`): LogFact => ({
  time: NOW - secondsAgo,
  level: parseLevel(text),
  namespace: ['gm', 'lc'].includes(container) ? 'sedna' : 'robots',
  pod,
  container,
  text,
});

/** A running worker of the job. */
export const workerLine = (change: Partial<WorkerFact> = {}): WorkerFact => ({
  pod: 'dog-train-abcde',
  type: 'train',
  node: 'edge0',
  phase: 'Running',
  recentRestarts: 0,
  ...change,
});

/** Newest condition `stage/type`, `age` seconds ago. */
export const conditionAt = (state: string, age: number): Pick<Facts, 'condition'> => {
  const [stage, type] = state.split('/');
  return { condition: { stage, type, since: NOW - age } };
};

/** A line of a worker with its color codes. */
export const sednaLine = (secondsAgo: number, level: string, text: string, pod = 'dog-eval-abcde') =>
  logLine(
    secondsAgo,
    'eval-worker',
    `\u001b[32m[2026-11-24 11:59:00,055] base.py(1) [${level}]\u001b[0m - ${text}\u001b[0m`,
    pod
  );

/** The line that a worker logs at the end of an evaluation. */
export const EVALUATED = sednaLine(1800, 'INFO', 'Task evaluation finishes.');

/** A healthy job about which everything is known. */
export const job = (change: Partial<Facts> = {}, kind: KindName = 'LifelongLearningJob'): Facts => ({
  object: { kind, namespace: 'robots', name: 'dog' },
  exists: true,
  ...conditionAt('Train/Running', 300),
  completedWithoutData: { Train: false, Eval: false },
  hasTrainedModel: true,
  hasDeployedModel: true,
  failures: [{ window: 3600, failed: 0, completedRounds: 3 }],
  workers: [workerLine()],
  failedWorkers: 0,
  nodes: [{ node: 'edge0', roles: ['edge'], leaseAge: 8, worstLeaseAge: 12 }],
  localController: { node: 'edge0', connected: true },
  dataset: { name: 'steps', exists: true, node: 'edge0', format: 'csv', samples: 900, updated: NOW - 50, read: true },
  trigger: {
    operator: '>',
    metric: 'num_of_samples',
    threshold: 500,
    windowStart: '02:00',
    windowEnd: '20:00',
    trainProbability: 0.8,
  },
  deployNotOk: false,
  globalManager: { podPhase: 'Running' },
  knowledgeBase: { readable: true, podPhase: 'Running' },
  freshness: { sampled: NOW - 20, collected: true, sources: [{ source: 'cluster', lastSuccess: NOW - 10 }] },
  recordedFindings: [],
  logs: [EVALUATED],
  ...change,
});

/** How LC names the job. */
export const KEY = 'robots/lifelonglearningjob/dog';
/** How GM names the job. */
export const GM = 'lifelonglearning job robots/dog';
export const klogLine = (level: string, text: string) => `${level}1124 11:59:00.123456       1 file.go:1] ${text}`;
/** Lines of the LC and the GM, by age in seconds. */
export const lcLine = (secondsAgo: number, text: string) => logLine(secondsAgo, 'lc', klogLine('I', text));
export const gmLine = (secondsAgo: number, text: string) => logLine(secondsAgo, 'gm', klogLine('I', text));
export const NOT_LOADED = `job(${KEY}) failed to complete the Train task: job(${KEY}) failed to load dataset, and waiting it: not exists dataset(name=robots/dataset/steps)`;
export const UNREAD =
  'dataset(name=robots/dataset/steps) get samples from /rootfs/x.csv failed, error: url(/rootfs/x.csv) does not exist';
