/**
 * PromQL of the resource list. Each expression answers for thousands of objects at once, so each gives one series an
 * object with no label that the list does not show, and what the server can leave out is left out there.
 */
import { findKind, type KindName } from '../sedna/kinds';
import { NODE_OFFLINE_AFTER_SECONDS } from '../sedna/staleness';
import {
  ageAtScrape,
  aggregate,
  buildAnySelector,
  copyLabel,
  filterActiveState,
  joinInfo,
  sampleTimestamp,
  buildSelector,
} from './promql';
import { workerPods } from './resources';
import { equals, matches, oneOf } from './escape';

/** What tells objects apart. */
const OBJECT = ['cluster', 'kind', 'namespace', 'name'];

/** Long, and not shown. */
const NOT_LISTED = 'output_dir';

/** Labels of a kind's spec that the list shows. */
export const listedLabels = (kind: KindName): string[] =>
  findKind(kind)!.infoLabels.filter((label) => label !== NOT_LISTED);

/** Series of one family of a kind; without a kind, of all of them. */
const family = (kind: KindName | undefined, suffix: string) =>
  kind
    ? buildSelector(`sedna_${kind.toLowerCase()}_${suffix}`)
    : buildAnySelector([matches('__name__', `sedna_[a-z]+_${suffix}`), matches('kind', '.+')]);

/**
 * Objects that exist; the value is when this was last scraped (Unix time in seconds). Of all kinds only the dataset is
 * told: a job is judged by the node of that too.
 */
export const listedObjects = (kind?: KindName) =>
  aggregate('max', [...OBJECT, ...(kind ? listedLabels(kind) : ['dataset'])], sampleTimestamp(family(kind, 'info')));

/**
 * Newest condition of each object (labels stage and condition); the value is since when (Unix time in seconds).
 * Datasets and models have no condition: their value is when they were last reported.
 */
export function listedStates(kind?: KindName): string {
  const conditions = joinInfo(
    aggregate('max', [...OBJECT, 'stage', 'condition'], filterActiveState(family(kind, 'condition'))),
    OBJECT,
    [],
    aggregate('max', OBJECT, family(kind, 'last_transition_timestamp_seconds'))
  );
  const reports = aggregate('max', OBJECT, family(kind, 'update_timestamp_seconds'));
  if (!kind) {
    return `${conditions} or ${reports}`;
  }
  return findKind(kind)!.conditionTypes.length > 0 ? conditions : reports;
}

/** Families of numbers that the list shows, for the kinds that have them. */
const NUMBERS = {
  active: 'active_workers',
  succeeded: 'succeeded_workers',
  failed: 'failed_workers',
  startTime: 'start_timestamp_seconds',
  completionTime: 'completion_timestamp_seconds',
  numberOfSamples: 'samples',
} as const;

/**
 * What else the status of a kind tells: label field names the number (as its family without the prefix), or is `phase`
 * with the phase as a label. Absent for kinds whose status tells no more than the condition.
 */
export function listedDetails(kind: KindName): string | undefined {
  const { staged, phases, statusFields } = findKind(kind)!;
  const names = Object.entries(NUMBERS)
    .filter(([field]) => (statusFields as readonly string[]).includes(field))
    .map(([, suffix]) => `sedna_${kind.toLowerCase()}_${suffix}`);
  if (staged || names.length === 0) {
    return undefined;
  }
  const numbers = buildAnySelector([oneOf('__name__', names)]);
  const all = phases.length > 0 ? `${filterActiveState(family(kind, 'phase'))} or ${numbers}` : numbers;
  return aggregate('max', [...OBJECT, 'field', 'phase'], copyLabel(all, '__name__', 'field', 'sedna_[a-z]+_(.+)'));
}

/**
 * Objects that a silent node reports on (label node): datasets by the node of their spec, others by their worker pods
 * that are not finished. The value is the age in seconds of the node's last sign of life.
 */
export function offlineReportingNodes(): string {
  const lease = buildSelector('kube_lease_renew_time', [equals('namespace', 'kube-node-lease')]);
  const silent = `${aggregate('min', ['cluster', 'lease'], ageAtScrape(lease))} > ${NODE_OFFLINE_AFTER_SECONDS}`;
  const atWork = filterActiveState(
    buildSelector('kube_pod_status_phase', [oneOf('phase', ['Pending', 'Running', 'Unknown'])])
  );
  const reporters = `${workerPods()} and on (cluster, namespace, pod) ${atWork} or ${family('Dataset', 'info')}`;
  return aggregate(
    'max',
    [...OBJECT, 'node'],
    joinInfo(reporters, ['cluster', 'node'], [], copyLabel(silent, 'lease', 'node'))
  );
}
