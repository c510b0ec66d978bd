export { createClient, type KubernetesClient, type WorkerPod } from './client';
export { lineDiff, type DiffLine } from './lineDiff';
export {
  checkManifest,
  isLabelValue,
  isMetadataName,
  isReserved,
  metadataPatch,
  restartManifest,
  SEDNA_API_VERSION,
  type CheckedManifest,
  type MetadataEdit,
} from './manifest';
export { changedSecrets, mask, MASK, type Masked } from './mask';
export { KubernetesProblem, problemOf, type Problem } from './problem';
export { recreate, type RecreateOutcome, type RecreateStep } from './recreate';
export type { ObjectAddress, SednaObject } from './types';
