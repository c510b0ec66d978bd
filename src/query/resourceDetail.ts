/** PromQL and LogQL of one object's page. */
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
import { equals, escapeRegex, matches, noneOf, oneOf, type Matcher } from './escape';
import type { ObjectRef } from '../sedna/objectRef';

/** The label that tells the parts of a union apart. */
export const SUBQUERY_LABEL = 'part';

const labelSubquery = (name: string, expression: string) => withLabel(expression, SUBQUERY_LABEL, name);
const kindMatchers = (ref: ObjectRef): Matcher[] => [equals('kind', ref.kind), ...buildRefMatchers(ref)];

/** The object exists, with what its spec names; the value is when this was last scraped (Unix time in seconds). */
export const objectSeen = (ref: ObjectRef) => sampleTimestamp(objectInfoByName(ref));

/** Seconds since the last sign of life of each node (label lease), as it was when it was last scraped. */
export const LEASE_AGE = aggregate(
  'min',
  ['cluster', 'lease'],
  ageAtScrape(buildSelector('kube_lease_renew_time', [equals('namespace', 'kube-node-lease')]))
);

/** Nodes that give no sign of life (label node); the value is the age in seconds of their last one. */
export const offlineNodes = () => copyLabel(`${LEASE_AGE} > ${NODE_OFFLINE_AFTER_SECONDS}`, 'lease', 'node');

const hasDataset = (kind: KindName) => kind === 'Dataset' || findKind(kind)!.infoLabels.includes('dataset');

/** Those of the silent nodes that report on the object: of its dataset, or of its worker pods that are not finished. */
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

/**
 * Whether what is told of the object is what is now, as parts of another query: when it was last scraped (part seen),
 * and those of the silent nodes that report on it (part silent).
 */
function stalenessParts(ref: ObjectRef): string[] {
  const silent = offlineReportersOfObject(ref);
  return [labelSubquery('seen', objectSeen(ref)), ...(silent ? [labelSubquery('silent', silent)] : [])];
}

/** Numbers of an object, and its phase where it has one: label part is the family without its prefix. */
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

/** What is known of rounds, as series that keep their names. */
export const ROUND_METRICS = [
  'sedna_job_round',
  'sedna_job_stage_duration_seconds',
  'sedna_job_eval_metric',
  'sedna_job_model_info',
  'sedna:stage_samples',
  'sedna:task_deployable',
  'sedna:task_score',
] as const;

/** All of them for one job, in one query. */
export const roundSeries = (ref: ObjectRef) =>
  buildAnySelector([oneOf('__name__', ROUND_METRICS), ...kindMatchers(ref)]);

const ON_POD = ['cluster', 'namespace', 'pod'];
const WORKER = ['pod', 'worker_type', 'node', 'location'];
const inNamespace = (ref: ObjectRef) => equals('namespace', ref.namespace);
const ofWorkers = (ref: ObjectRef, expression: string) => joinInfo(expression, ON_POD, [], workerPods(ref));

/** Everything about the worker pods of an object that is known now, and when those that are gone started. */
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

/** Series of containers, not those of the whole pod or of its pause container. */
const containers = (metric: string, ref: ObjectRef) =>
  buildSelector(metric, [inNamespace(ref), matches('container', '.+')]);

/** Cores that worker pods use, by pod; there where cAdvisor is scraped. */
export const workerCpu = (ref: ObjectRef) =>
  ofWorkers(ref, aggregate('sum', ON_POD, `rate(${containers('container_cpu_usage_seconds_total', ref)}[5m])`));

/** Bytes that worker pods hold, by pod; there where cAdvisor is scraped. */
export const workerMemory = (ref: ObjectRef) =>
  ofWorkers(ref, aggregate('sum', ON_POD, containers('container_memory_working_set_bytes', ref)));

/** Names (label __name__) of the metrics that the object had within the time range, and how old it is. */
export const objectMetrics = (ref: ObjectRef) =>
  union([
    aggregate(
      'group',
      ['__name__'],
      `last_over_time(${buildAnySelector([matches('__name__', 'sedna[_:].+'), ...kindMatchers(ref)])}[$__range])`
    ),
    ...stalenessParts(ref),
  ]);

/** The expression that shows a metric of the object over time. */
export const objectMetric = (metric: Metric, ref: ObjectRef) => buildObjectMetricExpression(metric, kindMatchers(ref));

/**
 * What the object has to do with: its spec, its models as roles, its pods that are not finished (two of each round
 * stay until the job is deleted), their nodes, and what names it; and how old that is.
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
    ...stalenessParts(ref),
  ]);
}

/** Objects whose spec names this dataset or model. */
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

/** Kind of worker that runs a stage. */
export const WORKER_OF: Readonly<Record<Stage, string>> = { Train: 'train', Eval: 'eval', Deploy: 'inference' };

/** Names hold lower case letters, digits, - and . only; a full stop may also end a sentence. */
const BEFORE = '(?:^|[^a-z0-9.-])';
const AFTER = '(?:[^a-z0-9.-]|[.](?:[^a-z0-9]|$)|$)';

const isWorkerKind = (kind: KindName) => findKind(kind)?.hasWorkers === true;

/** Lines that the object's own pods write; of one stage where that is given. Undefined for kinds without pods. */
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

/** Lines of the global manager and the local controllers that name the object. */
export const componentLines = ({ kind, namespace, name }: ObjectRef): LogSelection => {
  const ns = escapeRegex(namespace);
  const kindPath = `${kind.toLowerCase()}/`;
  return {
    matchers: [equals('namespace', SEDNA_NAMESPACE), matches('pod', '(?:gm|lc)-.+')],
    keywords: [{ text: name, matchCase: true }],
    pattern: `${BEFORE}(?:${ns}/(?:${kindPath})?|${kindPath}${ns}/)${escapeRegex(name)}${AFTER}`,
  };
};
