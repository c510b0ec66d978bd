/** One object of each kind of Sedna with a status like that of its controller, and its expected series. */
import type { KindName } from '../../../src/sedna/kinds';

const template = (name: string) => ({ template: { spec: { containers: [{ name, image: 'i' }] } } });

/** Required fields of the CRD of each kind, and fields of the info series. */
export const SPECS: Readonly<Record<KindName, object>> = {
  LifelongLearningJob: {
    dataset: { name: 'd', trainProb: 0.8 },
    outputDir: '/output',
    trainSpec: {
      ...template('t'),
      trigger: { condition: { operator: '>', threshold: 500, metric: 'num_of_samples' } },
    },
    evalSpec: template('e'),
    deploySpec: template('i'),
  },
  IncrementalLearningJob: {
    initialModel: { name: 'initial' },
    dataset: { name: 'd', trainProb: 0.7 },
    outputDir: '/output',
    trainSpec: { ...template('t'), trigger: { condition: { operator: '>', threshold: 50, metric: 'num_of_samples' } } },
    evalSpec: template('e'),
    deploySpec: {
      ...template('i'),
      model: { name: 'deployed' },
      hardExampleMining: { name: 'IBT' },
      trigger: { condition: { operator: '>', threshold: 0.1, metric: 'precision_delta' } },
    },
  },
  FederatedLearningJob: {
    aggregationWorker: { ...template('a'), model: { name: 'aggregated' } },
    pretrainedModel: { name: 'pretrained' },
    trainingWorkers: [{ ...template('t'), dataset: { name: 'd' } }],
  },
  JointInferenceService: {
    edgeWorker: { ...template('e'), model: { name: 'little' }, hardExampleMining: { name: 'IBT' } },
    cloudWorker: { ...template('c'), model: { name: 'big' } },
  },
  FeatureExtractionService: { ...template('f'), selector: {}, model: { name: 'm' } },
  VideoAnalyticsJob: { ...template('v'), model: { name: 'm' } },
  ReidJob: template('r'),
  ObjectSearchService: {
    userWorker: template('u'),
    trackingWorkers: [template('t')],
    reidWorkers: { ...template('r'), selector: {} },
  },
  ObjectTrackingService: { trackingWorkers: [template('t')], reidWorkers: { ...template('r'), selector: {} } },
  Dataset: { url: '/data/train.csv', format: 'csv', nodeName: 'edge-node' },
  Model: { url: '/model/m.pb', format: 'pb' },
};

const START = '2026-11-24T08:00:00Z';
const LATER = '2026-11-24T09:30:00Z';
const END = '2026-11-24T10:00:00Z';

const times = (time: string) => ({ lastHeartbeatTime: time, lastTransitionTime: time });
const condition = (type: string, time: string, status = 'True') => ({ type, status, ...times(time) });
/** Creates a condition of federated learning, which uses lastHeartbeatTime as transition time. */
const federatedCondition = (type: string, time: string) => ({
  type,
  status: 'True',
  lastHeartbeatTime: time,
  lastProbeTime: END,
});
const stageCondition = (stage: string, type: string, time: string) => ({ stage, ...condition(type, time) });

export const STATUSES: Readonly<Record<KindName, object>> = {
  LifelongLearningJob: {
    startTime: START,
    conditions: [
      stageCondition('Train', 'Waiting', START),
      stageCondition('Train', 'Ready', START),
      stageCondition('Eval', 'Failed', LATER),
    ],
  },
  IncrementalLearningJob: {
    startTime: START,
    conditions: [stageCondition('Train', 'Waiting', START), stageCondition('Deploy', 'Completed', LATER)],
  },
  FederatedLearningJob: {
    phase: 'Running',
    active: 2,
    succeeded: 1,
    failed: 0,
    startTime: START,
    completionTime: END,
    conditions: [federatedCondition('Complete', START), federatedCondition('Training', LATER)],
  },
  JointInferenceService: {
    active: 2,
    failed: 1,
    startTime: START,
    metrics: [{ key: 'inferenceNumber', value: '4821' }],
    conditions: [condition('Pending', START), condition('Running', LATER)],
  },
  FeatureExtractionService: {
    active: 1,
    failed: 0,
    startTime: START,
    metrics: [{ key: 'extracted', value: '4821' }],
    conditions: [condition('Pending', START), condition('Failed', LATER, 'False')],
  },
  VideoAnalyticsJob: {
    phase: 'Pending',
    active: 1,
    succeeded: 2,
    failed: 3,
    startTime: START,
    completionTime: END,
    conditions: [condition('Waiting', START), condition('Starting', LATER)],
  },
  ReidJob: {
    phase: 'Succeeded',
    active: 0,
    succeeded: 5,
    failed: 0,
    startTime: START,
    completionTime: END,
    conditions: [condition('Waiting', START), condition('Completed', LATER)],
  },
  ObjectSearchService: {
    active: 7,
    failed: 0,
    startTime: START,
    conditions: [condition('Pending', START), condition('Running', LATER, 'Unknown')],
  },
  ObjectTrackingService: {
    active: 0,
    failed: 4,
    startTime: START,
    conditions: [condition('Failed', LATER)],
  },
  Dataset: { numberOfSamples: 3200, updateTime: LATER },
  Model: { updateTime: LATER, metrics: [{ key: 'precision', value: '0.95' }] },
};

type ExpectedSeries = Array<[family: string, labels: Record<string, string>, value: number]>;

/** Creates a state set with one active state. */
function states(
  family: string,
  label: string,
  active: string,
  all: string,
  beside: Record<string, string> = {}
): ExpectedSeries {
  return all.split(' ').map((state) => [family, { [label]: state, ...beside }, state === active ? 1 : 0]);
}

const gauge = (family: string, value: number): ExpectedSeries => [[family, {}, value]];
const info = (labels: Record<string, string>): ExpectedSeries => [['info', labels, 1]];

const START_SECONDS = 1795507200;
const LATER_SECONDS = 1795512600;
const END_SECONDS = 1795514400;

const STAGE_CONDITIONS = 'Waiting Ready Starting Running Completed Failed';
const status = (active: string) => states('status', 'status', active, 'True False Unknown');
const startTime = gauge('start_timestamp_seconds', START_SECONDS);
const lastTransition = gauge('last_transition_timestamp_seconds', LATER_SECONDS);

function workers(active: number, failed: number, succeeded?: number): ExpectedSeries {
  const common = [...gauge('active_workers', active), ...gauge('failed_workers', failed)];
  return succeeded === undefined ? common : [...common, ...gauge('succeeded_workers', succeeded)];
}

const phase = (active: string): ExpectedSeries => [
  ...states('phase', 'phase', active, 'Pending Running Succeeded Failed'),
  ...gauge('completion_timestamp_seconds', END_SECONDS),
];

/** Expected series by kind, with the family without prefix. All also have namespace, name, and kind. */
export const EXPECTED_SERIES: Readonly<Record<KindName, ExpectedSeries>> = {
  LifelongLearningJob: [
    ...info({ dataset: 'd', output_dir: '/output' }),
    ...status('True'),
    ...states('condition', 'condition', 'Failed', STAGE_CONDITIONS, { stage: 'Eval' }),
    ...lastTransition,
    ...startTime,
    ...gauge('train_probability', 0.8),
    ...gauge('trigger_threshold', 500),
  ],
  IncrementalLearningJob: [
    ...info({ dataset: 'd', output_dir: '/output', initial_model: 'initial', deploy_model: 'deployed' }),
    ...status('True'),
    ...states('condition', 'condition', 'Completed', STAGE_CONDITIONS, { stage: 'Deploy' }),
    ...lastTransition,
    ...startTime,
    ...gauge('train_probability', 0.7),
    ...gauge('trigger_threshold', 50),
  ],
  FederatedLearningJob: [
    ...info({ aggregation_model: 'aggregated', pretrained_model: 'pretrained' }),
    ...status('True'),
    ...states('condition', 'condition', 'Training', 'Complete Failed Training'),
    ...lastTransition,
    ...startTime,
    ...phase('Running'),
    ...workers(2, 0, 1),
  ],
  JointInferenceService: [
    ...info({ edge_model: 'little', cloud_model: 'big' }),
    ...status('True'),
    ...states('condition', 'condition', 'Running', 'Pending Failed Running'),
    ...lastTransition,
    ...startTime,
    ...workers(2, 1),
  ],
  FeatureExtractionService: [
    ...info({ model: 'm' }),
    ...status('False'),
    ...states('condition', 'condition', 'Failed', 'Pending Failed Running'),
    ...lastTransition,
    ...startTime,
    ...workers(1, 0),
  ],
  VideoAnalyticsJob: [
    ...info({ model: 'm' }),
    ...status('True'),
    ...states('condition', 'condition', 'Starting', STAGE_CONDITIONS),
    ...lastTransition,
    ...startTime,
    ...phase('Pending'),
    ...workers(1, 3, 2),
  ],
  ReidJob: [
    ...info({}),
    ...status('True'),
    ...states('condition', 'condition', 'Completed', STAGE_CONDITIONS),
    ...lastTransition,
    ...startTime,
    ...phase('Succeeded'),
    ...workers(0, 0, 5),
  ],
  ObjectSearchService: [
    ...info({}),
    ...status('Unknown'),
    ...states('condition', 'condition', 'Running', 'Pending Failed Running'),
    ...lastTransition,
    ...startTime,
    ...workers(7, 0),
  ],
  ObjectTrackingService: [
    ...info({}),
    ...status('True'),
    ...states('condition', 'condition', 'Failed', 'Pending Failed Running'),
    ...lastTransition,
    ...startTime,
    ...workers(0, 4),
  ],
  Dataset: [
    ...info({ url: '/data/train.csv', format: 'csv', node: 'edge-node' }),
    ...gauge('samples', 3200),
    ...gauge('update_timestamp_seconds', LATER_SECONDS),
  ],
  Model: [...info({ url: '/model/m.pb', format: 'pb' }), ...gauge('update_timestamp_seconds', LATER_SECONDS)],
};
