/** Panels that several dashboards show alike. */
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
import { logsPanel, refId, seriesPanel, tablePanel, timelinePanel, volumePanel, type Column } from './panels';
import { APP_LINKS, JOB_BOARD } from './shared';
import { numbered } from './states';

export const DEPLOY_STATES = ['Waiting', 'Ok', 'NotOk'];

export const deployNumber = (matchers: readonly Matcher[]) =>
  stateNumber('sedna:job_deploy_status', 'status', DEPLOY_STATES, matchers, ON_OBJECT);

/** Status of the newest deployment of jobs, over time. */
export const deployTimeline = (matchers: readonly Matcher[]) =>
  timelinePanel({
    title: 'Status of deployments',
    about: ['sedna:job_deploy_status'],
    asks: [[deployNumber(matchers)]],
    states: numbered(DEPLOY_STATES),
    height: 10,
    many: true,
    empty: 'No job has been deployed yet',
  });

/** @param after number of the state before the first one */
export const stageNumber = (kind: KindName, matchers: readonly Matcher[], after = 0) =>
  stateNumber(`${getFamilyPrefix(kind)}_condition`, 'stage', STAGES, matchers, ON_OBJECT, after);

export const conditionStates = (kind: KindName) => numbered(findKind(kind)?.conditionTypes ?? []);

/** Newest condition of the chosen objects, over time. */
export const conditionTimeline = (kind: KindName, title: string, height = 8, many = false) =>
  timelinePanel({
    title,
    about: [`${getFamilyPrefix(kind)}_condition`],
    asks: [[conditionNumber(kind, chosen(kind))]],
    states: conditionStates(kind),
    height,
    many,
  });

/** Phase of the chosen objects, over time. */
export const phaseTimeline = (kind: KindName, height = 8) => {
  const phases = findKind(kind)?.phases ?? [];
  return timelinePanel({
    title: 'Phase of each job',
    about: [`${getFamilyPrefix(kind)}_phase`],
    asks: [[stateNumber(`${getFamilyPrefix(kind)}_phase`, 'phase', phases, matchVariable(kind), ON_OBJECT)]],
    states: numbered(phases),
    height,
  });
};

const namesOf = (kind: KindName): Column[] => [
  { of: 'namespace', title: 'Namespace', width: 110 },
  {
    of: 'name',
    title: 'Name',
    link: APP_LINKS.object(kind),
    board: kind === 'LifelongLearningJob' ? JOB_BOARD : undefined,
  },
];

interface ObjectsOptions {
  title: string;
  /** One number an object each. */
  numbers: ReadonlyArray<{ expression: string; column: Omit<Column, 'of'> }>;
  /** Whether it is told why a worker waits. */
  reason?: boolean;
  height?: number;
}

/** Newest condition of the chosen objects now. */
export function objectsTable(kind: KindName, { title, numbers, reason = false, height }: ObjectsOptions) {
  const staged = findKind(kind)?.staged;
  return tablePanel({
    title,
    about: [
      `${getFamilyPrefix(kind)}_condition`,
      ...(reason ? ['The reason is why a container of a worker waits, where one does.'] : []),
    ],
    expressions: [
      conditionAges(kind, chosen(kind)),
      ...numbers.map(({ expression }) => expression),
      ...(reason ? [waitingObjects(chosen(kind))] : []),
    ],
    columns: [
      ...namesOf(kind),
      ...(staged ? [{ of: 'stage', title: 'Stage', width: 90, colored: true as const }] : []),
      { of: 'condition', title: 'Condition', width: 110, colored: true },
      { of: 'Value #A', title: 'Since', width: 110, unit: 's', decimals: 0 },
      ...numbers.map(({ column }, index) => ({ of: `Value #${refId(index + 1)}`, ...column })),
      ...(reason ? [{ of: 'reason', title: 'Reason', width: 170 }] : []),
    ],
    sortBy: 'Since',
    height,
  });
}

/** Workers of the chosen objects that have not ended. */
export const workersTable = (matchers: readonly Matcher[], types: readonly string[] = ['.+'], height = 6) =>
  tablePanel({
    title: 'Workers',
    about: [
      'sedna:worker_info',
      'Only workers that have not ended: a job between two rounds has none but that of inference. The last line is that of the time range.',
    ],
    expressions: [liveWorkers(matchers), secondsSinceLastSample(matchers, types)],
    columns: [
      { of: 'namespace', title: 'Namespace', width: 110 },
      { of: 'name', title: 'Job or service', link: APP_LINKS.anyObject },
      { of: 'pod', title: 'Pod', width: 290, link: APP_LINKS.pod },
      { of: 'worker_type', title: 'Type', width: 95 },
      { of: 'node', title: 'Node', width: 110 },
      { of: 'location', title: 'Location', width: 80 },
      { of: 'status', title: 'Status', width: 75, colored: true },
      { of: 'Value #A', title: 'Age', width: 80, unit: 's', decimals: 0 },
      { of: 'Value #B', title: 'Last line', width: 85, unit: 's', decimals: 0 },
      { of: 'kind', title: 'Kind', width: 175 },
    ],
    sortBy: 'Age',
    ascending: true,
    height,
    empty: 'No worker waits or runs now',
  });

/** Workers that run, over time. */
export const activeWorkers = (matchers: readonly Matcher[]) =>
  seriesPanel({
    title: 'Workers that run',
    about: ['sedna:workers:active'],
    asks: [[aggregate('max', ON_OBJECT, buildSelector('sedna:workers:active', matchers))]],
    stacked: 'areas',
  });

/** How many lines the workers of the chosen objects wrote, by level; of one type where that is given. */
export const workerVolume = (variable = 'job', type?: string) =>
  volumePanel({
    title: 'Lines of workers by level',
    about: ['Worker pods are told by their names. Levels are read out of the lines, whatever their format.'],
    expression: logVolume({ matchers: [NAMESPACE, workerPodsOfJob(variable, type)] }),
    empty: 'The workers wrote nothing in this time',
  });

/** Lines of errors that the workers of the chosen objects wrote. */
export const workerErrors = (variable = 'job', type?: string) =>
  logsPanel({
    title: 'Errors of workers',
    about: ['Lines of level error and tracebacks, newest first, 200 at most.'],
    expression: logLines({ matchers: [NAMESPACE, workerPodsOfJob(variable, type)], levels: ['error'] }),
    empty: 'No errors in this time',
  });

/** Models that are current in some roles of the chosen jobs. */
export const modelsTable = (matchers: readonly Matcher[], title: string, width = 24, height = 8) =>
  tablePanel({
    title,
    about: ['sedna_job_model_info'],
    expressions: [
      aggregate(
        'max',
        ['cluster', 'namespace', 'name', 'kind', 'role', 'url'],
        filterActiveState(buildSelector('sedna_job_model_info', matchers))
      ),
    ],
    columns: [
      { of: 'namespace', title: 'Namespace', width: 110 },
      { of: 'name', title: 'Job', link: APP_LINKS.anyObject },
      { of: 'role', title: 'Role', width: 100 },
      { of: 'url', title: 'Model' },
    ],
    empty: 'No model yet',
    width,
    height,
  });

/** Tasks that the knowledge base knows. */
export const tasksTable = (width = 24, height = 10) =>
  tablePanel({
    title: 'Tasks of the knowledge base',
    about: ['sedna_knowledge_base_task_samples', 'sedna_knowledge_base_task_info'],
    expressions: [
      aggregate('max', ['cluster', 'task'], buildSelector('sedna_knowledge_base_task_samples')),
      aggregate('max', ['cluster', 'task'], buildSelector('sedna_knowledge_base_task_last_round_samples')),
      aggregate('min', ['cluster', 'task'], age(buildSelector('sedna_knowledge_base_task_update_timestamp_seconds'))),
      aggregate('group', ['cluster', 'task', 'attributes'], buildSelector('sedna_knowledge_base_task_info')),
    ],
    columns: [
      { of: 'task', title: 'Task' },
      { of: 'attributes', title: 'Attributes', width: 160 },
      { of: 'Value #A', title: 'Samples', width: 90 },
      { of: 'Value #B', title: 'Last round', width: 100 },
      { of: 'Value #C', title: 'Updated', width: 100, unit: 's', decimals: 0 },
    ],
    sortBy: 'Samples',
    width,
    height,
  });

/** Groups of tasks with their model files. */
export const groupsTable = (width = 24, height = 10) =>
  tablePanel({
    title: 'Groups and their model files',
    about: ['sedna_knowledge_base_task_group_model_info', 'sedna_knowledge_base_task_relation'],
    expressions: [taskGroups()],
    columns: [
      { of: 'group', title: 'Group', width: 120 },
      { of: 'task', title: 'Task', width: 120 },
      { of: 'Value', title: 'Weight', width: 80 },
      { of: 'url', title: 'Model file' },
    ],
    sortBy: 'Group',
    ascending: true,
    width,
    height,
  });
