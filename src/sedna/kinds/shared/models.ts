/** Which part each model of a condition plays: `conditions[].data` lists them without names, so only their order tells. */
import { findKind, type KindName } from '..';

/** Whether a model was trained in this round, or is the one that it is compared with. */
export type ModelVersion = 'new' | 'old';

/**
 * Part that a model plays in a stage. `compared`: the model to beat, which incremental learning evaluates beside the new one.
 * `replaced`: the model file that incremental learning overwrites at Deploy.
 */
export type ModelRole = 'base' | 'trained' | 'evaluated' | 'compared' | 'deployed' | 'replaced';

const VERSIONS: readonly ModelVersion[] = ['new', 'old'];

/** Stages that list both versions. Training may list two files of one model. */
const COMPARING_STAGES: readonly string[] = ['Eval', 'Deploy'];

/**
 * Returns which models of a condition are new and old, or undefined if the list doesn't tell
 * (pkg/localcontroller/managers/incrementallearning/incrementallearningjob.go).
 * @param count - models that the condition lists
 */
export const getModelVersions = (
  kind: KindName,
  stage: string | undefined,
  count: number
): readonly ModelVersion[] | undefined =>
  findKind(kind)?.comparesModels && COMPARING_STAGES.includes(stage ?? '') && count === VERSIONS.length
    ? VERSIONS
    : undefined;

/** Returns the part that a model of a condition plays; undefined for an unknown stage. */
export function getModelRole(
  stage: string | undefined,
  side: 'input' | 'output',
  version: ModelVersion | undefined
): ModelRole | undefined {
  switch (stage) {
    case 'Train':
      return side === 'input' ? 'base' : 'trained';
    case 'Eval':
      return version === 'old' ? 'compared' : 'evaluated';
    case 'Deploy':
      return version === 'old' ? 'replaced' : 'deployed';
    default:
      return undefined;
  }
}
