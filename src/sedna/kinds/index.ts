/** The custom resources of Sedna's API group. One file defines a kind; this one collects them. */
import { dataset } from './dataset';
import { featureExtractionService } from './featureExtractionService';
import { federatedLearningJob } from './federatedLearningJob';
import { incrementalLearningJob } from './incrementalLearningJob';
import { jointInferenceService } from './jointInferenceService';
import { lifelongLearningJob } from './lifelongLearningJob';
import { model } from './model';
import { objectSearchService } from './objectSearchService';
import { objectTrackingService } from './objectTrackingService';
import { reidJob } from './reidJob';
import { videoAnalyticsJob } from './videoAnalyticsJob';
import { KIND_NAMES, type KindName } from './kindNames';
import type { KindDefinition } from './shared/kindDefinition';

export { CONDITION_STATUSES, STAGE_CONDITIONS, STAGES, type Stage, type StageCondition } from './shared/conditions';
export { KIND_NAMES, type KindName };

/** API group and version of every Sedna resource. All are namespaced and have a status subresource. */
export const SEDNA_GROUP = 'sedna.io';
export const SEDNA_VERSION = 'v1alpha1';

/** Namespace that Sedna's own components are installed into. */
export const SEDNA_NAMESPACE = 'sedna';

export interface Kind extends KindDefinition {
  /** Whether the global manager creates worker pods for it. */
  hasWorkers: boolean;
}

const DEFINITIONS: Readonly<Record<KindName, KindDefinition>> = {
  LifelongLearningJob: lifelongLearningJob,
  IncrementalLearningJob: incrementalLearningJob,
  FederatedLearningJob: federatedLearningJob,
  JointInferenceService: jointInferenceService,
  FeatureExtractionService: featureExtractionService,
  VideoAnalyticsJob: videoAnalyticsJob,
  ReidJob: reidJob,
  ObjectSearchService: objectSearchService,
  ObjectTrackingService: objectTrackingService,
  Dataset: dataset,
  Model: model,
};

/** Every kind, in the order of {@link KIND_NAMES}: jobs that learn in rounds come first. */
export const KINDS: readonly Kind[] = KIND_NAMES.map((name) => ({
  ...DEFINITIONS[name],
  hasWorkers: DEFINITIONS[name].workers !== undefined,
}));

/** Kinds whose live objects the exporter reads, because of the JSON in their conditions or metrics that are text. */
export const WATCHED_KINDS: readonly KindName[] = KINDS.filter(
  ({ staged, statusFields }) => staged || statusFields.includes('metrics')
).map(({ kind }) => kind);

const BY_NAME = new Map<string, Kind>(KINDS.map((kind) => [kind.kind, kind]));

/** Returns undefined for a name that is not a kind of Sedna, such as one from a URL. */
export function findKind(name: string): Kind | undefined {
  return BY_NAME.get(name);
}

const BY_ANY_NAME = new Map<string, Kind>(
  KINDS.flatMap((kind) =>
    [kind.kind.toLowerCase(), kind.plural, ...(kind.shortName ? [kind.shortName] : [])].map(
      (name) => [name, kind] as const
    )
  )
);

/** What may follow the name of a resource in a command of kubectl. */
const SUFFIXES = [`.${SEDNA_VERSION}.${SEDNA_GROUP}`, `.${SEDNA_GROUP}`];

/** Finds a kind by any name that kubectl takes: kind, singular, plural, or short name, in any case, also with the group. */
export function findKindByAnyName(name: string): Kind | undefined {
  const lower = name.toLowerCase();
  const suffix = SUFFIXES.find((each) => lower.endsWith(each)) ?? '';
  return BY_ANY_NAME.get(lower.slice(0, lower.length - suffix.length));
}

/** Returns the prefix of the labels on a kind's worker pods, as in `reidjob.sedna.io/name`. */
export function getWorkerLabelPrefix(kind: KindName): string {
  return `${kind.toLowerCase()}.${SEDNA_GROUP}/`;
}
