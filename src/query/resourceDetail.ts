/** PromQL and LogQL for the page of one object. */
import { METRICS, type Metric } from '../sedna/catalog';
import { getFamilyPrefix } from '../sedna/catalog/resourceMetrics';
import { findKind, KINDS, SEDNA_NAMESPACE, type KindName, type Stage } from '../sedna/kinds';
import { NODE_OFFLINE_AFTER_SECONDS } from '../sedna/staleness';
import { selectDatasetMetric, buildRefMatchers, workerWaiting } from './diagnosis';
import type { LogSelection } from './logs/logql';
import { buildObjectMetricExpression } from './metrics';
import {
  ageAtScrape,
  aggregate,
  buildAnySelector,
  copyLabel,
  filterActiveState,
  joinInfo,
  andOn,
  sampleTimestamp,
  buildSelector,
  withLabel,
  union,
} from './promql';
import { objectInfoByName, workerPods, workerPodsByName, workerPhase } from './resources';
import { roundsCounter } from './jobRounds';
import { equals, escapeRegex, matches, noneOf, oneOf, type Matcher } from './escape';
import type { ObjectRef } from '../sedna/objectRef';

/** Label that identifies the subqueries of a union. */
export const SUBQUERY_LABEL = 'part';

const labelSubquery = (name: string, expression: string) => withLabel(expression, SUBQUERY_LABEL, name);
const kindMatchers = (ref: ObjectRef): Matcher[] => [equals('kind', ref.kind), ...buildRefMatchers(ref)];

/** Returns the info series of an object; the value is the Unix time in seconds of its last scrape. */
export const objectSeen = (ref: ObjectRef) => sampleTimestamp(objectInfoByName(ref));

/** Age in seconds of each node's lease (label lease) at its last scrape. */
export const LEASE_AGE = aggregate(
  'min',
  ['cluster', 'lease'],
  ageAtScrape(buildSelector('kube_lease_renew_time', [equals('namespace', 'kube-node-lease')]))
);

/** Returns offline nodes (label node); the value is the age of their lease in seconds. */
export const offlineNodes = () => copyLabel(`${LEASE_AGE} > ${NODE_OFFLINE_AFTER_SECONDS}`, 'lease', 'node');

const hasDataset = (kind: KindName) => kind === 'Dataset' || findKind(kind)!.infoLabels.includes('dataset');

/**
 * Returns the offline nodes that report on an object: nodes of its dataset, and of its unfinished worker pods. Undefined
 * for kinds that have neither.
 */
export function offlineReportersOfObject(ref: ObjectRef): string | undefined {
  const nodes = [
    ...(findKind(ref.kind)?.hasWorkers
      ? [
          andOn(
            workerPods(ref),
            ['cluster', 'namespace', 'pod'],
            filterActiveState(
              buildSelector('kube_pod_status_phase', [
                equals('namespace', ref.namespace),
                oneOf('phase', ['Pending', 'Running', 'Unknown']),
              ])
            )
          ),
        ]
      : []),
    ...(hasDataset(ref.kind) ? [selectDatasetMetric('sedna_dataset_info', ref)] : []),
  ];
  return nodes.length === 0 ? undefined : andOn(offlineNodes(), ['cluster', 'node'], union(nodes));
}

/** Builds subqueries for the staleness of an object: its last scrape (`seen`) and offline nodes (`silent`). */
function buildStalenessSubqueries(ref: ObjectRef): string[] {
  const silent = offlineReportersOfObject(ref);
  return [labelSubquery('seen', objectSeen(ref)), ...(silent ? [labelSubquery('silent', silent)] : [])];
}

/** Returns the numbers of an object, and its phase if it has one: label part is the family without its prefix. */
export function objectNumbers(ref: ObjectRef): string | undefined {
  const prefix = `${getFamilyPrefix(ref.kind)}_`;
  const names = METRICS.filter(({ name, type }) => name.startsWith(prefix) && ['gauge', 'timestamp'].includes(type))
    .map(({ name }) => name)
    .filter((name) => !/_(last_transition|update)_timestamp_seconds$/.test(name))
    .concat(findKind(ref.kind)?.staged ? ['sedna_job_round'] : []);
  if (names.length === 0) {
    return undefined;
  }
  const numbers = buildAnySelector([oneOf('__name__', names), ...kindMatchers(ref)]);
  const hasPhase = (findKind(ref.kind)?.phases.length ?? 0) > 0;
  const all = hasPhase
    ? union([filterActiveState(buildSelector(`${prefix}phase`, buildRefMatchers(ref))), numbers])
    : numbers;
  return copyLabel(all, '__name__', SUBQUERY_LABEL, 'sedna_[a-z]+_(.+)');
}

/** Metrics about rounds. */
export const ROUND_METRICS = [
  'sedna_job_round',
  'sedna_job_stage_duration_seconds',
  'sedna_job_eval_metric',
  'sedna_job_compared_metric',
  'sedna_job_model_info',
  'sedna:stage_samples',
  'sedna:task_deployable',
  'sedna:task_score',
] as const;

/** Returns the series of all {@link ROUND_METRICS} of one job, and the counter of its rounds. */
export const roundSeries = (ref: ObjectRef) =>
  union([buildAnySelector([oneOf('__name__', ROUND_METRICS), ...kindMatchers(ref)]), roundsCounter(ref)]);

const ON_POD = ['cluster', 'namespace', 'pod'];
const WORKER = ['pod', 'worker_type', 'node', 'location'];
const inNamespace = (ref: ObjectRef) => equals('namespace', ref.namespace);
const ofWorkers = (ref: ObjectRef, expression: string) => joinInfo(expression, ON_POD, [], workerPods(ref));

/** Returns details of an object's worker pods: label part names the detail. Of deleted pods, only the start is known. */
export const workerDetails = (ref: ObjectRef) =>
  union([
    labelSubquery('info', aggregate('group', WORKER, buildSelector('sedna:worker_info', kindMatchers(ref)))),
    labelSubquery('phase', workerPhase(ref)),
    labelSubquery('start', buildSelector('sedna:worker_pod_start_timestamp_seconds', kindMatchers(ref))),
    labelSubquery('end', ofWorkers(ref, buildSelector('kube_pod_completion_time', [inNamespace(ref)]))),
    labelSubquery('waiting', workerWaiting(ref)),
    labelSubquery(
      'restarts',
      aggregate(
        'sum',
        ON_POD,
        ofWorkers(ref, buildSelector('kube_pod_container_status_restarts_total', [inNamespace(ref)]))
      )
    ),
  ]);

/** Selects series of containers, without those of the whole pod and of its pause container. */
const containers = (metric: string, ref: ObjectRef) =>
  buildSelector(metric, [inNamespace(ref), matches('container', '.+')]);

/** Returns the cores that worker pods use, by pod. Needs cAdvisor. */
export const workerCpu = (ref: ObjectRef) =>
  ofWorkers(ref, aggregate('sum', ON_POD, `rate(${containers('container_cpu_usage_seconds_total', ref)}[5m])`));

/** Returns the memory in bytes of worker pods, by pod. Needs cAdvisor. */
export const workerMemory = (ref: ObjectRef) =>
  ofWorkers(ref, aggregate('sum', ON_POD, containers('container_memory_working_set_bytes', ref)));

/** Returns the metrics (label __name__) that an object had within the time range, and its staleness. */
export const objectMetrics = (ref: ObjectRef) =>
  union([
    aggregate(
      'group',
      ['__name__'],
      `last_over_time(${buildAnySelector([matches('__name__', 'sedna[_:].+'), ...kindMatchers(ref)])}[$__range])`
    ),
    ...buildStalenessSubqueries(ref),
  ]);

/** Returns a metric of an object over time. */
export const objectMetric = (metric: Metric, ref: ObjectRef) => buildObjectMetricExpression(metric, kindMatchers(ref));

/**
 * Returns the relations of an object: the names in its spec, its models by role, its unfinished pods with their nodes, the
 * objects that use it, and its staleness. Finished pods are left out: two of each round stay until the job is deleted.
 */
export function relations(ref: ObjectRef): string {
  const kind = findKind(ref.kind);
  return union([
    labelSubquery('info', objectInfoByName(ref)),
    ...(kind?.staged ? [labelSubquery('model', buildSelector('sedna_job_model_info', kindMatchers(ref)))] : []),
    ...(kind?.hasWorkers
      ? [labelSubquery('pod', buildSelector('sedna:worker_info', [...kindMatchers(ref), noneOf('status', ['dead'])]))]
      : []),
    ...(hasDataset(ref.kind) && ref.kind !== 'Dataset'
      ? [labelSubquery('dataset', selectDatasetMetric('sedna_dataset_info', ref))]
      : []),
    ...objectsUsing(ref).map((users) => labelSubquery('user', users)),
    ...buildStalenessSubqueries(ref),
  ]);
}

/** Selects the objects whose spec names a dataset or model. */
function objectsUsing(ref: ObjectRef): string[] {
  const labels =
    ref.kind === 'Dataset'
      ? ['dataset']
      : ref.kind === 'Model'
        ? [...new Set(KINDS.flatMap(({ infoLabels }) => infoLabels))].filter((label) => /(^|_)model$/.test(label))
        : [];
  return labels.map((label) =>
    buildAnySelector([
      matches('__name__', 'sedna_[a-z]+_info'),
      matches('kind', '.+'),
      inNamespace(ref),
      equals(label, ref.name),
    ])
  );
}

/** Worker type that runs a stage. */
export const WORKER_OF: Readonly<Record<Stage, string>> = { Train: 'train', Eval: 'eval', Deploy: 'inference' };

/** Names contain only lowercase letters, digits, hyphens, and dots. A dot may also end a sentence. */
const BEFORE = '(?:^|[^a-z0-9.-])';
const AFTER = '(?:[^a-z0-9.-]|[.](?:[^a-z0-9]|$)|$)';

const isWorkerKind = (kind: KindName) => findKind(kind)?.hasWorkers === true;

/** Selects the lines of an object's pods, of one stage if given. Undefined for kinds without pods. */
export function podLines(ref: ObjectRef, stage?: Stage): LogSelection | undefined {
  if (!isWorkerKind(ref.kind)) {
    return undefined;
  }
  const staged = findKind(ref.kind)?.staged;
  const pods = stage
    ? matches('pod', `${escapeRegex(ref.name)}-${WORKER_OF[stage]}-[a-z0-9]+`)
    : staged
      ? workerPodsByName(ref.name)
      : matches('pod', `${escapeRegex(ref.name)}-.+`);
  return { matchers: [inNamespace(ref), pods] };
}

/** Selects the lines of the global manager and the local controllers that name an object. */
export const componentLines = ({ kind, namespace, name }: ObjectRef): LogSelection => {
  const ns = escapeRegex(namespace);
  const kindPath = `${kind.toLowerCase()}/`;
  return {
    matchers: [equals('namespace', SEDNA_NAMESPACE), matches('pod', '(?:gm|lc)-.+')],
    keywords: [{ text: name, matchCase: true }],
    pattern: `${BEFORE}(?:${ns}/(?:${kindPath})?|${kindPath}${ns}/)${escapeRegex(name)}${AFTER}`,
  };
};
