/** Lines of workers (lib/sedna in kubeedge/sedna). */
import type { LogSignature } from './signature';

export const WORKER_SIGNATURES = [
  {
    id: 'report-refused',
    kinds: ['LifelongLearningJob'],
    pattern: () => 'Connection refused in request (.*/sedna/workers/.*)',
  },
  {
    // Up to nine characters of color codes follow the level.
    id: 'report-lost',
    kinds: ['LifelongLearningJob'],
    pattern: () => '\\[ERROR\\].{0,9}- RetryError\\[',
  },
  {
    id: 'index-not-updated',
    kinds: ['LifelongLearningJob'],
    pattern: () => 'KB update Fail',
  },
  {
    id: 'knowledge-base-refused',
    kinds: ['LifelongLearningJob'],
    pattern: () => 'Connection refused in request (.*/knowledgebase.*)',
  },
  {
    id: 'evaluated',
    kinds: ['LifelongLearningJob'],
    pattern: () => 'Task evaluation finishes',
  },
  {
    // A traceback is one entry of many lines, or one entry for each line. Both end with the exception.
    id: 'exception',
    kinds: ['LifelongLearningJob'],
    pattern: () =>
      '(?:^|\\n)((?:[A-Za-z_][A-Za-z0-9_]*[.])*[A-Z][A-Za-z0-9]*(?:Error|Exception)(?::[^\\n]*)?)(?:\\n|$)',
  },
] as const satisfies readonly LogSignature[];
