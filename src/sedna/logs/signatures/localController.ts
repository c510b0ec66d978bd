/** Lines of the local controller (pkg/localcontroller/managers in kubeedge/sedna). */
import type { LogSignature } from './signature';

const getJobKey = (namespace: string, name: string) => `${namespace}/lifelonglearningjob/${name}`;

export const LOCAL_CONTROLLER_SIGNATURES = [
  {
    id: 'train-samples',
    kinds: ['LifelongLearningJob'],
    pattern: (...job) => `job[(]${getJobKey(...job)}[)]'s current train samples nums is ([0-9]+)`,
  },
  {
    id: 'training-triggered',
    kinds: ['LifelongLearningJob'],
    pattern: (...job) => `job[(]name=${getJobKey(...job)}[)] complete the Training phase`,
  },
  {
    id: 'local-controller-started',
    kinds: ['LifelongLearningJob'],
    pattern: () => 'manager lifelonglearningjob is started',
  },
  {
    id: 'dataset-not-loaded',
    kinds: ['LifelongLearningJob'],
    pattern: (...job) => `job[(]${getJobKey(...job)}[)] failed to load dataset, and waiting it: (.*)`,
  },
  {
    // The value is the name of the dataset, which the caller compares with that of the job.
    id: 'dataset-unread',
    kinds: ['LifelongLearningJob'],
    pattern: (namespace) => `dataset[(]name=${namespace}/dataset/([^)]+)[)] get samples from .* failed`,
  },
  {
    id: 'dataset-unread',
    kinds: ['Dataset'],
    pattern: (namespace, name) => `dataset[(]name=${namespace}/dataset/(${name})[)] get samples from .* failed`,
  },
  {
    id: 'dataset-read',
    kinds: ['Dataset'],
    pattern: (namespace, name) =>
      `dataset[(]name=${namespace}/dataset/${name}[)] get samples from .* successfully. number of samples: ([0-9]+)`,
  },
  {
    id: 'model-not-copied',
    kinds: ['LifelongLearningJob'],
    pattern: (...job) => `failed to update model for job[(](?:name=)?${getJobKey(...job)}[)]:? ?(.*)`,
  },
  {
    // The line has no namespace, so it is evidence only together with other facts.
    id: 'model-missing',
    kinds: ['LifelongLearningJob'],
    pattern: (_, name) => `job ${name} stage .* model is nil`,
  },
] as const satisfies readonly LogSignature[];
