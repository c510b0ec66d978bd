import { panelData, tableFrame } from '../../../test/mockGrafana';
import { createRow, createTask } from '../testUtils';
import { toTaskGroups } from './groups';
import { buildGroupsGraph, buildTasksGraph, toGraphFrames } from './taskGraph';

const LINK_STATE = { text: '', timeRange: { from: 'now-6h', to: 'now' } };
const createGroups = (samples: Parameters<typeof tableFrame>[1]) =>
  toTaskGroups(panelData({ series: [tableFrame('relations', samples)] }));

const GROUPS = createGroups([
  ...createTask('a', { group: 'pets' }),
  ...createTask('b', { group: 'pets' }),
  ...createTask('c'),
]);

describe('buildGroupsGraph', () => {
  it('draws groups without their tasks, each with a link that selects it', () => {
    const { nodes, edges } = buildGroupsGraph(GROUPS, LINK_STATE);
    expect(nodes.map(({ title, count }) => [title, count])).toEqual([
      ['pets', '2'],
      ['g-c', '1'],
    ]);
    expect(nodes[0].url).toBe('/a/kubeedge-sedna-app/knowledge-base?tab=relations&group=pets&from=now-6h&to=now');
    expect(edges).toEqual([]);
  });
});

describe('buildTasksGraph', () => {
  it('draws a group with its tasks, their weights, and the other groups of these tasks', () => {
    const groups = [...GROUPS, ...createGroups([createRow('relation', { group: 'cats', task: 'b' }, 0.25)])];
    const { nodes, edges } = buildTasksGraph(groups, 'pets', LINK_STATE);
    expect(nodes.map(({ title }) => title)).toEqual(['pets', 'cats', 'a', 'b']);
    const titles = new Map(nodes.map(({ id, title }) => [id, title]));
    expect(edges.map(({ source, target, weight }) => [titles.get(source), titles.get(target), weight])).toEqual([
      ['pets', 'a', '0.500'],
      ['pets', 'b', '0.500'],
      ['cats', 'b', '0.250'],
    ]);
  });
});

describe('toGraphFrames', () => {
  it('keeps any name as text and in the link', () => {
    const name = 'a&b="<img>"/../ #?';
    const [nodes] = toGraphFrames(buildGroupsGraph(createGroups(createTask('t', { group: name })), LINK_STATE));
    const getValue = (field: string) => nodes.fields.find((each) => each.name === field)?.values[0] as string;
    expect(getValue('title')).toBe(name);
    expect(new URL(getValue('detail__url'), 'http://grafana').searchParams.get('group')).toBe(name);
  });
});
