/** Queries that only dashboards use. Selections are dashboard variables. */
import { getFamilyPrefix } from '../sedna/catalog/resourceMetrics';
import { findKind, SEDNA_NAMESPACE, type KindName } from '../sedna/kinds';
import { buildTypedWorkerPodPattern, buildWorkerPodPattern } from '../sedna/kinds/workers';
import { STRIP_COLORS_STAGE, LEVEL_LABEL, LEVEL_STAGES, buildStreamSelector } from './logs/logql';
import {
  age,
  aggregate,
  buildAnySelector,
  copyLabel,
  dropLabel,
  increaseSinceFirstSample,
  topkBy,
  filterActiveState,
  joinInfo,
  andOn,
  overTime,
  buildSelector,
  stateNumber,
  union,
  without,
} from './promql';
import { LEASE_AGE } from './resourceDetail';
import { assertLabelName, equals, fromVariable, matches, noneOf, buildMatchers, type Matcher } from './escape';

export const ON_OBJECT = ['cluster', 'namespace', 'name'];
export const ON_POD = ['cluster', 'namespace', 'pod'];

/** Matchers of the variables that dashboards share. */
export const NAMESPACE = fromVariable('namespace', 'namespace');
export const JOB = fromVariable('name', 'job');
export const NODE = fromVariable('node', 'node');

/**
 * Returns the variable for object names of a kind. Links between dashboards carry its value, so only lifelong learning
 * shares one with the dashboards about all kinds.
 */
export const getVariable = (kind: KindName): string => (kind === 'LifelongLearningJob' ? 'job' : kind.toLowerCase());

/** Matches the selected objects among series of one kind. */
export const matchVariable = (kind: KindName): Matcher[] => [NAMESPACE, fromVariable('name', getVariable(kind))];

/** Matches the selected objects of a kind among series of all kinds. */
export const chosen = (kind: KindName): Matcher[] => [equals('kind', kind), ...matchVariable(kind)];

const family = (kind: KindName, suffix: string) => `${getFamilyPrefix(kind)}_${suffix}`;

/** Builds the query of a Prometheus variable for the values of a label. */
export const buildLabelValues = (series: string, label: string): string =>
  `label_values(${series}, ${assertLabelName(label)})`;

/**
 * Keeps one series for each combination of labels. A status change or a second scrape may leave two for a while, and a join
 * rejects duplicates.
 */
const one = topkBy;

/** Returns the position of each object's condition among those of its kind, from 1. */
export const conditionNumber = (kind: KindName, matchers: readonly Matcher[]): string =>
  stateNumber(family(kind, 'condition'), 'condition', findKind(kind)?.conditionTypes ?? [], matchers, ON_OBJECT);

/** Returns the age in seconds of each object's newest condition (labels condition, and stage for kinds with stages). */
export function conditionAges(kind: KindName, matchers: readonly Matcher[]): string {
  const stateLabels = findKind(kind)?.staged ? ['stage', 'condition'] : ['condition'];
  return joinInfo(
    aggregate('max', ON_OBJECT, age(buildSelector(family(kind, 'last_transition_timestamp_seconds'), matchers))),
    ON_OBJECT,
    stateLabels,
    one(
      ON_OBJECT,
      aggregate(
        'max',
        [...ON_OBJECT, ...stateLabels],
        filterActiveState(buildSelector(family(kind, 'condition'), matchers))
      )
    )
  );
}

/** Counts the conditions that jobs with stages wrote within the time range. */
export const transitions = (matchers: readonly Matcher[], by: readonly string[]): string =>
  aggregate(
    'sum',
    by,
    increaseSinceFirstSample(buildSelector('sedna_job_condition_transitions_total', matchers), '$__range')
  );

/** Returns the conditions written in each step. */
export const recentTransitions = (matchers: readonly Matcher[]): string =>
  `${aggregate(
    'sum',
    ['cluster', 'namespace', 'name', 'stage', 'condition'],
    overTime('changes', buildSelector('sedna_job_condition_transitions_total', matchers), '$__rate_interval')
  )} > 0`;

/** Returns the objects of a kind with labels of their spec. */
export const withDescription = (kind: KindName, labels: readonly string[], matchers: readonly Matcher[]): string =>
  aggregate('group', [...ON_OBJECT, ...labels], buildSelector(family(kind, 'info'), matchers));

/** Keeps the pods that work for the selected objects, and adds some labels of these objects. */
export const selectWorkers = (expression: string, matchers: readonly Matcher[], add: readonly string[]): string =>
  joinInfo(
    expression,
    ON_POD,
    add,
    one(ON_POD, aggregate('max', [...new Set([...ON_POD, ...add])], buildSelector('sedna:worker_pod_info', matchers)))
  );

/** Returns unfinished workers with their node and status; the value is the age of their pods in seconds. */
export const liveWorkers = (matchers: readonly Matcher[]): string => {
  const labels = ['name', 'kind', 'worker_type', 'node', 'location', 'status'];
  const live = buildSelector('sedna:worker_info', [...matchers, noneOf('status', ['dead'])]);
  return joinInfo(
    aggregate(
      'max',
      ON_POD,
      age(`(${union([buildSelector('kube_pod_start_time'), buildSelector('kube_pod_created')])})`)
    ),
    ON_POD,
    labels,
    one(ON_POD, aggregate('max', [...ON_POD, ...labels], live))
  );
};

const RUN = ['cluster', 'namespace', 'name', 'kind', 'pod', 'work'];

/** Returns the duration in seconds of the last finished run of each job and worker type. */
export const finishedRuns = (matchers: readonly Matcher[]): string =>
  aggregate(
    'max',
    ['cluster', 'namespace', 'name', 'work'],
    andOn(
      buildSelector('sedna:task_duration_seconds', matchers),
      RUN,
      buildSelector('sedna:task_info', [...matchers, equals('status', 'dead')])
    )
  );

/** Returns the reasons for which worker containers wait, by pod (label reason). */
export const waitingWorkers = (matchers: readonly Matcher[]): string =>
  selectWorkers(
    aggregate(
      'max',
      [...ON_POD, 'container', 'reason'],
      filterActiveState(
        buildAnySelector([
          matches('__name__', 'kube_pod(_init)?_container_status_waiting_reason'),
          noneOf('reason', ['ContainerCreating', 'PodInitializing']),
        ])
      )
    ),
    matchers,
    ['kind', 'name', 'worker_type', 'node']
  );

/** Returns one waiting reason for each object. */
export const waitingObjects = (matchers: readonly Matcher[]): string =>
  topkBy(ON_OBJECT, aggregate('max', [...ON_OBJECT, 'reason'], waitingWorkers(matchers)));

/** Returns the scores of tasks in the newest evaluation, by task and metric. */
export const taskScores = (matchers: readonly Matcher[]): string =>
  aggregate('max', [...ON_OBJECT, 'task', 'metric'], buildSelector('sedna:task_score', matchers));

/** Returns whether tasks passed the newest evaluation, by task and metric. */
export const tasksPassed = (matchers: readonly Matcher[]): string =>
  joinInfo(
    aggregate('group', [...ON_OBJECT, 'task', 'metric'], buildSelector('sedna:task_score', matchers)),
    [...ON_OBJECT, 'task'],
    [],
    aggregate('max', [...ON_OBJECT, 'task'], buildSelector('sedna:task_deployable', matchers))
  );

/** Returns the weights of tasks in their groups, with the group's model file (labels group, task, url). */
export const taskGroups = (): string =>
  joinInfo(
    aggregate('max', ['cluster', 'group', 'task'], buildSelector('sedna_knowledge_base_task_relation')),
    ['cluster', 'group'],
    ['url'],
    topkBy(
      ['cluster', 'group'],
      aggregate('max', ['cluster', 'group', 'url'], buildSelector('sedna_knowledge_base_task_group_model_info'))
    )
  );

/** Counts worker pods by phase. */
export const workerPhases = (matchers: readonly Matcher[]): string =>
  aggregate(
    'count',
    ['cluster', 'phase'],
    selectWorkers(
      aggregate('max', [...ON_POD, 'phase'], filterActiveState(buildSelector('kube_pod_status_phase'))),
      matchers,
      ['name']
    )
  );

/** Returns the restarts of worker containers in each step, by pod, without zeros. */
export const workerRestarts = (matchers: readonly Matcher[]): string =>
  `${selectWorkers(
    aggregate(
      'sum',
      ON_POD,
      overTime('changes', buildSelector('kube_pod_container_status_restarts_total'), '$__rate_interval')
    ),
    matchers,
    ['name']
  )} > 0`;

/** Selects cAdvisor series of containers, without those of whole pods. */
export const selectContainers = (metric: string): string =>
  buildSelector(metric, [NAMESPACE, matches('container', '.+')]);

/** Returns the seconds since the last log line of each running worker of some types. */
export const secondsSinceLastSample = (matchers: readonly Matcher[], types: readonly string[]): string =>
  joinInfo(
    aggregate(
      'min',
      ON_POD,
      age(overTime('last_over_time', buildSelector('sedna_log_last_line_timestamp_seconds'), '$__range'))
    ),
    ON_POD,
    ['name', 'kind', 'worker_type', 'node', 'status'],
    one(
      ON_POD,
      aggregate(
        'max',
        [...ON_POD, 'name', 'kind', 'worker_type', 'node', 'status'],
        buildSelector('sedna:worker_info', [
          ...matchers,
          equals('status', 'active'),
          matches('worker_type', types.join('|')),
        ])
      )
    )
  );

/** Returns the age in seconds of each node's lease. */
export const nodeAges = (): string => aggregate('min', ['cluster', 'node'], copyLabel(LEASE_AGE, 'lease', 'node'));

/** Returns the age in seconds of each edge node's lease. */
export const edgeNodeAges = (): string =>
  andOn(nodeAges(), ['cluster', 'node'], buildSelector('kube_node_role', [equals('role', 'edge')]));

/** Returns the custom metric that a variable names, without scrape labels. */
export const customMetric = (variable: string): string =>
  dropLabel(
    without('max', ['instance', 'endpoint', 'container'], buildAnySelector([fromVariable('__name__', variable)])),
    'job',
    'sedna-(ops-)?exporter'
  );

/** Matches the worker pods of the objects selected in a variable, of one type if given. */
export const workerPodsOfJob = (variable: string, type?: string): Matcher =>
  fromVariable('pod', variable, (job) =>
    type === undefined ? buildWorkerPodPattern(job) : buildTypedWorkerPodPattern(job, type)
  );

/** Matches the pods of one Sedna component. */
export const componentPods = (component: string): Matcher[] => [
  equals('namespace', SEDNA_NAMESPACE),
  matches('pod', `${component}-.+`),
];

/** Filters by the text of a variable, ignoring case. A raw string can contain everything except a backtick. */
const buildTextFilter = (variable: string) => ` |~ \`(?i)\${${variable}:regex}\``;

/** Returns the lines that contain the search text and have a selected level (variables search and level). */
export const matchingLines = (matchers: readonly Matcher[]): string =>
  `${buildStreamSelector(matchers)} | decolorize${STRIP_COLORS_STAGE}${buildTextFilter('search')}${LEVEL_STAGES}` +
  ` | ${buildMatchers([fromVariable(LEVEL_LABEL, 'level')]).slice(1, -1)}`;

/** Counts the {@link matchingLines} by labels over time. */
export const matchingVolume = (matchers: readonly Matcher[], by: readonly string[]): string =>
  countBy(by, matchingLines(matchers));

/** Counts lines by labels over time. */
export const countBy = (by: readonly string[], lines: string): string =>
  aggregate('sum', by, overTime('count_over_time', lines, '$__auto'));

/** Keeps the highest series at each step. */
export const topk = (count: number, expression: string): string => `topk(${count}, ${expression})`;
