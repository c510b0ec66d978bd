/** Pods, containers, and formats of Sedna's logs. */
export type LogFormat =
  'worker' | 'klog' | 'sqlalchemy' | 'uvicorn-access' | 'uvicorn' | 'storage-initializer' | 'gorm' | 'plain';

export interface LogStream {
  id: 'worker' | 'storage-initializer' | 'global-manager' | 'local-controller' | 'knowledge-base';
  /** Name for users. */
  title: string;
  /** Container name; undefined if the user's pod template defines it. */
  container?: string;
  /** Start of the pod name in the namespace `sedna`; undefined for pods in namespaces of jobs. */
  podPrefix?: string;
  formats: readonly LogFormat[];
}

export const LOG_STREAMS: readonly LogStream[] = [
  { id: 'worker', title: 'Worker', formats: ['worker', 'plain'] },
  {
    id: 'storage-initializer',
    title: 'Storage initializer',
    container: 'storage-initializer',
    formats: ['storage-initializer'],
  },
  { id: 'global-manager', title: 'Global manager (GM)', container: 'gm', podPrefix: 'gm-', formats: ['klog'] },
  {
    id: 'local-controller',
    title: 'Local controller (LC)',
    container: 'lc',
    podPrefix: 'lc-',
    formats: ['klog', 'gorm'],
  },
  {
    id: 'knowledge-base',
    title: 'Knowledge base (KB)',
    container: 'kb',
    podPrefix: 'kb-',
    formats: ['worker', 'sqlalchemy', 'uvicorn-access', 'uvicorn', 'plain'],
  },
];

/** Phrases of common errors in any log. */
export const ERROR_PHRASES = [
  'KB update Fail',
  'RetryError',
  'Connection refused in request',
  'Get invalid status code',
  'will not be deploy',
  'Unseen task is detected',
  'Traceback',
  'stage failed!',
  'max retry count reached',
  'model is nil',
  'invalid condition',
  'failed to load dataset',
  'no such host',
  'address already in use',
] as const;
