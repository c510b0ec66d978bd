/** PromQL and LogQL of the knowledge base page: where it runs, what it holds, how its tasks were judged. */
import { SEEN_STEP_SECONDS, SEEN_WINDOW_SECONDS } from '../sedna/diagnosis';
import { SEDNA_NAMESPACE } from '../sedna/kinds';
import { LOG_MESSAGES } from '../sedna/logs/logMessages';
import { componentPod } from './diagnosis';
import type { LogLabelNames } from './logs/logLabels';
import { logLines } from './logs/logql';
import {
  aggregate,
  filterActiveState,
  joinInfo,
  andOn,
  sampleTimestamp,
  buildSelector,
  withLabel,
  union,
} from './promql';
import { SUBQUERY_LABEL, offlineNodes } from './resourceDetail';
import { contains, equals, matches, type Matcher } from './escape';

const labelSubquery = (name: string, expression: string) => withLabel(expression, SUBQUERY_LABEL, name);

const CLUSTER = ['cluster'];
const TASK = ['cluster', 'task'];
const JOB = ['cluster', 'kind', 'namespace', 'name'];
const ON_POD = ['cluster', 'namespace', 'pod'];

/** Seconds for which the last known content is shown once the exporter is gone. */
const LOG_VALUE_LOOKBACK = 3600;

const UP = buildSelector('sedna_knowledge_base_up');
const LOST = buildSelector('sedna_log_knowledge_base_files_lost_per_minute');
const OWN_READS = buildSelector('sedna_exporter_source_last_success_timestamp_seconds', [
  equals('source', 'knowledge_base'),
]);
const OWN_POD = [equals('namespace', SEDNA_NAMESPACE), matches('pod', 'kb-.+')];
const INFO = buildSelector('sedna:knowledge_base_info');

/** Content as it is now; while there is none at all, as it was last. */
const held = (series: string) =>
  union([
    series,
    `last_over_time(${series}[${LOG_VALUE_LOOKBACK}s]) unless on (cluster) sedna_knowledge_base_known_tasks`,
  ]);

const content = (labels: readonly string[], metric: string) => aggregate('max', labels, held(buildSelector(metric)));

/**
 * Where the knowledge base runs, since when, whether its database can be read, when that was last so, what it counts,
 * and the signs of lost files within the time range. Label part tells these apart.
 */
export const knowledgeBaseSummary = (): string =>
  union([
    labelSubquery('info', aggregate('group', ['cluster', 'ip', 'pod', 'node', 'node_type'], INFO)),
    labelSubquery('phase', aggregate('max', ['cluster', 'pod', 'phase'], componentPod('kb'))),
    labelSubquery(
      'started',
      union([
        aggregate('max', ['cluster', 'pod'], buildSelector('kube_pod_container_state_started', OWN_POD)),
        aggregate('max', ['cluster', 'pod'], buildSelector('kube_pod_start_time', OWN_POD)),
      ])
    ),
    labelSubquery('silent', andOn(offlineNodes(), ['cluster', 'node'], INFO)),
    labelSubquery('up', aggregate('max', CLUSTER, UP)),
    labelSubquery('seen', aggregate('max', CLUSTER, lastValue(sampleTimestamp(UP)))),
    labelSubquery('read', aggregate('max', CLUSTER, lastValue(OWN_READS))),
    labelSubquery(
      'exporter',
      aggregate('group', CLUSTER, buildSelector('sedna_exporter_source_last_success_timestamp_seconds'))
    ),
    labelSubquery('tasks', content(CLUSTER, 'sedna_knowledge_base_known_tasks')),
    labelSubquery('groups', content(CLUSTER, 'sedna_knowledge_base_task_groups')),
    labelSubquery('lost', aggregate('sum', ['cluster', 'file'], `sum_over_time(${LOST}[$__range])`)),
    labelSubquery(
      'lastLost',
      aggregate('max', ['cluster', 'file'], `max_over_time(${sampleTimestamp(LOST)}[$__range:60s])`)
    ),
    labelSubquery(
      'logs',
      aggregate('group', CLUSTER, `last_over_time(${buildSelector('sedna_log_last_line_timestamp_seconds')}[$__range])`)
    ),
  ]);

/** The newest value within a day, also where there is none now. */
function lastValue(times: string): string {
  return union([times, `max_over_time((${times})[${SEEN_WINDOW_SECONDS}s:${SEEN_STEP_SECONDS}s])`]);
}

const RELATION = () =>
  labelSubquery('relation', content(['cluster', 'group', 'task'], 'sedna_knowledge_base_task_relation'));
const MODEL = () =>
  labelSubquery('model', content(['cluster', 'group', 'url'], 'sedna_knowledge_base_task_group_model_info'));

/** Every task with its attributes, samples and group, and every group with its model file: label part. */
export const knowledgeBaseTasks = (): string =>
  union([
    labelSubquery('task', content([...TASK, 'attributes'], 'sedna_knowledge_base_task_info')),
    labelSubquery('samples', content(TASK, 'sedna_knowledge_base_task_samples')),
    labelSubquery('lastRound', content(TASK, 'sedna_knowledge_base_task_last_round_samples')),
    labelSubquery('updated', content(TASK, 'sedna_knowledge_base_task_update_timestamp_seconds')),
    RELATION(),
    MODEL(),
  ]);

/** Groups with their tasks and their model file: label part. */
export const knowledgeBaseRelations = (): string => union([RELATION(), MODEL()]);

const DEPLOYABLE = buildSelector('sedna:task_deployable');

/** How the newest evaluation of each job judged its tasks, when it began, and how the deployment stands: label part. */
export const taskEvaluations = (): string =>
  union([
    labelSubquery('deployable', aggregate('max', [...JOB, 'task', 'pod'], DEPLOYABLE)),
    labelSubquery('score', aggregate('max', [...JOB, 'task', 'metric', 'pod'], buildSelector('sedna:task_score'))),
    labelSubquery(
      'began',
      aggregate(
        'max',
        [...JOB, 'pod'],
        andOn(buildSelector('sedna:worker_pod_start_timestamp_seconds'), ON_POD, DEPLOYABLE)
      )
    ),
    labelSubquery(
      'deploy',
      aggregate('max', [...JOB, 'status'], filterActiveState(buildSelector('sedna:job_deploy_status')))
    ),
  ]);

/** How many tasks a panel draws at most. */
export const MAX_DRAWN_TASKS = 10;

const named = (text: string): Matcher[] => (text === '' ? [] : [contains('task', text)]);

/** Keeps those that stand at the top or bottom of a ranking at the end of the time range. */
const ranked = (expression: string, on: readonly string[], end: 'topk' | 'bottomk', ranking: string) =>
  andOn(expression, on, `${end}(${MAX_DRAWN_TASKS}, ${aggregate('max', on, `${ranking} @ end()`)})`);

/**
 * Scores over time: one point an evaluation, of those tasks that scored lowest in the newest one of their job. A score
 * is a single sample, which a longer step would miss: each step takes the last one that lies in it.
 */
export function scoreHistory(text: string): string {
  const scores = `last_over_time(${buildSelector('sedna_log_task_score', named(text))}[$__interval])`;
  const jobs = aggregate('group', [...ON_POD, 'name'], buildSelector('sedna:worker_pod_start_timestamp_seconds'));
  const jobTask = ['cluster', 'namespace', 'name', 'task'];
  return ranked(
    aggregate('max', [...jobTask, 'metric'], joinInfo(scores, ON_POD, ['name'], jobs)),
    jobTask,
    'bottomk',
    buildSelector('sedna:task_score', named(text))
  );
}

/** Samples of the last round of each task, of those tasks that have the most samples. */
export const roundSamplesHistory = (text: string): string =>
  ranked(
    aggregate('max', TASK, buildSelector('sedna_knowledge_base_task_last_round_samples', named(text))),
    TASK,
    'topk',
    buildSelector('sedna_knowledge_base_task_samples', named(text))
  );

/** Samples that the local controller says it has collected for training, one point each time that it does. */
export const trainingSamplesHistory = (): string =>
  aggregate(
    'max',
    ['cluster', 'namespace', 'name'],
    `last_over_time(${buildSelector('sedna_log_stage_samples', [equals('stage', 'train')])}[$__interval])`
  );

/** Samples of inference that belong to no known task, by job. */
export const unseenSamplesHistory = (): string =>
  aggregate(
    'max',
    ['cluster', 'namespace', 'name'],
    buildSelector('sedna:inference_samples', [equals('task', 'unknown'), equals('state', 'done')])
  );

/**
 * How many tasks the newest evaluation of each job dropped. For some minutes after one begins, Prometheus may still see
 * the series of the one before: each task counts once.
 */
export const droppedHistory = (): string =>
  aggregate(
    'sum',
    ['cluster', 'namespace', 'name'],
    aggregate('max', ['cluster', 'namespace', 'name', 'task'], `1 - ${DEPLOYABLE}`)
  );

/** Lines that say why evaluation dropped a task. */
export const droppedLines = (names?: LogLabelNames): string =>
  logLines(
    {
      matchers: [matches('pod', '.+-eval-[a-z0-9]+')],
      keywords: [{ text: LOG_MESSAGES.taskDropped.contains, matchCase: true }],
    },
    names
  );
