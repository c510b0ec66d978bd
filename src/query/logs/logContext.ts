/** Log context: its scopes, and the query for the lines around a line. */
import { SEDNA_NAMESPACE } from '../../sedna/kinds';
import { LOG_STREAMS, type LogOrigin } from '../../sedna/logs';
import { buildWorkerPodPattern } from '../../sedna/kinds/workers';
import type { LogLabelNames } from './logLabels';
import { logLines } from './logql';
import { workerPodsByName } from '../resources';
import { equals, matches, oneOf, type Matcher } from '../escape';

/** Scopes of log context. `job` has the workers of the pod's job, and the components that control them (GM and LC). */
export const CONTEXT_SCOPES = ['container', 'pod', 'job', 'node', 'namespace'] as const;
export type ContextScope = (typeof CONTEXT_SCOPES)[number];

const WORKER_POD = new RegExp(`^${buildWorkerPodPattern('(.+)')}$`);

/** Returns the name of the job that a pod works for, according to the name of the pod. */
const parseJobName = (pod = ''): string | undefined => WORKER_POD.exec(pod)?.[1];

const controllerPods = LOG_STREAMS.flatMap(({ id, podPrefix }) =>
  podPrefix && (id === 'global-manager' || id === 'local-controller') ? [`${podPrefix}.+`] : []
);

function buildScopeMatchers(
  scope: ContextScope,
  { namespace, pod, container, node }: LogOrigin
): Matcher[] | undefined {
  const inNamespace = namespace === undefined ? [] : [equals('namespace', namespace)];
  const job = parseJobName(pod);
  switch (scope) {
    case 'container':
      return pod === undefined || container === undefined
        ? undefined
        : [...inNamespace, equals('pod', pod), equals('container', container)];
    case 'pod':
      return pod === undefined ? undefined : [...inNamespace, equals('pod', pod)];
    case 'job':
      return namespace === undefined || job === undefined
        ? undefined
        : [
            oneOf('namespace', [...new Set([namespace, SEDNA_NAMESPACE])]),
            matches('pod', [workerPodsByName(job).value, ...controllerPods].join('|')),
          ];
    case 'node':
      return node === undefined ? undefined : [equals('node', node)];
    default:
      return namespace === undefined ? undefined : inNamespace;
  }
}

/** Returns the scopes that the labels of a line allow. */
export const getContextScopes = (origin: LogOrigin): ContextScope[] =>
  CONTEXT_SCOPES.filter((scope) => buildScopeMatchers(scope, origin) !== undefined);

/**
 * Returns all lines of a scope, each with its level.
 * @throws QueryError if the labels of the line don't allow the scope
 */
export const contextLines = (scope: ContextScope, origin: LogOrigin, names?: LogLabelNames): string =>
  logLines({ matchers: buildScopeMatchers(scope, origin) ?? [] }, names);
