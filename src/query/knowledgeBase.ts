/** PromQL and LogQL for the knowledge base page: its status, its contents, and the evaluation of its tasks. */
import { SEEN_STEP_SECONDS, SEEN_WINDOW_SECONDS } from '../sedna/diagnosis/thresholds';
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

/** Time for which the last known contents are shown after the exporter stopped. */
const CONTENT_LOOKBACK_SECONDS = 3600;

const UP = buildSelector('sedna_knowledge_base_up');
const LOST = buildSelector('sedna_log_knowledge_base_files_lost_per_minute');
const OWN_READS = buildSelector('sedna_exporter_source_last_success_timestamp_seconds', [
  equals('source', 'knowledge_base'),
]);
const OWN_POD = [equals('namespace', SEDNA_NAMESPACE), matches('pod', 'kb-.+')];
const INFO = buildSelector('sedna:knowledge_base_info');

/** Returns current contents, or the last known ones if there are none at all. */
const withLastKnown = (series: string) =>
  union([
    series,
    `last_over_time(${series}[${CONTENT_LOOKBACK_SECONDS}s]) unless on (cluster) sedna_knowledge_base_known_tasks`,
  ]);

const content = (labels: readonly string[], metric: string) =>
  aggregate('max', labels, withLastKnown(buildSelector(metric)));

/**
 * Returns where the knowledge base runs and since when, whether and when the exporter read its database, its counts, and
 * signs of lost files within the time range. Label part names each of these.
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

/** Returns the newest value within a day, even if there is none now. */
function lastValue(times: string): string {
  return union([times, `max_over_time((${times})[${SEEN_WINDOW_SECONDS}s:${SEEN_STEP_SECONDS}s])`]);
}

const RELATION = () =>
  labelSubquery('relation', content(['cluster', 'group', 'task'], 'sedna_knowledge_base_task_relation'));
const MODEL = () =>
  labelSubquery('model', content(['cluster', 'group', 'url'], 'sedna_knowledge_base_task_group_model_info'));

/** Returns tasks with their attributes, samples, and group, and groups with their model file, by label part. */
export const knowledgeBaseTasks = (): string =>
  union([
    labelSubquery('task', content([...TASK, 'attributes'], 'sedna_knowledge_base_task_info')),
    labelSubquery('samples', content(TASK, 'sedna_knowledge_base_task_samples')),
    labelSubquery('lastRound', content(TASK, 'sedna_knowledge_base_task_last_round_samples')),
    labelSubquery('updated', content(TASK, 'sedna_knowledge_base_task_update_timestamp_seconds')),
    RELATION(),
    MODEL(),
  ]);

/** Returns groups with their tasks and their model file, by label part. */
export const knowledgeBaseRelations = (): string => union([RELATION(), MODEL()]);

const DEPLOYABLE = buildSelector('sedna:task_deployable');

/** Returns the results and start of each job's newest evaluation, and its deployment status, by label part. */
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

/** Maximum number of tasks in a panel. */
export const MAX_DRAWN_TASKS = 10;

const buildTaskMatchers = (text: string): Matcher[] => (text === '' ? [] : [contains('task', text)]);

/** Keeps the series at the top or bottom of a ranking at the end of the time range. */
const keepRanked = (expression: string, on: readonly string[], end: 'topk' | 'bottomk', ranking: string) =>
  andOn(expression, on, `${end}(${MAX_DRAWN_TASKS}, ${aggregate('max', on, `${ranking} @ end()`)})`);

/**
 * Returns scores over time, one point for each evaluation, of the tasks with the lowest scores in their job's newest
 * evaluation. A score is a single sample, which a longer step would miss, so each step takes the last sample within it.
 */
export function scoreHistory(text: string): string {
  const scores = `last_over_time(${buildSelector('sedna_log_task_score', buildTaskMatchers(text))}[$__interval])`;
  const jobs = aggregate('group', [...ON_POD, 'name'], buildSelector('sedna:worker_pod_start_timestamp_seconds'));
  const jobTask = ['cluster', 'namespace', 'name', 'task'];
  return keepRanked(
    aggregate('max', [...jobTask, 'metric'], joinInfo(scores, ON_POD, ['name'], jobs)),
    jobTask,
    'bottomk',
    buildSelector('sedna:task_score', buildTaskMatchers(text))
  );
}

/** Returns the samples in the last round, of the tasks that have the most samples. */
export const roundSamplesHistory = (text: string): string =>
  keepRanked(
    aggregate('max', TASK, buildSelector('sedna_knowledge_base_task_last_round_samples', buildTaskMatchers(text))),
    TASK,
    'topk',
    buildSelector('sedna_knowledge_base_task_samples', buildTaskMatchers(text))
  );

/** Returns the training samples of lifelong learning that the local controller logged, one point for each line. */
export const trainingSamplesHistory = (): string =>
  aggregate(
    'max',
    ['cluster', 'namespace', 'name'],
    `last_over_time(${buildSelector('sedna_log_stage_samples', [equals('kind', 'LifelongLearningJob'), equals('stage', 'train')])}[$__interval])`
  );

/** Returns inference samples of unknown tasks, by job. */
export const unseenSamplesHistory = (): string =>
  aggregate(
    'max',
    ['cluster', 'namespace', 'name'],
    buildSelector('sedna:inference_samples', [equals('task', 'unknown'), equals('state', 'done')])
  );

/**
 * Counts the tasks that each job's newest evaluation dropped. Each task counts once, because Prometheus may still have the
 * series of the previous evaluation for some minutes.
 */
export const droppedHistory = (): string =>
  aggregate(
    'sum',
    ['cluster', 'namespace', 'name'],
    aggregate('max', ['cluster', 'namespace', 'name', 'task'], `1 - ${DEPLOYABLE}`)
  );

/** Returns lines with the reason for which an evaluation dropped a task. */
export const droppedLines = (names?: LogLabelNames): string =>
  logLines(
    {
      matchers: [matches('pod', '.+-eval-[a-z0-9]+')],
      keywords: [{ text: LOG_MESSAGES.taskDropped.contains, matchCase: true }],
    },
    names
  );
