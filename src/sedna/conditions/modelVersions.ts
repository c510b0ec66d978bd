import type { KindName } from '../kinds';

export type ModelVersion = 'new' | 'old';

const VERSIONS: readonly ModelVersion[] = ['new', 'old'];

/**
 * Returns which models of a condition are new and old, or undefined if the list doesn't tell. An incremental learning job
 * lists two in Eval and Deploy: the model that was trained in this round, and the one that it is compared with, whose file
 * the deployment overwrites (pkg/localcontroller/managers/incrementallearning/incrementallearningjob.go).
 */
export const getModelVersions = (kind: KindName | undefined, count: number): readonly ModelVersion[] | undefined =>
  kind === 'IncrementalLearningJob' && count === VERSIONS.length ? VERSIONS : undefined;
