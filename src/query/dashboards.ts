/** What dashboards ask beside the queries of the app; what is chosen stands in variables of theirs. */
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

/** What is chosen in the variables that dashboards share. */
export const NAMESPACE = fromVariable('namespace', 'namespace');
export const JOB = fromVariable('name', 'job');
export const NODE = fromVariable('node', 'node');

/**
 * The variable that holds names of objects of a kind. What is chosen goes along from dashboard to dashboard, so only
 * those on lifelong learning share one with those on any kind.
 */
export const getVariable = (kind: KindName): string => (kind === 'LifelongLearningJob' ? 'job' : kind.toLowerCase());

/** The chosen objects of a kind, among series of that kind alone. */
export const matchVariable = (kind: KindName): Matcher[] => [NAMESPACE, fromVariable('name', getVariable(kind))];

/** The same among series of all kinds. */
export const chosen = (kind: KindName): Matcher[] => [equals('kind', kind), ...matchVariable(kind)];

const family = (kind: KindName, suffix: string) => `${getFamilyPrefix(kind)}_${suffix}`;

/** Asks for the values of a label, as a variable of Prometheus does. */
export const buildLabelValues = (series: string, label: string): string =>
  `label_values(${series}, ${assertLabelName(label)})`;

/**
 * One series of each combination of labels: a change of status, or a second scrape, may leave two for a while, which no
 * join takes.
 */
const one = topkBy;

/** Which condition an object is in, as its place among those of its kind. */
export const conditionNumber = (kind: KindName, matchers: readonly Matcher[]): string =>
  stateNumber(family(kind, 'condition'), 'condition', findKind(kind)?.conditionTypes ?? [], matchers, ON_OBJECT);

/** Seconds since the newest condition of each object, with what it is: labels condition, and stage where there are some. */
export function conditionAges(kind: KindName, matchers: readonly Matcher[]): string {
  const lastValue = findKind(kind)?.staged ? ['stage', 'condition'] : ['condition'];
  return joinInfo(
    aggregate('max', ON_OBJECT, age(buildSelector(family(kind, 'last_transition_timestamp_seconds'), matchers))),
    ON_OBJECT,
    lastValue,
    one(
      ON_OBJECT,
      aggregate(
        'max',
        [...ON_OBJECT, ...lastValue],
        filterActiveState(buildSelector(family(kind, 'condition'), matchers))
      )
    )
  );
}

/** How many conditions staged jobs have written within the time range. */
export const transitions = (matchers: readonly Matcher[], by: readonly string[]): string =>
  aggregate(
    'sum',
    by,
    increaseSinceFirstSample(buildSelector('sedna_job_condition_transitions_total', matchers), '$__range')
  );

/** Conditions that were just written: above 0 at the steps in which one was. */
export const recentTransitions = (matchers: readonly Matcher[]): string =>
  `${aggregate(
    'sum',
    ['cluster', 'namespace', 'name', 'stage', 'condition'],
    overTime('changes', buildSelector('sedna_job_condition_transitions_total', matchers), '$__rate_interval')
  )} > 0`;

/** Objects of a kind with labels of their spec; an absent label is an empty one. */
export const withDescription = (kind: KindName, labels: readonly string[], matchers: readonly Matcher[]): string =>
  aggregate('group', [...ON_OBJECT, ...labels], buildSelector(family(kind, 'info'), matchers));

/** Series of pods, of those that work for what is chosen; some labels of what they work for are added. */
export const selectWorkers = (expression: string, matchers: readonly Matcher[], add: readonly string[]): string =>
  joinInfo(
    expression,
    ON_POD,
    add,
    one(ON_POD, aggregate('max', [...new Set([...ON_POD, ...add])], buildSelector('sedna:worker_pod_info', matchers)))
  );

/** Workers that have not ended, with where and how they are; the value is how long ago their pods started (s). */
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

/** How long the last finished run of each job and type of worker took (s). */
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

/** Why worker containers wait, by pod: label reason. */
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

/** The same by object, one reason each. */
export const waitingObjects = (matchers: readonly Matcher[]): string =>
  topkBy(ON_OBJECT, aggregate('max', [...ON_OBJECT, 'reason'], waitingWorkers(matchers)));

/** Scores of tasks at the newest evaluation, by task and metric. */
export const taskScores = (matchers: readonly Matcher[]): string =>
  aggregate('max', [...ON_OBJECT, 'task', 'metric'], buildSelector('sedna:task_score', matchers));

/** Whether those tasks may be deployed, by task and metric too. */
export const tasksPassed = (matchers: readonly Matcher[]): string =>
  joinInfo(
    aggregate('group', [...ON_OBJECT, 'task', 'metric'], buildSelector('sedna:task_score', matchers)),
    [...ON_OBJECT, 'task'],
    [],
    aggregate('max', [...ON_OBJECT, 'task'], buildSelector('sedna:task_deployable', matchers))
  );

/** Weights of tasks in their groups, with the model file of the group: labels group, task, url. */
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

/** Worker pods by phase. */
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

/** Restarts of worker containers within a step, by pod, those with any. */
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

/** Series of containers as cAdvisor has them, without those of the whole pod. */
export const selectContainers = (metric: string): string =>
  buildSelector(metric, [NAMESPACE, matches('container', '.+')]);

/** Seconds since each worker of some types wrote its last line within the time range, for those that run. */
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

/** Seconds since the last sign of life of each node. */
export const nodeAges = (): string => aggregate('min', ['cluster', 'node'], copyLabel(LEASE_AGE, 'lease', 'node'));

/** The same of nodes with the role edge. */
export const edgeNodeAges = (): string =>
  andOn(nodeAges(), ['cluster', 'node'], buildSelector('kube_node_role', [equals('role', 'edge')]));

/** Values of a metric of the custom tables that a variable names, without what only tells of the scrape. */
export const customMetric = (variable: string): string =>
  dropLabel(
    without('max', ['instance', 'endpoint', 'container'], buildAnySelector([fromVariable('__name__', variable)])),
    'job',
    'sedna-(ops-)?exporter'
  );

/** Pods of the workers of what is chosen in a variable; of one type where that is given. */
export const workerPodsOfJob = (variable: string, type?: string): Matcher =>
  fromVariable('pod', variable, (job) =>
    type === undefined ? buildWorkerPodPattern(job) : buildTypedWorkerPodPattern(job, type)
  );

/** Pods of one component of Sedna. */
export const componentPods = (component: string): Matcher[] => [
  equals('namespace', SEDNA_NAMESPACE),
  matches('pod', `${component}-.+`),
];

/** A text that is typed into a variable, whatever its case. A raw string holds all but the backtick. */
const typed = (variable: string) => ` |~ \`(?i)\${${variable}:regex}\``;

/** Lines of what is chosen that hold what is typed, of the chosen levels: variables search and level. */
export const matchingLines = (matchers: readonly Matcher[]): string =>
  `${buildStreamSelector(matchers)} | decolorize${STRIP_COLORS_STAGE}${typed('search')}${LEVEL_STAGES}` +
  ` | ${buildMatchers([fromVariable(LEVEL_LABEL, 'level')]).slice(1, -1)}`;

/** Count of those lines by labels over time. */
export const matchingVolume = (matchers: readonly Matcher[], by: readonly string[]): string =>
  countBy(by, matchingLines(matchers));

/** Count of lines by labels over time. */
export const countBy = (by: readonly string[], lines: string): string =>
  aggregate('sum', by, overTime('count_over_time', lines, '$__auto'));

/** The highest series at each step. */
export const topk = (count: number, expression: string): string => `topk(${count}, ${expression})`;
