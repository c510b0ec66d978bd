/** Lines of workers (lib/sedna in kubeedge/sedna). */
import { KINDS } from '../../kinds';
import type { LogSignature } from './signature';

const WITH_WORKERS = KINDS.filter(({ hasWorkers }) => hasWorkers).map(({ kind }) => kind);

export const WORKER_SIGNATURES = [
  {
    id: 'report-refused',
    kinds: ['LifelongLearningJob', 'IncrementalLearningJob'],
    pattern: () => 'Connection refused in request (.*/sedna/workers/.*)',
  },
  {
    // Up to nine characters of color codes follow the level.
    id: 'report-lost',
    kinds: ['LifelongLearningJob', 'IncrementalLearningJob'],
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
    id: 'task-scored',
    kinds: ['LifelongLearningJob'],
    pattern: () => '- ([^ ]+) scores: [{]',
  },
  {
    id: 'task-dropped',
    kinds: ['LifelongLearningJob'],
    pattern: () => '- ([^ ]+) will not be deploy because',
  },
  {
    id: 'evaluated',
    kinds: ['LifelongLearningJob'],
    pattern: () => 'Task evaluation finishes',
  },
  {
    // A traceback is one entry of many lines, or one entry for each line. Both end with the exception.
    id: 'exception',
    kinds: WITH_WORKERS,
    pattern: () =>
      '(?:^|\\n)((?:[A-Za-z_][A-Za-z0-9_]*[.])*[A-Z][A-Za-z0-9]*(?:Error|Exception)(?::[^\\n]*)?)(?:\\n|$)',
  },
] as const satisfies readonly LogSignature[];
