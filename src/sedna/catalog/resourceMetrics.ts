import { CONDITION_STATUSES, KINDS, type KindName } from '../kinds';
import type { KindDefinition, StatusField } from '../kinds/shared/kindDefinition';
import { NO_STATUS_OF_OBJECT_SEARCH, NO_STATUS_WITHOUT_CONTROLLER } from './notRecorded';
import { proposalRefs, defineMetric, getStates, type Metric } from './types';

/** Returns the prefix of a kind's families. kube-state-metrics loses series if two kinds share a family name. */
export const getFamilyPrefix = (kind: KindName) => `sedna_${kind.toLowerCase()}`;

/** Kinds whose training waits for a trigger. */
export const TRIGGERED_KINDS: readonly KindName[] = KINDS.filter(({ triggered }) => triggered).map(({ kind }) => kind);

const FAILED_IS_FINAL = 'Sedna never takes back Failed, also if the workers run: compare with sedna:workers:active.';

/** Creates the kube-state-metrics entries of a kind, in the order of the Metrics page. */
function createKindMetrics(definition: KindDefinition): Metric[] {
  const { kind, component, noun, conditionTypes, staged, triggered, phases, statusFields, controlled, isStatusLost } =
    definition;
  const isLifelong = kind === 'LifelongLearningJob';
  const entry = (name: string, help: string, type: Metric['type'], extra: Parameters<typeof defineMetric>[5] = {}) =>
    defineMetric(`${getFamilyPrefix(kind)}_${name}`, help, type, 'kube-state-metrics', component, {
      ...extra,
    });
  const noStatus = !controlled ? NO_STATUS_WITHOUT_CONTROLLER : isStatusLost ? NO_STATUS_OF_OBJECT_SEARCH : undefined;
  const has = (field: StatusField) => statusFields.includes(field);
  const metrics = [
    entry('info', `The ${noun} exists; what its spec names.`, 'info', {
      labels: definition.infoLabels,
    }),
  ];
  if (conditionTypes.length > 0) {
    metrics.push(
      entry('status', 'Status of the newest condition.', 'stateset', {
        labels: ['status'],
        states: getStates('status', CONDITION_STATUSES),
        ...(isLifelong && { proposal: proposalRefs(1, 'JobStatus') }),
        caveat: 'Sedna only ever writes "True", also for a condition that tells of a failure.',
      }),
      entry('condition', `Newest condition${staged ? ', with the stage it belongs to' : ''}.`, 'stateset', {
        labels: staged ? ['stage', 'condition'] : ['condition'],
        states: getStates('condition', conditionTypes),
        ...(isLifelong && { proposal: proposalRefs(1, 'StageConditionStatus', 'LearningStage') }),
        ...(conditionTypes.includes('Failed') &&
          !staged && {
            caveat: conditionTypes.includes('Pending')
              ? `${FAILED_IS_FINAL} It never writes Pending.`
              : FAILED_IS_FINAL,
          }),
      }),
      entry('last_transition_timestamp_seconds', 'When the newest condition was written.', 'timestamp')
    );
  }
  if (phases.length > 0) {
    const states = getStates('phase', phases);
    metrics.push(entry('phase', 'Phase as its status tells it.', 'stateset', { labels: ['phase'], states }));
  }
  for (const field of ['active', 'succeeded', 'failed'] as const) {
    if (has(field)) {
      metrics.push(
        entry(`${field}_workers`, `Worker pods that its status counts as ${field}.`, 'gauge', { unit: 'workers' })
      );
    }
  }
  if (has('startTime')) {
    metrics.push(entry('start_timestamp_seconds', `When the global manager first saw the ${noun}.`, 'timestamp'));
  }
  if (has('completionTime') && !staged) {
    metrics.push(entry('completion_timestamp_seconds', `When the ${noun} ended.`, 'timestamp'));
  }
  if (triggered) {
    metrics.push(
      entry(
        'train_probability',
        'Share of new samples that is used for training; the rest is for evaluation.',
        'gauge',
        {
          unit: 'ratio',
          ...(isLifelong && { proposal: proposalRefs(2, 'StageTrainNumber', 'StageEvalNumber') }),
        }
      ),
      entry(
        'trigger_threshold',
        'Number that the trigger of training compares unused training samples with.',
        'gauge',
        {
          unit: 'samples',
        }
      )
    );
  }
  if (has('numberOfSamples')) {
    metrics.push(
      entry('samples', 'Samples in the dataset.', 'gauge', {
        unit: 'samples',
        proposal: proposalRefs(2, 'NumberOfSamples'),
      })
    );
  }
  if (has('updateTime')) {
    metrics.push(entry('update_timestamp_seconds', `When the status of the ${noun} was last reported.`, 'timestamp'));
  }
  // Only the info series comes from the spec, besides those of kinds with a trigger.
  return noStatus === undefined
    ? metrics
    : metrics.map((each, index) => (index === 0 ? each : { ...each, notRecorded: noStatus }));
}

/** Metrics of kube-state-metrics about Sedna's custom resources, by kind. */
export const RESOURCE_METRICS: readonly Metric[] = KINDS.flatMap(createKindMetrics);
