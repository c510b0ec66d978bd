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

/** Labels that identify an object. */
const OBJECT = ['cluster', 'kind', 'namespace', 'name'];

/** The list doesn't show it, because it is long. */
const NOT_LISTED = 'output_dir';

/** Returns the labels of a kind's spec that the list shows. */
export const listedLabels = (kind: KindName): string[] =>
  findKind(kind)!.infoLabels.filter((label) => label !== NOT_LISTED);

/** Selects one family of a kind, or of all kinds. */
const family = (kind: KindName | undefined, suffix: string) =>
  kind
    ? buildSelector(`sedna_${kind.toLowerCase()}_${suffix}`)
    : buildAnySelector([matches('__name__', `sedna_[a-z]+_${suffix}`), matches('kind', '.+')]);

/**
 * Returns existing objects; the value is the Unix time in seconds of the last scrape. For all kinds, the only label of the
 * spec is the dataset, because a job depends on the node of its dataset.
 */
export const listedObjects = (kind?: KindName) =>
  aggregate('max', [...OBJECT, ...(kind ? listedLabels(kind) : ['dataset'])], sampleTimestamp(family(kind, 'info')));

/**
 * Returns the newest condition of each object (labels stage and condition); the value is its Unix time in seconds.
 * Datasets and models have no condition, so their value is the time of the last report.
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

/** Families of numbers that the list shows, by field of the status. */
const NUMBERS = {
  active: 'active_workers',
  succeeded: 'succeeded_workers',
  failed: 'failed_workers',
  startTime: 'start_timestamp_seconds',
  completionTime: 'completion_timestamp_seconds',
  numberOfSamples: 'samples',
} as const;

/**
 * Returns further fields of the status: label field is the family without its prefix, or `phase` with the phase as a
 * label. Undefined for kinds whose status has only conditions.
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
 * Returns objects that an offline node reports on (label node): datasets by the node of their spec, others by their
 * unfinished worker pods. The value is the age of the node's lease in seconds.
 */
export function offlineReportingNodes(): string {
  const lease = buildSelector('kube_lease_renew_time', [equals('namespace', 'kube-node-lease')]);
  const offline = `${aggregate('min', ['cluster', 'lease'], ageAtScrape(lease))} > ${NODE_OFFLINE_AFTER_SECONDS}`;
  const atWork = filterActiveState(
    buildSelector('kube_pod_status_phase', [oneOf('phase', ['Pending', 'Running', 'Unknown'])])
  );
  const reporters = `${workerPods()} and on (cluster, namespace, pod) ${atWork} or ${family('Dataset', 'info')}`;
  return aggregate(
    'max',
    [...OBJECT, 'node'],
    joinInfo(reporters, ['cluster', 'node'], [], copyLabel(offline, 'lease', 'node'))
  );
}
