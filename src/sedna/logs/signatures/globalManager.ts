/** Lines of the global manager (pkg/globalmanager in kubeedge/sedna). */
import type { LogSignature } from './signature';

/** End of a name: names contain only lowercase letters, digits, hyphens, and dots. */
const END = '(?:[^a-z0-9.-]|$)';

const getJobText = (namespace: string, name: string) =>
  `(?:lifelong|incremental)learning ?job ${namespace}/${name}${END}`;

export const GLOBAL_MANAGER_SIGNATURES = [
  {
    // The line has no namespace, so it is evidence only together with other facts.
    id: 'dataset-not-found',
    kinds: ['LifelongLearningJob'],
    pattern: (_, name) => `not found job[(]name=LifelongLearningJob/${name}[)]'s dataset, error: (.*)`,
  },
  {
    id: 'pod-refused',
    kinds: ['LifelongLearningJob', 'IncrementalLearningJob'],
    pattern: (...job) => `${getJobText(...job)}.*failed to be updated, err: ?(.*)`,
  },
  {
    id: 'stage-invalid',
    kinds: ['LifelongLearningJob'],
    pattern: (...job) => `${getJobText(...job)}.*invalid condition stage`,
  },
  {
    id: 'stage-failed',
    kinds: ['LifelongLearningJob', 'IncrementalLearningJob'],
    pattern: (...job) => `${getJobText(...job)} ?([A-Za-z]+) stage failed!`,
  },
  {
    // The line has no kind, so it is evidence only together with other facts.
    id: 'status-conflict',
    kinds: ['LifelongLearningJob', 'IncrementalLearningJob'],
    pattern: (namespace, name) => `Error to update ${namespace}/${name} status, tried .*the object has been modified`,
  },
  {
    id: 'node-connected',
    kinds: ['LifelongLearningJob'],
    pattern: () => 'established connection for node (.+)',
  },
  {
    id: 'node-disconnected',
    kinds: ['LifelongLearningJob'],
    pattern: () => 'closed connection for node (.+)',
  },
] as const satisfies readonly LogSignature[];
