import type { Trigger } from '../components/localController';
import { buildKbFileUrl } from '../knowledge-base/knowledgeBase';
import { getNodeIp } from '../nodes';
import type { Json } from '../types';
import type { SimDataset } from './dataset';
import type { InferenceFault, Work } from './workers';

export interface LifelongOptions {
  namespace: string;
  name: string;
  dataset: SimDataset;
  /** Node of training and evaluation. */
  node: string;
  inferenceNode: string;
  trainProb: number;
  trigger: Trigger;
  outputDir: string;
  image: string;
  work: Work;
  annotations?: Record<string, string>;
  /** Samples of the dataset that earlier rounds used. */
  usedSamples?: number;
  /** Number of rounds before the start of the simulation. */
  roundsBefore?: number;
  credentialName?: string;
  /** Restart policy of training and evaluation. Sedna sets OnFailure by default. */
  restartPolicy?: 'Never';
  /** Fault of the inference worker. */
  inferenceFault?: InferenceFault;
}

function createWorkerTemplate(
  container: string,
  image: string,
  nodeName: string,
  script: string,
  env: Record<string, string>,
  restartPolicy?: string
): Json {
  return {
    template: {
      spec: {
        nodeName,
        ...(restartPolicy ? { restartPolicy } : {}),
        containers: [
          {
            image,
            name: container,
            imagePullPolicy: 'IfNotPresent',
            args: [script],
            env: Object.entries(env).map(([name, value]) => ({ name, value })),
          },
        ],
      },
    },
  };
}

/** Builds `spec` of a LifelongLearningJob like the examples of Sedna. */
export function buildLifelongSpec(options: LifelongOptions): Json {
  const { dataset, trainProb, trigger, image, node, inferenceNode, work, outputDir, credentialName } = options;
  const isAtcii = work.flavor === 'atcii';
  const trainEnv: Record<string, string> = isAtcii
    ? { early_stopping_rounds: '100', metric_name: 'mlogloss' }
    : { num_class: '24', epoches: '1' };
  const evalEnv: Record<string, string> = {
    ...(isAtcii ? { metrics: 'precision_score', metric_param: "{'average': 'micro'}" } : { num_class: '24' }),
    operator: work.drop.operator,
    model_threshold: String(work.drop.threshold),
  };
  const inferEnv: Record<string, string> = isAtcii
    ? { UT_SAVED_URL: '/ut_saved_url', infer_dataset_url: '/data/testData.csv' }
    : { test_data: '/data/test_data', num_class: '24' };
  return {
    dataset: { name: dataset.options.name, trainProb },
    trainSpec: {
      ...createWorkerTemplate('train-worker', image, node, 'train.py', trainEnv, options.restartPolicy),
      trigger: {
        checkPeriodSeconds: 60,
        timer: { start: trigger.start, end: trigger.end },
        condition: { operator: trigger.operator, threshold: trigger.threshold, metric: 'num_of_samples' },
      },
    },
    evalSpec: createWorkerTemplate('eval-worker', image, node, 'eval.py', evalEnv, options.restartPolicy),
    deploySpec: createWorkerTemplate('infer-worker', image, inferenceNode, 'inference.py', inferEnv),
    ...(credentialName ? { credentialName } : {}),
    outputDir,
  };
}

const KB_SERVER = 'http://kb.sedna:9020/knowledgebase';

/**
 * Builds the environment of a worker like the GM.
 * @param suffix five characters for WORKER_NAME, which differ from the suffix of the pod
 */
export function buildWorkerEnv(
  { namespace, name, node, inferenceNode, outputDir, dataset }: LifelongOptions,
  type: 'train' | 'eval' | 'inference',
  round: number,
  suffix: string
): Record<string, string> {
  const common = { NAMESPACE: namespace, JOB_NAME: name, DATA_PATH_PREFIX: '/home/data' };
  const buildLcUrl = (of: string) => `http://${getNodeIp(of)}:9100`;
  switch (type) {
    case 'train':
      return {
        ...common,
        WORKER_NAME: `train-worker-${suffix}`,
        LC_SERVER: buildLcUrl(node),
        KB_SERVER,
        HAS_COMPLETED_INITIAL_TRAINING: round > 1 ? 'true' : 'false',
        ...(round > 1 ? { CLOUD_KB_INDEX: buildKbFileUrl('index.pkl') } : {}),
        OUTPUT_URL: `${outputDir}/train/${round}`,
        TRAIN_DATASET_URL: `${outputDir}/data/train/${round}/data.csv`,
        ORIGINAL_DATASET_URL: dataset.options.url,
      };
    case 'eval':
      return {
        ...common,
        WORKER_NAME: `eval-worker-${suffix}`,
        LC_SERVER: buildLcUrl(node),
        KB_SERVER,
        MODEL_URLS: `${outputDir}/train/${round}/index.pkl`,
        TEST_DATASET_URL: `${outputDir}/data/eval/${round}/data.csv`,
        ORIGINAL_DATASET_URL: dataset.options.url,
        OUTPUT_URL: `${outputDir}/eval/${round}`,
      };
    case 'inference':
      return {
        ...common,
        WORKER_NAME: `inferworker-${suffix}`,
        LC_SERVER: buildLcUrl(inferenceNode),
        MODEL_URLS: `${outputDir}/deploy/index.pkl`,
        OUTPUT_URL: outputDir,
      };
  }
}

/** Returns the error of the GM for a job whose secret doesn't exist. */
export const getSecretError = ({ name, credentialName }: LifelongOptions): string =>
  `failed to get the secret ${credentialName} for lifelonglearning job ${name}: secrets "${credentialName}" not found`;
