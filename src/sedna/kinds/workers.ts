/** How the global manager runs the workers of each kind, and what their pods are called. */
import type { KindName } from '.';

interface Workers {
  /** Types, as in the label `.../worker-type`, that run as pods which the resource itself owns. */
  pods?: readonly string[];
  /** Types that run as Deployments: a ReplicaSet owns their pods. */
  deployments?: readonly string[];
}

const LEARNING = ['train', 'eval', 'inference'];

/** Every kind with workers. Those of joint inference are bare pods up to Sedna v0.6, and Deployments since v0.7. */
const WORKERS: Partial<Record<KindName, Workers>> = {
  LifelongLearningJob: { pods: LEARNING },
  IncrementalLearningJob: { pods: LEARNING },
  FederatedLearningJob: { pods: ['aggregation', 'train'] },
  JointInferenceService: { pods: ['edge', 'cloud'], deployments: ['edge', 'cloud'] },
  FeatureExtractionService: { deployments: ['fe'] },
  VideoAnalyticsJob: { pods: ['videoanalytics'] },
  ReidJob: { pods: ['reid'] },
  ObjectSearchService: { pods: ['trackingworker'], deployments: ['reidworker', 'userworker'] },
};

/** Types of worker of any kind that run as bare pods. */
export const POD_WORKER_TYPES: readonly string[] = [
  ...new Set(Object.values(WORKERS).flatMap(({ pods = [] }) => pods)),
];

/** Types of worker that run as Deployments, by kind: no two kinds share one. */
export const DEPLOYMENT_WORKER_TYPES: ReadonlyArray<{ kind: KindName; types: readonly string[] }> = Object.entries(
  WORKERS
).flatMap(([kind, { deployments }]) => (deployments ? [{ kind: kind as KindName, types: deployments }] : []));

const deploymentTypes = DEPLOYMENT_WORKER_TYPES.flatMap(({ types }) => types);

/** Types of worker of any kind. */
export const WORKER_TYPES: readonly string[] = [...new Set([...POD_WORKER_TYPES, ...deploymentTypes])];

/** The name of a worker's Deployment. */
export const getDeploymentName = (name: string, type: string) => `${name}-deployment-${type}`;

/** How much Kubernetes keeps of the start of a generated name; five characters of its own follow. */
export const GENERATED_NAME_START = 58;

const GENERATED = '[a-z0-9]{5}';

/**
 * Regular expression (RE2) for the pods of the workers of what is called `name`, itself an expression: bare pods are
 * `<name>-<type>-<5>`, those of Deployments `<name>-deployment-<type>-<hash>-<5>`, where a long name costs the hash its
 * end and the dash.
 */
export const buildWorkerPodPattern = (name: string) =>
  `${name}-(?:(?:${POD_WORKER_TYPES.join('|')})-|` +
  `deployment-(?:${deploymentTypes.join('|')})-[a-z0-9]*-?)${GENERATED}`;

/** The same for the workers of one type. */
export const buildTypedWorkerPodPattern = (name: string, type: string) =>
  `${name}-(?:${type}-|deployment-${type}-[a-z0-9]*-?)${GENERATED}`;

/**
 * Regular expressions for those pods of one name that is so long that Kubernetes cuts off the type.
 * @param escape makes an expression of a text
 */
export function buildTruncatedWorkerPodPatterns(name: string, escape: (text: string) => string): string[] {
  const starts = [
    ...POD_WORKER_TYPES.map((type) => `${name}-${type}-`),
    ...deploymentTypes.map((type) => `${getDeploymentName(name, type)}-`),
  ];
  const cut = starts.filter(({ length }) => length > GENERATED_NAME_START);
  return [...new Set(cut.map((start) => `${escape(start.slice(0, GENERATED_NAME_START))}${GENERATED}`))];
}
