import type { KindName } from '../kinds';
import { diagnose, type Facts } from '.';
import {
  conditionAt,
  gmLine,
  GM,
  job,
  KEY,
  lcLine,
  NOT_LOADED,
  NOW,
  sednaLine,
  UNREAD,
  workerLine,
} from './facts/facts.fixture';

const waiting = conditionAt('Train/Waiting', 900);
const dataset = { name: 'steps', node: 'edge0', format: 'csv' };
const service: KindName = 'JointInferenceService';

const QUIET: Array<[string, Facts]> = [
  [
    'a training without a pod, while one of several kube-state-metrics is down',
    job({ ...conditionAt('Train/Running', 900), workers: [], isIncomplete: true }),
  ],
  [
    'a dataset that is not seen, while one of several kube-state-metrics is down',
    job({ ...waiting, dataset: { ...dataset, exists: false }, isIncomplete: true }),
  ],
  [
    'a failed service without one of its workers, while one of several kube-state-metrics is down',
    job({ ...conditionAt('/Failed', 900), workers: [workerLine({ type: 'cloud' })], isIncomplete: true }, service),
  ],
  ['a lease of a minute', job({ nodes: [{ node: 'edge0', roles: [], leaseAge: 60, worstLeaseAge: 60 }] })],
  ['a job that waits for samples for twenty hours', job({ ...conditionAt('Train/Waiting', 72_000) })],
  ['a training that takes a day', job({ ...conditionAt('Train/Running', 86_400) })],
  [
    'a dataset that comes after its job',
    job({ ...conditionAt('Train/Waiting', 100), dataset: { ...dataset, exists: false } }),
  ],
  ['a dataset that is gone while no stage waits', job({ dataset: { ...dataset, exists: false } })],
  ['a dataset of which nobody can tell whether it exists', job({ ...waiting, dataset: { name: 'steps' }, logs: [] })],
  ['a dataset that does not grow', job({ ...waiting, dataset: { ...dataset, updated: NOW - 72_000, read: true } })],
  [
    'a dataset that is read again',
    job({
      ...waiting,
      dataset: { ...dataset, updated: NOW - 2 },
      logs: [lcLine(200, NOT_LOADED), lcLine(5, NOT_LOADED)],
    }),
  ],
  [
    'lines about a dataset that are over',
    job({ ...waiting, dataset, logs: [lcLine(900, NOT_LOADED), lcLine(301, NOT_LOADED)] }),
  ],
  [
    'the first failing lines about a dataset',
    job({ ...waiting, dataset, logs: [lcLine(50, NOT_LOADED), lcLine(5, NOT_LOADED)] }),
  ],
  [
    'another dataset that cannot be read',
    job({
      ...waiting,
      dataset,
      logs: [lcLine(90, UNREAD.replace('steps', 'other')), lcLine(5, UNREAD.replace('steps', 'other'))],
    }),
  ],
  [
    'lines about a job whose name only begins alike',
    job({
      ...conditionAt('Train/Ready', 400),
      logs: [gmLine(20, 'lifelonglearning job robots/dog-2 failed to be updated, err:x')],
    }),
  ],
  [
    'lines about a job of that name in another namespace',
    job({
      ...conditionAt('Deploy/Waiting', 70),
      logs: [lcLine(5, 'failed to update model for job(name=others/lifelonglearningjob/dog): x')],
    }),
  ],
  ['a format that the LC reads', job({ ...waiting, dataset: { ...dataset, format: 'txt' } })],
  ['a format in capitals', job({ ...waiting, dataset: { ...dataset, format: 'CSV' } })],
  ['a dataset of such a format', job({ condition: undefined, dataset: { ...dataset, format: 'TXT' } }, 'Dataset')],
  ['a format that no longer matters', job({ dataset: { ...dataset, format: 'parquet' } })],
  [
    'a connection that was closed and is back',
    job({
      logs: [gmLine(400, 'closed connection for node edge0'), gmLine(300, 'established connection for node edge0')],
    }),
  ],
  [
    'an old connection that was closed late, for the dataset has reported since',
    job({ dataset: { ...dataset, updated: NOW - 889 }, logs: [gmLine(900, 'closed connection for node edge0')] }),
  ],
  [
    'an old connection that was closed late, for a stage was reported ready since',
    job({ ...conditionAt('Train/Ready', 100), dataset, logs: [gmLine(900, 'closed connection for node edge0')] }),
  ],
  [
    'a series that says so, while the dataset reports',
    job({ logs: undefined, localController: { node: 'edge0', connected: false } }),
  ],
  [
    'a connection that is closed for less than a minute',
    job({ logs: [gmLine(59, 'closed connection for node edge0')] }),
  ],
  ['a connection of another node', job({ logs: [gmLine(900, 'closed connection for node edge0-b')] })],
  [
    'a series that lags behind the line',
    job({
      localController: { node: 'edge0', connected: false },
      logs: [gmLine(10, 'established connection for node edge0')],
    }),
  ],
  [
    'Ready for two minutes',
    job({ ...conditionAt('Train/Ready', 120), logs: [gmLine(20, `${GM} failed to be updated, err:x`)] }),
  ],
  [
    'a refusal of an earlier round',
    job({ ...conditionAt('Train/Ready', 300), logs: [gmLine(900, `${GM} failed to be updated, err:x`)] }),
  ],
  [
    'an image that is only just failing',
    job({
      ...conditionAt('Train/Starting', 60),
      workers: [workerLine({ phase: 'Pending', waitingReason: 'ErrImagePull' })],
    }),
  ],
  [
    'a pod that is being created',
    job({ ...conditionAt('Train/Starting', 600), workers: [workerLine({ phase: 'Pending', created: NOW - 600 })] }),
  ],
  [
    'a pod of which it is not known since when it is being created',
    job({ ...conditionAt('Train/Waiting', 9000), workers: [workerLine({ type: 'inference', phase: 'Pending' })] }),
  ],
  [
    'a pod that no node takes yet',
    job({
      ...conditionAt('Train/Starting', 60),
      workers: [workerLine({ phase: 'Pending', created: NOW - 60, isUnschedulable: true })],
    }),
  ],
  [
    'a pod that ended only just, after a day',
    job({ ...conditionAt('Train/Running', 86_400), workers: [workerLine({ phase: 'Succeeded', ended: NOW - 120 })] }),
  ],
  [
    'a run whose pod was not seen yet, beside that of the run before',
    job({ ...conditionAt('Train/Running', 180), workers: [workerLine({ phase: 'Succeeded', ended: NOW - 900 })] }),
  ],
  [
    'a run whose pod was not seen yet, beside one that was evicted at some time',
    job({ ...conditionAt('Train/Running', 180), workers: [workerLine({ phase: 'Failed' })] }),
  ],
  [
    'a run whose pod is gone beside that of the run before, which may be taken for it',
    job({ ...conditionAt('Train/Running', 600), workers: [workerLine({ phase: 'Succeeded', ended: NOW - 1200 })] }),
  ],
  [
    'a run that goes on beside the pod of an earlier one',
    job({
      ...conditionAt('Train/Running', 9000),
      workers: [workerLine({ phase: 'Succeeded', ended: NOW - 9100 }), workerLine()],
    }),
  ],
  ['Completed for two minutes', job({ ...conditionAt('Eval/Completed', 120) })],
  [
    'a pod that crashed and then succeeded',
    job({
      ...conditionAt('Eval/Running', 60),
      workers: [workerLine({ phase: 'Succeeded', recentRestarts: 3, ended: NOW - 90 })],
    }),
  ],
  ['two restarts', job({ workers: [workerLine({ recentRestarts: 2 })] })],
  ['Running whose pod was not seen yet', job({ ...conditionAt('Train/Running', 180), workers: [] })],
  [
    'Running with a pod of a type that is not known',
    job({ ...conditionAt('Train/Running', 900), workers: [workerLine({ type: '' })] }),
  ],
  [
    'a first report that may still come',
    job({ ...conditionAt('Eval/Waiting', 60), completedWithoutData: { Train: true }, hasTrainedModel: false }),
  ],
  [
    'a report of training that may still come',
    job({ ...conditionAt('Train/Completed', 1), completedWithoutData: { Train: true } }),
  ],
  [
    'a report of an evaluation that may still come',
    job({ ...conditionAt('Deploy/Waiting', 60), completedWithoutData: { Train: false, Eval: true } }),
  ],
  [
    'a lost report that was mended',
    job({ ...conditionAt('Eval/Waiting', 90), completedWithoutData: { Train: false } }),
  ],
  [
    'failures of a stage that has completed since, though no round has',
    job({
      ...conditionAt('Eval/Running', 30),
      failures: [{ window: 3600, failed: 3, completedRounds: 0 }],
      failuresInARow: { Train: 0 },
    }),
  ],
  ['failures among many rounds', job({ ...waiting, failures: [{ window: 86_400, failed: 2, completedRounds: 30 }] })],
  [
    'failures before a round that completed, and what runs since',
    job({
      failures: [
        { window: 3600, failed: 0, completedRounds: 0 },
        { window: 86_400, failed: 2, completedRounds: 1 },
      ],
    }),
  ],
  [
    'failures earlier than the last hour, in which a round completed',
    job({
      ...waiting,
      failures: [
        { window: 3600, failed: 0, completedRounds: 1 },
        { window: 86_400, failed: 3, completedRounds: 1 },
      ],
    }),
  ],
  [
    'failures of the last hour, and an evaluation that finished after them',
    job({
      ...waiting,
      failures: [{ window: 3600, failed: 2, completedRounds: 1 }],
      logs: [gmLine(2000, `${GM} Train stage failed!`), sednaLine(1000, 'INFO', 'Task evaluation finishes.')],
    }),
  ],
  [
    'a round that has just completed, before it is counted',
    job({ ...conditionAt('Deploy/Completed', 5), failures: [{ window: 3600, failed: 2, completedRounds: 0 }] }),
  ],
  ['one failed pod', job({ ...waiting, failures: [{ window: 3600, failed: 1 }] })],
  [
    'a copy that failed in an earlier round',
    job({
      ...conditionAt('Deploy/Waiting', 70),
      logs: [lcLine(200, `failed to update model for job(name=${KEY}): x`)],
    }),
  ],
  [
    'an index that failed before the newest evaluation',
    job({
      logs: [
        sednaLine(900, 'ERROR', 'KB update Fail !', 'dog-eval-aaaaa'),
        sednaLine(60, 'INFO', 'Task evaluation finishes.'),
      ],
    }),
  ],
  [
    'a knowledge base that refused earlier',
    job({
      logs: [sednaLine(301, 'WARNING', 'Connection refused in request http://kb.sedna:9020/knowledgebase/update')],
    }),
  ],
  [
    'Deploy of an incremental learning job',
    job({ ...conditionAt('Deploy/Waiting', 7200), logs: undefined }, 'IncrementalLearningJob'),
  ],
  ['a service that runs', job({ ...conditionAt('/Running', 60) }, service)],
  [
    'a service that counts workers as failed that run',
    job({ ...conditionAt('/Running', 60), failedWorkers: 1 }, service),
  ],
  ['a status Failed where no pods are known', job({ ...conditionAt('/Failed', 60), workers: undefined }, service)],
  [
    'a kind without a controller, of which nothing is known',
    { object: { kind: 'ObjectTrackingService', namespace: 'a', name: 'b' } },
  ],
];

it.each(QUIET)('finds nothing for %s', (_, facts) => expect(diagnose(facts, NOW).findings).toEqual([]));
