/** Graphs of task groups, as frames for Grafana's node graph. */
import { FieldType, type DataFrame } from '@grafana/data';
import { buildKnowledgeBaseUrl, type LinkRange } from '../../../platform/links/links';
import { formatScore } from '../format';
import type { TaskGroup } from './groups';
import { t } from '../../../platform/i18n';

/** More nodes are unreadable: groups lie in a grid, tasks in a circle around their group. */
export const MAX_GRAPH_NODES = { groups: 60, tasks: 20 };

interface Node {
  id: string;
  title: string;
  subtitle: string;
  /** Number of tasks of a group; empty: a task. */
  count: string;
  url: string;
}

interface Edge {
  source: string;
  target: string;
  weight: string;
}

export interface TaskGraph {
  nodes: Node[];
  edges: Edge[];
}

/** What the links of the nodes keep. */
interface LinkState {
  /** Search for tasks. */
  text: string;
  timeRange: LinkRange;
}

const getGroupId = ({ key }: TaskGroup) => `group ${key}`;
const getTaskId = ({ cluster }: TaskGroup, task: string) => `task ${JSON.stringify([cluster, task])}`;

const createGroupNode = (group: TaskGroup, { text, timeRange }: LinkState): Node => ({
  id: getGroupId(group),
  title: group.group,
  subtitle: t('knowledge-base.column.group', 'Group'),
  count: String(group.tasks.length),
  url: buildKnowledgeBaseUrl({ tab: 'relations', text: text || undefined, group: group.group, span: timeRange }),
});

/** Builds a graph of groups without their tasks. */
export const buildGroupsGraph = (groups: readonly TaskGroup[], linkState: LinkState): TaskGraph => ({
  nodes: groups.map((group) => createGroupNode(group, linkState)),
  edges: [],
});

/** Builds a graph of the groups with a name, their tasks, and the other groups of these tasks. */
export function buildTasksGraph(all: readonly TaskGroup[], name: string, linkState: LinkState): TaskGraph {
  const selected = all.filter(({ group }) => group === name);
  const taskNames = new Map(selected.flatMap((group) => group.tasks.map(({ task }) => [getTaskId(group, task), task])));
  const isShown = (group: TaskGroup, task: string) => taskNames.has(getTaskId(group, task));
  const related = all.filter(
    (group) => selected.includes(group) || group.tasks.some(({ task }) => isShown(group, task))
  );
  return {
    nodes: [
      ...related.map((group) => createGroupNode(group, linkState)),
      ...[...taskNames].map(([id, task]) => ({
        id,
        title: task,
        subtitle: t('knowledge-base.column.task', 'Task'),
        count: '',
        url: buildKnowledgeBaseUrl({ text: task, span: linkState.timeRange }),
      })),
    ],
    edges: related.flatMap((group) =>
      group.tasks
        .filter(({ task }) => isShown(group, task))
        .map(({ task, weight }) => ({
          source: getGroupId(group),
          target: getTaskId(group, task),
          weight: formatScore(weight),
        }))
    ),
  };
}

const createField = (name: string, values: string[], config = {}) => ({
  name,
  type: FieldType.string,
  config,
  values,
});

const createFrame = (name: string, fields: Array<ReturnType<typeof createField>>): DataFrame => ({
  name,
  refId: name,
  length: fields[0].values.length,
  meta: { preferredVisualisationType: 'nodeGraph' },
  fields,
});

/** Returns the frames `nodes` and `edges` of Grafana's node graph, in which each node is a link. */
export function toGraphFrames({ nodes, edges }: TaskGraph): DataFrame[] {
  // Grafana replaces both with the fields of the node that the user clicks.
  const [title, url] = ['${__data.fields.title}', '${__data.fields.detail__url:raw}'];
  const getNodeValues = (field: keyof Node) => nodes.map((node) => node[field]);
  return [
    createFrame('nodes', [
      createField('id', getNodeValues('id'), { links: [{ title, url }] }),
      createField('title', getNodeValues('title')),
      createField('subtitle', getNodeValues('subtitle')),
      createField('mainstat', getNodeValues('count'), { displayName: t('knowledge-base.column.tasks', 'Tasks') }),
      createField('detail__url', getNodeValues('url'), { displayName: 'URL' }),
    ]),
    createFrame('edges', [
      createField(
        'id',
        edges.map(({ source, target }) => `${source} ${target}`)
      ),
      createField(
        'source',
        edges.map(({ source }) => source)
      ),
      createField(
        'target',
        edges.map(({ target }) => target)
      ),
      createField(
        'mainstat',
        edges.map(({ weight }) => weight)
      ),
    ]),
  ];
}
