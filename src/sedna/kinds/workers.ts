/** Names and patterns of worker pods, as the global manager and Kubernetes build them. */
import { KINDS, type KindName } from '.';

/** Types of workers that run as bare pods, of all kinds. */
export const POD_WORKER_TYPES: readonly string[] = [...new Set(KINDS.flatMap(({ workers }) => workers?.pods ?? []))];

/** Types of workers that run as Deployments, by kind. No two kinds share one. */
export const DEPLOYMENT_WORKER_TYPES: ReadonlyArray<{ kind: KindName; types: readonly string[] }> = KINDS.flatMap(
  ({ kind, workers }) => (workers?.deployments ? [{ kind, types: workers.deployments }] : [])
);

const deploymentTypes = DEPLOYMENT_WORKER_TYPES.flatMap(({ types }) => types);

/** Types of workers of all kinds. */
export const WORKER_TYPES: readonly string[] = [...new Set([...POD_WORKER_TYPES, ...deploymentTypes])];

/** Returns the name of a worker's Deployment. */
export const getDeploymentName = (name: string, type: string) => `${name}-deployment-${type}`;

/** Characters of a name that Kubernetes keeps when it generates one; five random characters follow (`names.go`). */
export const GENERATED_NAME_START = 58;

const GENERATED = '[a-z0-9]{5}';

/**
 * Builds a regular expression (RE2) for all worker pods of an object. Bare pods are `<name>-<type>-<5>`, those of
 * Deployments `<name>-deployment-<type>-<hash>-<5>`; a long name cuts off the end of the hash and the dash.
 * @param name - an expression itself: escape a literal name
 */
export const buildWorkerPodPattern = (name: string) =>
  `${name}-(?:(?:${POD_WORKER_TYPES.join('|')})-|` +
  `deployment-(?:${deploymentTypes.join('|')})-[a-z0-9]*-?)${GENERATED}`;

/**
 * Regular expression for the worker pods of any object. A pod whose worker type may be cut off by a long name has as many
 * characters as a generated name can have; other pods may have such names too.
 */
export const ANY_WORKER_POD_PATTERN = `${buildWorkerPodPattern('.+')}|.{${GENERATED_NAME_START}}${GENERATED}`;

/** Builds the same expression for the workers of one type. */
export const buildTypedWorkerPodPattern = (name: string, type: string) =>
  `${name}-(?:${type}-|deployment-${type}-[a-z0-9]*-?)${GENERATED}`;

/**
 * Builds regular expressions for the pods of a name that is so long that Kubernetes cuts off the worker type. Empty for
 * shorter names.
 * @param escape - escapes a literal text
 */
export function buildTruncatedWorkerPodPatterns(name: string, escape: (text: string) => string): string[] {
  const starts = [
    ...POD_WORKER_TYPES.map((type) => `${name}-${type}-`),
    ...deploymentTypes.map((type) => `${getDeploymentName(name, type)}-`),
  ];
  const cut = starts.filter(({ length }) => length > GENERATED_NAME_START);
  return [...new Set(cut.map((start) => `${escape(start.slice(0, GENERATED_NAME_START))}${GENERATED}`))];
}
