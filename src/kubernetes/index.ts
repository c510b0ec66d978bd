export { createClient, type KubernetesClient, type WorkerPod } from './client';
export { diffLines, type DiffLine } from './lineDiff';
export {
  checkManifest,
  isLabelValue,
  isMetadataName,
  isReserved,
  buildMetadataPatch,
  toRestartManifest,
  SEDNA_API_VERSION,
  type CheckedManifest,
  type MetadataEdit,
} from './manifest';
export { findChangedSecrets, maskSecrets, MASK, type Masked } from './maskManifest';
export { KubernetesApiError, toApiError, type ApiErrorDetails } from './apiError';
export { recreate, type RecreateOutcome, type RecreateStep } from './recreate';
export type { SednaObject } from './types';
