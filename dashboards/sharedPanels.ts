/** Panels that several dashboards share. */
import {
  chosen,
  matchVariable,
  conditionAges,
  conditionNumber,
  taskGroups,
  liveWorkers,
  NAMESPACE,
  ON_OBJECT,
  secondsSinceLastSample,
  waitingObjects,
  workerPodsOfJob,
} from '../src/query/dashboards';
import { logLines, logVolume } from '../src/query/logs/logql';
import { age, aggregate, filterActiveState, buildSelector, stateNumber } from '../src/query/promql';
import type { Matcher } from '../src/query/escape';
import { getFamilyPrefix } from '../src/sedna/catalog/resourceMetrics';
import { findKind, STAGES, type KindName } from '../src/sedna/kinds';
import { logsPanel, toRefId, seriesPanel, tablePanel, timelinePanel, volumePanel, type Column } from './panels';
import { APP_LINKS, JOB_DASHBOARD_LINK } from './base';
import { indexedMappings } from './states';

export const DEPLOY_STATES = ['Waiting', 'Ok', 'NotOk'];

export const deployNumber = (matchers: readonly Matcher[]) =>
  stateNumber('sedna:job_deploy_status', 'status', DEPLOY_STATES, matchers, ON_OBJECT);

/** Status of the latest deployment of each job over time. */
export const deployTimeline = (matchers: readonly Matcher[]) =>
  timelinePanel({
    title: 'Deployment status',
    descriptions: ['sedna:job_deploy_status'],
    queries: [[deployNumber(matchers)]],
    mappings: indexedMappings(DEPLOY_STATES),
    height: 10,
    paginate: true,
    noValue: 'No deployments yet',
  });

/** @param after offset of the state numbers, for panels that combine several kinds of states */
export const stageNumber = (kind: KindName, matchers: readonly Matcher[], offset = 0) =>
  stateNumber(`${getFamilyPrefix(kind)}_condition`, 'stage', STAGES, matchers, ON_OBJECT, offset);

export const conditionStates = (kind: KindName) => indexedMappings(findKind(kind)?.conditionTypes ?? []);

/** Latest condition of the selected objects over time. */
export const conditionTimeline = (kind: KindName, title: string, height = 8, paginate = false) =>
  timelinePanel({
    title,
    descriptions: [`${getFamilyPrefix(kind)}_condition`],
    queries: [[conditionNumber(kind, chosen(kind))]],
    mappings: conditionStates(kind),
    height,
    paginate,
  });

/** Phase of the selected objects over time. */
export const phaseTimeline = (kind: KindName, height = 8) => {
  const phases = findKind(kind)?.phases ?? [];
  return timelinePanel({
    title: 'Phase by job',
    descriptions: [`${getFamilyPrefix(kind)}_phase`],
    queries: [[stateNumber(`${getFamilyPrefix(kind)}_phase`, 'phase', phases, matchVariable(kind), ON_OBJECT)]],
    mappings: indexedMappings(phases),
    height,
  });
};

const nameColumns = (kind: KindName): Column[] => [
  { field: 'namespace', title: 'Namespace', width: 110 },
  {
    field: 'name',
    title: 'Name',
    link: APP_LINKS.object(kind),
    dashboardLink: kind === 'LifelongLearningJob' ? JOB_DASHBOARD_LINK : undefined,
  },
];

interface ObjectsTableOptions {
  title: string;
  /** Columns with one number per object. */
  numberColumns: ReadonlyArray<{ expression: string; column: Omit<Column, 'field'> }>;
  /** Adds a column with the reason why a worker container is waiting. */
  showReason?: boolean;
  height?: number;
}

/** Current condition of the selected objects. */
export function objectsTable(
  kind: KindName,
  { title, numberColumns, showReason = false, height }: ObjectsTableOptions
) {
  const staged = findKind(kind)?.staged;
  return tablePanel({
    title,
    descriptions: [
      `${getFamilyPrefix(kind)}_condition`,
      ...(showReason ? ['The reason applies to waiting worker containers.'] : []),
    ],
    expressions: [
      conditionAges(kind, chosen(kind)),
      ...numberColumns.map(({ expression }) => expression),
      ...(showReason ? [waitingObjects(chosen(kind))] : []),
    ],
    columns: [
      ...nameColumns(kind),
      ...(staged ? [{ field: 'stage', title: 'Stage', width: 90, mappings: true as const }] : []),
      { field: 'condition', title: 'Condition', width: 110, mappings: true },
      { field: 'Value #A', title: 'Duration', width: 110, unit: 's', decimals: 0 },
      ...numberColumns.map(({ column }, index) => ({ field: `Value #${toRefId(index + 1)}`, ...column })),
      ...(showReason ? [{ field: 'reason', title: 'Reason', width: 170 }] : []),
    ],
    sortBy: 'Duration',
    height,
  });
}

/** Workers of the selected objects that have not finished. */
export const workersTable = (matchers: readonly Matcher[], workerTypes: readonly string[] = ['.+'], height = 6) =>
  tablePanel({
    title: 'Workers',
    descriptions: [
      'sedna:worker_info',
      'Workers that have not finished. Between two rounds, a job has only inference workers. The last log is the age of the newest line in the time range.',
    ],
    expressions: [liveWorkers(matchers), secondsSinceLastSample(matchers, workerTypes)],
    columns: [
      { field: 'namespace', title: 'Namespace', width: 110 },
      { field: 'name', title: 'Job or service', link: APP_LINKS.anyObject },
      { field: 'pod', title: 'Pod', width: 290, link: APP_LINKS.pod },
      { field: 'worker_type', title: 'Type', width: 95 },
      { field: 'node', title: 'Node', width: 110 },
      { field: 'location', title: 'Location', width: 80 },
      { field: 'status', title: 'Status', width: 75, mappings: true },
      { field: 'Value #A', title: 'Age', width: 80, unit: 's', decimals: 0 },
      { field: 'Value #B', title: 'Last log', width: 85, unit: 's', decimals: 0 },
      { field: 'kind', title: 'Kind', width: 175 },
    ],
    sortBy: 'Age',
    ascending: true,
    height,
    noValue: 'No waiting or running workers',
  });

/** Running workers over time. */
export const activeWorkers = (matchers: readonly Matcher[]) =>
  seriesPanel({
    title: 'Running workers',
    descriptions: ['sedna:workers:active'],
    queries: [[aggregate('max', ON_OBJECT, buildSelector('sedna:workers:active', matchers))]],
    stacked: 'areas',
  });

/** Number of log lines of the workers of the selected objects by level. @param type worker type, all by default */
export const workerVolume = (variable = 'job', type?: string) =>
  volumePanel({
    title: 'Worker log lines by level',
    descriptions: ['Worker pods are identified by name. Levels are detected from the line, whatever its format.'],
    expression: logVolume({ matchers: [NAMESPACE, workerPodsOfJob(variable, type)] }),
    noValue: 'No worker logs in this time range',
  });

/** Error lines of the workers of the selected objects. @param type worker type, all by default */
export const workerErrors = (variable = 'job', type?: string) =>
  logsPanel({
    title: 'Worker errors',
    descriptions: ['Lines with level error, and tracebacks, newest first, at most 200.'],
    expression: logLines({ matchers: [NAMESPACE, workerPodsOfJob(variable, type)], levels: ['error'] }),
    noValue: 'No errors in this time range',
  });

/** Current models of the selected jobs by role. @param hasVersions whether the jobs compare a new with an old model */
export const modelsTable = (matchers: readonly Matcher[], title: string, width = 24, height = 8, hasVersions = false) =>
  tablePanel({
    title,
    descriptions: ['sedna_job_model_info'],
    expressions: [
      aggregate(
        'max',
        ['cluster', 'namespace', 'name', 'kind', 'role', ...(hasVersions ? ['model_version'] : []), 'url'],
        filterActiveState(buildSelector('sedna_job_model_info', matchers))
      ),
    ],
    columns: [
      { field: 'namespace', title: 'Namespace', width: 110 },
      { field: 'name', title: 'Job', link: APP_LINKS.anyObject },
      { field: 'role', title: 'Role', width: 100 },
      ...(hasVersions ? [{ field: 'model_version', title: 'Version', width: 90 }] : []),
      { field: 'url', title: 'Model' },
    ],
    noValue: 'No models yet',
    width,
    height,
  });

/** Known tasks of the knowledge base. */
export const tasksTable = (width = 24, height = 10) =>
  tablePanel({
    title: 'Knowledge base tasks',
    descriptions: ['sedna_knowledge_base_task_samples', 'sedna_knowledge_base_task_info'],
    expressions: [
      aggregate('max', ['cluster', 'task'], buildSelector('sedna_knowledge_base_task_samples')),
      aggregate('max', ['cluster', 'task'], buildSelector('sedna_knowledge_base_task_last_round_samples')),
      aggregate('min', ['cluster', 'task'], age(buildSelector('sedna_knowledge_base_task_update_timestamp_seconds'))),
      aggregate('group', ['cluster', 'task', 'attributes'], buildSelector('sedna_knowledge_base_task_info')),
    ],
    columns: [
      { field: 'task', title: 'Task' },
      { field: 'attributes', title: 'Attributes', width: 160 },
      { field: 'Value #A', title: 'Samples', width: 90 },
      { field: 'Value #B', title: 'Last round', width: 100 },
      { field: 'Value #C', title: 'Last update', width: 100, unit: 's', decimals: 0 },
    ],
    sortBy: 'Samples',
    width,
    height,
  });

/** Task groups with their model files. */
export const groupsTable = (width = 24, height = 10) =>
  tablePanel({
    title: 'Task groups and model files',
    descriptions: ['sedna_knowledge_base_task_group_model_info', 'sedna_knowledge_base_task_relation'],
    expressions: [taskGroups()],
    columns: [
      { field: 'group', title: 'Group', width: 120 },
      { field: 'task', title: 'Task', width: 120 },
      { field: 'Value', title: 'Weight', width: 80 },
      { field: 'url', title: 'Model file' },
    ],
    sortBy: 'Group',
    ascending: true,
    width,
    height,
  });
