/** Facts about objects without stages that a rule alone finds. */
import type { KindName } from '../../kinds';
import type { Facts, RuleId } from '..';
import { conditionAt, job, workerLine } from '../facts/facts.fixture';

export type RuleFires = readonly [rule: RuleId, name: string, facts: Facts];

const service: KindName = 'JointInferenceService';
const [edge, cloud] = ['edge', 'cloud'].map((type) => workerLine({ type, pod: `dog-deployment-${type}-abcde` }));

export const STATUS_CASES: readonly RuleFires[] = [
  [
    'condition-failed',
    'a service without one of its workers',
    job({ ...conditionAt('/Failed', 60), failedWorkers: 1, workers: [workerLine({ type: 'cloud' })] }, service),
  ],
  [
    'condition-failed',
    'a service whose only pod of a type was evicted',
    job({ ...conditionAt('/Failed', 60), workers: [edge, workerLine({ type: 'cloud', phase: 'Failed' })] }, service),
  ],
  [
    'condition-failed',
    'a phase, and a failed pod beside one that runs',
    job(
      {
        ...conditionAt('/Training', 60),
        phase: 'Failed',
        workers: [workerLine(), workerLine({ pod: 'dog-train-fghij', phase: 'Failed' })],
      },
      'FederatedLearningJob'
    ),
  ],
  [
    'condition-failed',
    'a job whose pods are gone',
    job({ ...conditionAt('/Failed', 60), workers: [] }, 'VideoAnalyticsJob'),
  ],
  [
    'status-stale',
    'a failed service whose workers run, beside an evicted pod',
    job(
      { ...conditionAt('/Failed', 60), failedWorkers: 1, workers: [edge, cloud, { ...cloud, phase: 'Failed' }] },
      service
    ),
  ],
  [
    'status-stale',
    'a failed job whose worker was made again and runs',
    job({ ...conditionAt('/Failed', 60), phase: 'Failed' }, 'FederatedLearningJob'),
  ],
  [
    'kind-unhandled',
    'an object without workers',
    job({ condition: undefined, workers: undefined }, 'ObjectTrackingService'),
  ],
  [
    'status-never-written',
    'workers of an object without a status',
    job({ condition: undefined }, 'ObjectSearchService'),
  ],
  [
    'workers-failed',
    'a failed pod of a service that is not called Failed',
    job(
      { ...conditionAt('/Running', 60), failedWorkers: 1, workers: [edge, cloud, { ...cloud, phase: 'Failed' }] },
      service
    ),
  ],
];
