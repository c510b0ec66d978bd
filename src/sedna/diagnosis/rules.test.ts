import type { KindName } from '../kinds';
import { diagnose, RULE_IDS, RULES, type Facts, type WorkerFact } from '.';
import {
  conditionAt,
  EVALUATED,
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
import { CAUSE_CASES } from './ruleCases/namedCauses.fixture';
import { STATUS_CASES, type RuleFires } from './ruleCases/status.fixture';

const rulesFor = (facts: Facts) => diagnose(facts, NOW).findings.map(({ rule }) => rule);

const waiting = conditionAt('Train/Waiting', 900);
const dataset = { name: 'steps', node: 'edge0', format: 'csv' };
const offline = [{ node: 'edge0', roles: [], leaseAge: 61, worstLeaseAge: 61 }];
const service: KindName = 'JointInferenceService';

it('finds nothing in a healthy job, and skips no rule', () => {
  const { findings, skippedRules, passedRules } = diagnose(job(), NOW);
  expect([findings, skippedRules]).toEqual([[], []]);
  expect(passedRules).toHaveLength(RULES.filter(({ kinds }) => kinds.includes('LifelongLearningJob')).length);
});

/** For each rule: facts that it alone finds. */
const FIRES: RuleFires[] = [
  ['node-offline', 'a lease of more than a minute', job({ nodes: offline })],
  [
    'node-offline',
    'a dataset on such a node',
    job({ nodes: offline, condition: undefined, dataset: { name: 'dog' } }, 'Dataset'),
  ],
  [
    'data-stale',
    'a sample of more than two and a half minutes',
    job({ freshness: { sampled: NOW - 151, sources: [] } }),
  ],
  [
    'data-stale',
    'no sample of any object, nor of late of this one',
    { object: job().object, freshness: { collected: false, sources: [] } },
  ],
  [
    'data-stale',
    'a source that the exporter cannot read',
    job({ freshness: { sampled: NOW - 20, sources: [{ source: 'knowledge-base', lastSuccess: NOW - 301 }] } }),
  ],
  ['knowledge-base-unreachable', 'its pod pends', job({ knowledgeBase: { podPhase: 'Pending' } })],
  ['knowledge-base-unreachable', 'it has a service and no pod', job({ knowledgeBase: { isWithoutPod: true } })],
  ['knowledge-base-unreachable', 'its database cannot be read', job({ knowledgeBase: { readable: false } })],
  [
    'knowledge-base-unreachable',
    'a worker is refused',
    job({
      logs: [sednaLine(30, 'WARNING', 'Connection refused in request http://kb.sedna:9020/knowledgebase/update')],
    }),
  ],
  ['dataset-missing', 'nothing of that name is there', job({ ...waiting, dataset: { name: 'steps', exists: false } })],
  [
    'dataset-missing',
    'the same of an incremental learning job that goes on to its evaluation',
    job({ ...conditionAt('Eval/Waiting', 900), dataset: { name: 'steps', exists: false } }, 'IncrementalLearningJob'),
  ],
  [
    'dataset-unread',
    'lines of the job for a while',
    job({ ...waiting, dataset, logs: [lcLine(90, NOT_LOADED), lcLine(5, NOT_LOADED)] }),
  ],
  [
    'dataset-unread',
    'lines of its dataset for a while',
    job({ ...waiting, dataset, logs: [lcLine(90, UNREAD), lcLine(30, UNREAD)] }),
  ],
  [
    'dataset-unread',
    'the series that is made of them',
    job({ ...waiting, logs: undefined, dataset: { ...dataset, read: false } }),
  ],
  [
    'dataset-unreadable',
    'the same about a dataset',
    job(
      {
        condition: undefined,
        dataset: { name: 'dog', read: false },
        object: { kind: 'Dataset', namespace: 'robots', name: 'dog' },
      },
      'Dataset'
    ),
  ],
  [
    'dataset-format',
    'a format that the LC cannot read',
    job({ ...waiting, dataset: { ...dataset, format: 'parquet' } }),
  ],
  [
    'dataset-format',
    'the same of an incremental learning job',
    job({ ...waiting, dataset: { ...dataset, format: 'dir' } }, 'IncrementalLearningJob'),
  ],
  [
    'dataset-format',
    'a dataset of such a format, whose lines say no more than that',
    job({ condition: undefined, dataset: { ...dataset, name: 'dog', format: 'dir', read: false } }, 'Dataset'),
  ],
  ['trigger-never', 'an operator that is none', job({ ...waiting, trigger: { operator: '=>' } })],
  ['trigger-never', 'a metric that is none', job({ ...waiting, trigger: { operator: '>', metric: 'samples' } })],
  [
    'local-controller-disconnected',
    'GM closed the connection',
    job({ dataset, logs: [gmLine(61, 'closed connection for node edge0')] }),
  ],
  [
    'local-controller-disconnected',
    'the series says so',
    job({ dataset, logs: [EVALUATED], localController: { node: 'edge0', connected: false } }),
  ],
  [
    'local-controller-disconnected',
    'GM closed the connection as the dataset last reported',
    job({ dataset: { ...dataset, updated: NOW - 890 }, logs: [gmLine(900, 'closed connection for node edge0')] }),
  ],
  [
    'pod-refused',
    'Ready, and GM says why',
    job({
      ...conditionAt('Train/Ready', 130),
      logs: [gmLine(20, `${GM} failed to be updated, err:failed to get secret s3: not found`)],
    }),
  ],
  [
    'pod-pending',
    'an image that cannot be pulled',
    job({
      ...conditionAt('Train/Starting', 70),
      workers: [workerLine({ phase: 'Pending', waitingReason: 'ImagePullBackOff' })],
    }),
  ],
  [
    'pod-pending',
    'the same of a service',
    job(
      {
        ...conditionAt('/Running', 70),
        workers: [workerLine({ type: 'edge', phase: 'Pending', waitingReason: 'ErrImagePull' })],
      },
      service
    ),
  ],
  [
    'pod-pending',
    'an init container that crashes',
    job({
      ...conditionAt('Train/Starting', 70),
      workers: [
        workerLine({ phase: 'Pending', waitingReason: 'CrashLoopBackOff', waitingContainer: 'storage-initializer' }),
      ],
    }),
  ],
  [
    'pod-pending',
    'no node that takes it',
    job({
      ...conditionAt('Train/Starting', 70),
      workers: [workerLine({ phase: 'Pending', node: undefined, created: NOW - 61, isUnschedulable: true })],
    }),
  ],
  [
    'pod-pending',
    'nothing that says why, of a service that runs for long',
    job({ ...conditionAt('/Running', 9000), workers: [workerLine({ phase: 'Pending', created: NOW - 601 })] }, service),
  ],
  [
    'crash-loop',
    'the back-off of kubelet',
    job({ workers: [workerLine({ waitingReason: 'CrashLoopBackOff', recentRestarts: 1 })] }),
  ],
  ['crash-loop', 'three restarts in an hour', job({ workers: [workerLine({ recentRestarts: 3 })] })],
  [
    'pod-gone',
    'Running without a pod',
    job({ ...conditionAt('Train/Running', 181), workers: [workerLine({ type: 'inference' })] }),
  ],
  [
    'global-manager-unresponsive',
    'Running with a pod that has succeeded',
    job({ ...conditionAt('Train/Running', 181), workers: [workerLine({ phase: 'Succeeded', ended: NOW - 121 })] }),
  ],
  [
    'global-manager-unresponsive',
    'Running with a pod that was evicted, of which nobody tells when',
    job({ ...conditionAt('Eval/Running', 181), workers: [workerLine({ type: 'eval', phase: 'Failed' })] }),
  ],
  [
    'global-manager-unresponsive',
    'Starting with a pod that has failed, for so long that there seems to be no progress',
    job({ ...conditionAt('Train/Starting', 9000), workers: [workerLine({ phase: 'Failed', ended: NOW - 8000 })] }),
  ],
  [
    'global-manager-unresponsive',
    'Running for long with the pod of an earlier run, whose end it would take for that of this one',
    job({ ...conditionAt('Train/Running', 601), workers: [workerLine({ phase: 'Succeeded', ended: NOW - 900 })] }),
  ],
  ['global-manager-unresponsive', 'Completed for long', job({ ...conditionAt('Deploy/Completed', 121), workers: [] })],
  [
    'report-lost',
    'Eval waits for a training without data',
    job({ ...conditionAt('Eval/Waiting', 61), completedWithoutData: { Train: true }, hasTrainedModel: false }),
  ],
  [
    'older-model-used',
    'Eval goes on with the model of an earlier training',
    job({ ...conditionAt('Eval/Ready', 5), completedWithoutData: { Train: true, Eval: false } }),
  ],
  [
    'older-model-used',
    'Eval has a model of an earlier training to take, and does not wait for the lost one',
    job({ ...conditionAt('Eval/Waiting', 61), completedWithoutData: { Train: true } }),
  ],
  [
    'older-model-used',
    'Deploy goes on without what the evaluation found',
    job({ ...conditionAt('Deploy/Waiting', 61), completedWithoutData: { Train: false, Eval: true } }),
  ],
  [
    'older-model-used',
    'a training that lost its report, while that of its evaluation may still come',
    job({ ...conditionAt('Deploy/Waiting', 5), completedWithoutData: { Train: true, Eval: true } }),
  ],
  [
    'older-model-used',
    'the round after it waits for samples',
    job({ ...waiting, completedWithoutData: { Train: true, Eval: false } }),
  ],
  [
    'failing-loop',
    'failures now, whatever was before',
    job({ ...conditionAt('Train/Failed', 5), failures: [{ window: 3600, failed: 2, completedRounds: 1 }] }),
  ],
  [
    'failing-loop',
    'failures in a day, and none but one of them in the last hour',
    job({
      ...waiting,
      failures: [
        { window: 3600, failed: 1, completedRounds: 0 },
        { window: 86_400, failed: 2, completedRounds: 1 },
      ],
    }),
  ],
  [
    'failing-loop',
    'a round that begins anew as GM says that a stage failed',
    job({
      ...waiting,
      failures: [{ window: 3600, failed: 2, completedRounds: 1 }],
      logs: [gmLine(901, `${GM} Train stage failed!`)],
    }),
  ],
  [
    'failing-loop',
    'GM saying that a stage failed after the last evaluation that finished',
    job({
      failures: [{ window: 3600, failed: 2, completedRounds: 1 }],
      logs: [sednaLine(2000, 'INFO', 'Task evaluation finishes.'), gmLine(901, `${GM} Train stage failed!`)],
    }),
  ],
  [
    'failing-loop',
    'failures in a day',
    job({
      ...waiting,
      failures: [
        { window: 3600, failed: 0, completedRounds: 0 },
        { window: 86_400, failed: 3, completedRounds: 0 },
      ],
    }),
  ],
  [
    'failing-loop',
    'failed pods, with nothing known of rounds',
    job({ ...waiting, failures: [{ window: 3600, failed: 2 }] }),
  ],
  ['stage-failed', 'the newest condition', job({ ...conditionAt('Train/Failed', 1) })],
  [
    'stage-failed',
    'one failure and no round since',
    job({ ...waiting, failures: [{ window: 3600, failed: 1, completedRounds: 0 }] }),
  ],
  [
    'model-not-copied',
    'the LC says so',
    job({
      ...conditionAt('Deploy/Waiting', 70),
      logs: [lcLine(5, `failed to update model for job(name=${KEY}): failed to copy trained model(url=/a): no space`)],
    }),
  ],
  [
    'model-not-copied',
    'the recording rule says so',
    job({ ...conditionAt('Deploy/Waiting', 70), logs: undefined, deployNotOk: true }),
  ],
  [
    'index-not-updated',
    'the newest evaluation says so',
    job({ logs: [sednaLine(900, 'ERROR', 'KB update Fail !'), sednaLine(899, 'INFO', 'Task evaluation finishes.')] }),
  ],
  ['no-progress', 'Ready for more than ten minutes', job({ ...conditionAt('Train/Ready', 601) })],
  ['no-progress', 'Starting for more than ten minutes', job({ ...conditionAt('Eval/Starting', 601) })],
  ['no-progress', 'Deploy/Waiting for more than ten minutes', job({ ...conditionAt('Deploy/Waiting', 601) })],
  ...STATUS_CASES,
  ...CAUSE_CASES,
];

it.each(FIRES)('%s finds %s', (rule, _, facts) => expect(rulesFor(facts)).toEqual([rule]));

/** Rules that only Prometheus decides, which records them. */
const RECORDED = RULES.filter(({ detect }) => detect === undefined);

it('has a case for every rule that judges facts', () =>
  expect(
    RULE_IDS.filter((id) => !FIRES.some(([rule]) => rule === id) && !RECORDED.some((rule) => rule.id === id))
  ).toEqual([]));

describe.each(RECORDED.filter(({ kinds }) => kinds.includes('LifelongLearningJob')))('$id', ({ id }) => {
  it('finds what Prometheus recorded, with its labels', () => {
    const labels = { pod: 'dog-train-abcde', metric: 'precision' };
    expect(diagnose(job({ recordedFindings: [{ rule: id, labels }] }), NOW).findings).toEqual([
      expect.objectContaining({ rule: id, params: labels }),
    ]);
  });

  it('is skipped without recorded findings', () =>
    expect(diagnose(job({ recordedFindings: undefined }), NOW).skippedRules).toContainEqual(
      expect.objectContaining({ rule: id, requires: ['recorded-findings'] })
    ));
});

it('calls a format an error for a waiting job, and a warning for a dataset alone', () => {
  const wrong = { dataset: { ...dataset, format: 'dir' } };
  const severities = [job({ ...waiting, ...wrong }), job({ ...wrong, condition: undefined }, 'Dataset')].map((facts) =>
    diagnose(facts, NOW).findings.map(({ severity }) => severity)
  );
  expect(severities).toEqual([['error'], ['warning']]);
});

it('calls a pending pod an error if the reason is known, and a warning otherwise', () => {
  const severity = (change: Partial<WorkerFact>) =>
    diagnose(
      job({ ...conditionAt('Train/Starting', 900), workers: [workerLine({ phase: 'Pending', ...change })] }),
      NOW
    ).findings.map((finding) => `${finding.rule} ${finding.severity}`);
  expect(severity({ created: NOW - 900 })).toEqual(['pod-pending warning']);
  expect(severity({ created: NOW - 900, isUnschedulable: true })).toEqual(['pod-pending error']);
  expect(severity({ created: NOW - 900, waitingReason: 'ErrImagePull' })).toEqual(['pod-pending error']);
});
