/** Exceptions of workers whose cause is known. */
import { buildTypedWorkerPodPattern } from '../../kinds/workers';
import type { SignatureMatch } from '../../logs/signatures';
import type { Facts } from '../facts';
import type { RuleCase, RuleContext, Values } from '../rule';

/**
 * A worker unpickles what it downloaded from the knowledge base. For a file that it has lost, the knowledge base answers
 * with a quoted text: 34 is the code of the quotation mark.
 */
const LOST_FILE = 'KeyError: 34';

/** Cases of texts that an exception selects, the more exact one last. */
export const getExceptionCases = ({ exception }: Values): string[] =>
  exception === LOST_FILE ? ['exception', 'lost-file'] : exception ? ['exception'] : [];

export const LOST_FILE_CASE: Partial<RuleCase> = {
  cause:
    'The worker exits with {{exception}}: the knowledge base has lost a file that the worker downloads, as it does with a restart unless its files are on a volume',
  advice:
    'Give the knowledge base a path on its volume (KnowledgeBasePath). Then delete the job and create it again: its first training uploads the files.',
};

export interface WorkerException {
  /** Last line of the newest traceback; empty without one. */
  exception: string;
  /** All exceptions of the pod that logged it, oldest first. */
  matches: readonly SignatureMatch[];
}

/** Returns the newest exception of some pods, with those that the same pod logged before. */
export function findException({ signatures }: RuleContext, isOwn: (pod: string) => boolean): WorkerException {
  const own = signatures.all('exception').filter(({ line }) => isOwn(line.pod));
  const newest = own[own.length - 1];
  return { exception: newest?.value ?? '', matches: own.filter(({ line }) => line.pod === newest.line.pod) };
}

/** Types of the workers of jobs with stages. */
const TYPES = ['train', 'eval', 'inference'].map((type) => ({
  type,
  pattern: new RegExp(`^${buildTypedWorkerPodPattern('.+', type)}$`),
}));

/** Returns the type of a worker by its label, or by its name if it is gone; undefined where neither tells. */
const findWorkerType = ({ workers = [] }: Facts, pod: string): string | undefined =>
  workers.find((worker) => worker.pod === pod)?.type || TYPES.find(({ pattern }) => pattern.test(pod))?.type;

/**
 * Returns the newest exception of the workers of a stage, with the lines of the global manager about its failures.
 * @param stage - where it is unknown, that of the newest failure in the log counts
 */
export function findStageException(
  context: RuleContext,
  stage = context.signatures.last('stage-failed')?.value ?? ''
): WorkerException {
  const { facts, signatures } = context;
  const isOfStage = (type: string | undefined) => !type || stage === '' || type === stage.toLowerCase();
  const { exception, matches } = findException(context, (pod) => isOfStage(findWorkerType(facts, pod)));
  return {
    exception,
    matches: signatures
      .all('exception', 'stage-failed')
      .filter((match) => matches.includes(match) || (match.id === 'stage-failed' && match.value === stage)),
  };
}
