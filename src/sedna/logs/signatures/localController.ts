/** Lines of the local controller (pkg/localcontroller/managers in kubeedge/sedna). */
import type { KindName } from '../../kinds';
import type { LogSignature } from './signature';

const STAGED: readonly KindName[] = ['LifelongLearningJob', 'IncrementalLearningJob'];

const getJobKey = (namespace: string, name: string) => `${namespace}/(?:lifelong|incremental)learningjob/${name}`;

export const LOCAL_CONTROLLER_SIGNATURES = [
  {
    id: 'train-samples',
    kinds: STAGED,
    pattern: (...job) => `job[(]${getJobKey(...job)}[)]'s current train samples nums is ([0-9]+)`,
  },
  {
    id: 'training-triggered',
    kinds: STAGED,
    pattern: (...job) => `job[(](?:name=)?${getJobKey(...job)}[)] completed? the Training phase`,
  },
  {
    // The value is the stage.
    id: 'phase-triggered',
    kinds: STAGED,
    pattern: (...job) => `job[(](?:name=)?${getJobKey(...job)}[)] completed? the (Eval|Deploy)ing phase triggering`,
  },
  {
    id: 'local-controller-started',
    kinds: STAGED,
    pattern: () => 'manager lifelonglearningjob is started',
  },
  {
    id: 'dataset-not-loaded',
    kinds: STAGED,
    pattern: (...job) => `job[(]${getJobKey(...job)}[)] failed to load dataset, and waiting it: (.*)`,
  },
  {
    // The value is the name of the dataset, which the caller compares with that of the job.
    id: 'dataset-unread',
    kinds: STAGED,
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
    // The value is the file, which is empty where the format of the dataset has no file name.
    id: 'samples-not-written',
    kinds: STAGED,
    pattern: (...job) => `job[(]${getJobKey(...job)}[)] .*write samples to the file[(]([^)]*)[)] is failed`,
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
