/** Groups of tasks, and the picture of them. */
import { FieldType, type DataFrame, type PanelData } from '@grafana/data';
import { t } from '@grafana/i18n';
import { buildKnowledgeBaseUrl, type LinkRange } from '../../platform/links/links';
import type { Row } from '../../data/rows';
import { clusterOf } from './bases';
import { grouped, partsOf } from './taskRows';
import { weightText } from './words';

export interface GroupTask {
  task: string;
  weight: number;
}

export interface Group {
  key: string;
  cluster: string;
  group: string;
  tasks: readonly GroupTask[];
  /** Address of its model; empty where none is recorded. */
  url: string;
}

/** Nodes that can still be read in a picture: of groups in a grid, of tasks around their group. */
export const READABLE = { groups: 60, tasks: 20 };

const keyOf = (row: Row) => JSON.stringify([clusterOf(row), row.labels.group]);

/** Every group, the one with the most tasks first. */
export function groupsOf(data: PanelData | undefined): Group[] {
  const part = partsOf(data, 'relations');
  const relations = grouped(part('relation'), keyOf);
  const models = new Map(part('model').map((row) => [keyOf(row), row]));
  return [...new Set([...relations.keys(), ...models.keys()])]
    .map((key): Group => {
      const rows = relations.get(key) ?? [];
      const first = rows[0] ?? models.get(key)!;
      return {
        key,
        cluster: clusterOf(first),
        group: first.labels.group,
        tasks: rows
          .map(({ labels: { task }, value }) => ({ task, weight: value }))
          .sort((a, b) => a.task.localeCompare(b.task, undefined, { numeric: true })),
        url: models.get(key)?.labels.url ?? '',
      };
    })
    .sort((a, b) => b.tasks.length - a.tasks.length || a.group.localeCompare(b.group, undefined, { numeric: true }));
}

/** Whether a group's name, or that of one of its tasks, holds what is typed. */
export function groupMatches({ group, tasks }: Group, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return [group, ...tasks.map(({ task }) => task)].some((each) => each.toLowerCase().includes(wanted));
}

interface Node {
  id: string;
  title: string;
  subtitle: string;
  /** Of tasks in a group, in the middle of its circle. */
  count: string;
  url: string;
}

interface Edge {
  source: string;
  target: string;
  weight: string;
}

export interface Picture {
  nodes: Node[];
  edges: Edge[];
}

interface Look {
  /** What is typed, and the time range, for links to carry on. */
  text: string;
  span: LinkRange;
}

const groupId = ({ key }: Group) => `group ${key}`;
const taskId = ({ cluster }: Group, task: string) => `task ${JSON.stringify([cluster, task])}`;

const groupNode = (group: Group, { text, span }: Look): Node => ({
  id: groupId(group),
  title: group.group,
  subtitle: t('knowledge-base.column.group', 'Group'),
  count: String(group.tasks.length),
  url: buildKnowledgeBaseUrl({ tab: 'relations', text: text || undefined, group: group.group, span }),
});

/** Groups alone, their tasks folded in. */
export const groupsPicture = (groups: readonly Group[], look: Look): Picture => ({
  nodes: groups.map((group) => groupNode(group, look)),
  edges: [],
});

/** The groups of one name with their tasks, and the other groups that these are in. */
export function tasksPicture(all: readonly Group[], chosen: string, look: Look): Picture {
  const own = all.filter(({ group }) => group === chosen);
  const names = new Map(own.flatMap((group) => group.tasks.map(({ task }) => [taskId(group, task), task])));
  const isShown = (group: Group, task: string) => names.has(taskId(group, task));
  const related = all.filter((group) => own.includes(group) || group.tasks.some(({ task }) => isShown(group, task)));
  return {
    nodes: [
      ...related.map((group) => groupNode(group, look)),
      ...[...names].map(([id, task]) => ({
        id,
        title: task,
        subtitle: t('knowledge-base.column.task', 'Task'),
        count: '',
        url: buildKnowledgeBaseUrl({ text: task, span: look.span }),
      })),
    ],
    edges: related.flatMap((group) =>
      group.tasks
        .filter(({ task }) => isShown(group, task))
        .map(({ task, weight }) => ({
          source: groupId(group),
          target: taskId(group, task),
          weight: weightText(weight),
        }))
    ),
  };
}

const text = (name: string, values: string[], config = {}) => ({ name, type: FieldType.string, config, values });

const frame = (name: string, fields: Array<ReturnType<typeof text>>): DataFrame => ({
  name,
  refId: name,
  length: fields[0].values.length,
  meta: { preferredVisualisationType: 'nodeGraph' },
  fields,
});

/** The two frames that Grafana's node graph reads; every node is a link. */
export function pictureFrames({ nodes, edges }: Picture): DataFrame[] {
  // Grafana reads both from the fields of the node that is clicked.
  const [title, url] = ['${__data.fields.title}', '${__data.fields.detail__url:raw}'];
  const pick = (of: keyof Node) => nodes.map((node) => node[of]);
  return [
    frame('nodes', [
      text('id', pick('id'), { links: [{ title, url }] }),
      text('title', pick('title')),
      text('subtitle', pick('subtitle')),
      text('mainstat', pick('count')),
      text('detail__url', pick('url'), { displayName: 'URL' }),
    ]),
    frame('edges', [
      text(
        'id',
        edges.map(({ source, target }) => `${source} ${target}`)
      ),
      text(
        'source',
        edges.map(({ source }) => source)
      ),
      text(
        'target',
        edges.map(({ target }) => target)
      ),
      text(
        'mainstat',
        edges.map(({ weight }) => weight)
      ),
    ]),
  ];
}
