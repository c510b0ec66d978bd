/**
 * What the workers of an object without stages say about its status. The status `Failed` is no proof: Sedna writes it for
 * services while their workers run, and for jobs when one of several pods fails. It never takes it back.
 */
import { findKind, KINDS, type KindName } from '../../kinds';
import type { Facts, WorkerFact } from '../facts';
import { INCOMPLETE } from '../promql/completeness';
import { family } from '../promql/jobs';
import { JOB, POD } from '../promql/labels';
import { crashingContainers, podsIn } from '../promql/pods';
import { UNSTAGED } from './kinds';
import { hasEnded, isCrashing } from './workers';

export const isFailedStatus = ({ condition, phase }: Facts): boolean =>
  condition?.type === 'Failed' || phase === 'Failed';

/** Services whose workers run without end; of each type, one working pod is enough. */
export const SERVICES: readonly KindName[] = UNSTAGED.filter((kind) => findKind(kind)?.component === 'service');
const JOBS: readonly KindName[] = UNSTAGED.filter((kind) => !SERVICES.includes(kind));

/** Types of workers that the global manager creates for every object of a kind. */
export const getWorkerTypes = (kind: KindName): readonly string[] => {
  const { pods = [], deployments = [] } = findKind(kind)?.workers ?? {};
  return [...new Set([...pods, ...deployments])];
};

export type WorkerProblem =
  | { problem: 'ended' | 'crashing'; worker: WorkerFact }
  /** No worker of a type was created. */
  | { problem: 'missing'; type: string }
  /** All pods of a job are gone. */
  | { problem: 'gone' };

const toProblem = (worker: WorkerFact): WorkerProblem => ({
  problem: hasEnded(worker) ? 'ended' : 'crashing',
  worker,
});

const works = (worker: WorkerFact): boolean => worker.phase !== 'Failed' && !isCrashing(worker);

function findServiceProblem({ object: { kind }, workers = [], isIncomplete }: Facts): WorkerProblem | undefined {
  const isTypeKnown = !isIncomplete && workers.every(({ type }) => type !== '');
  for (const type of getWorkerTypes(kind)) {
    const own = workers.filter((worker) => worker.type === type || worker.type === '');
    if (own.length === 0 && isTypeKnown) {
      return { problem: 'missing', type };
    }
    if (own.length > 0 && !own.some(works)) {
      return toProblem(own[0]);
    }
  }
  return undefined;
}

/** Returns why the workers of an object don't do what it is for; undefined while they work, start, or have succeeded. */
export function findWorkerProblem(facts: Facts): WorkerProblem | undefined {
  const { object, workers = [], isIncomplete } = facts;
  if (SERVICES.includes(object.kind)) {
    return findServiceProblem(facts);
  }
  const broken = workers.find((worker) => !works(worker));
  return broken ? toProblem(broken) : workers.length === 0 && !isIncomplete ? { problem: 'gone' } : undefined;
}

const among = (kinds: readonly KindName[]) => `kind=~"${kinds.join('|')}"`;

const brokenPods = () => `(${podsIn('Failed')} or on (${POD}) ${crashingContainers()})`;

/** Objects whose status is Failed. */
const failedStatus = () => {
  const withPhase = KINDS.filter(({ kind, phases }) => UNSTAGED.includes(kind) && phases.includes('Failed'));
  return `group by (${JOB}) (
  ${family(UNSTAGED, 'condition', ', condition="Failed"')} == 1
  or ${family(
    withPhase.map(({ kind }) => kind),
    'phase',
    ', phase="Failed"'
  )} == 1
)`;
};

/** Objects with a worker that {@link findWorkerProblem} finds. */
const withWorkerProblem = () => {
  const types = SERVICES.flatMap((kind) => getWorkerTypes(kind).map((type) => [kind, type] as const));
  const workers = (matchers: string) => `sedna:worker_pod_info{${matchers}}`;
  return `(
  group by (${JOB}) (${workers(among(JOBS))} and on (${POD}) ${brokenPods()})
  or
  group by (${JOB}) (
    group by (${JOB}, worker_type) (${workers(among(SERVICES))})
    unless on (${JOB}, worker_type) (${workers(among(SERVICES))} unless on (${POD}) ${brokenPods()})
  )
  or
  (group by (${JOB}) (${family(JOBS, 'info')}) unless on (${JOB}) ${workers(among(JOBS))} unless on (cluster) ${INCOMPLETE})
  ${types
    .map(
      ([kind, type]) =>
        `or (group by (${JOB}) (${family([kind], 'info')}) unless on (${JOB}) ${workers(`kind="${kind}", worker_type=~"${type}|"`)} unless on (cluster) ${INCOMPLETE})`
    )
    .join('\n  ')}
)`;
};

/** Objects whose status is Failed, rightly. Where no pod is known, nothing shows that. */
export const failedObjects = () => `${failedStatus()}
and on (${JOB}) ${withWorkerProblem()}
and on (cluster) group by (cluster) (kube_pod_info)`;
