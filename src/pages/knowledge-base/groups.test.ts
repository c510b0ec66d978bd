import { panelData, tableFrame } from '../../test/mockGrafana';
import { groupsOf, groupsPicture, pictureFrames, tasksPicture } from './groups';
import { fileName } from './taskRows';
import { part, task } from './testSupport';

const look = { text: '', span: { from: 'now-6h', to: 'now' } };
const groups = (samples: Parameters<typeof tableFrame>[1]) =>
  groupsOf(panelData({ series: [tableFrame('relations', samples)] }));

const ALL = groups([...task('a', { group: 'pets' }), ...task('b', { group: 'pets' }), ...task('c')]);

it('keeps groups of the same name in two clusters apart', () =>
  expect(
    groups([
      part('relation', { cluster: 'east', group: 'g', task: 'a' }),
      part('relation', { cluster: 'west', group: 'g', task: 'a' }),
    ]).map(({ cluster, tasks }) => [cluster, tasks.length])
  ).toEqual([
    ['east', 1],
    ['west', 1],
  ]));

it('draws groups with their tasks folded in, each a link that unfolds it', () => {
  const { nodes, edges } = groupsPicture(ALL, look);
  expect(nodes.map(({ title, count }) => [title, count])).toEqual([
    ['pets', '2'],
    ['g-c', '1'],
  ]);
  expect(nodes[0].url).toBe('/a/kubeedge-sedna-app/knowledge-base?tab=relations&group=pets&from=now-6h&to=now');
  expect(edges).toEqual([]);
});

it('draws a group with its tasks, their weights, and other groups that they are in', () => {
  const all = [...ALL, ...groups([part('relation', { group: 'cats', task: 'b' }, 0.25)])];
  const { nodes, edges } = tasksPicture(all, 'pets', look);
  expect(nodes.map(({ title }) => title)).toEqual(['pets', 'cats', 'a', 'b']);
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  expect(edges.map(({ source, target, weight }) => [titles.get(source), titles.get(target), weight])).toEqual([
    ['pets', 'a', '0.500'],
    ['pets', 'b', '0.500'],
    ['cats', 'b', '0.250'],
  ]);
});

it('draws any name, as text and within its link', () => {
  const name = 'a&b="<img>"/../ #?';
  const [nodes] = pictureFrames(groupsPicture(groups(task('t', { group: name })), look));
  const value = (field: string) => nodes.fields.find((each) => each.name === field)?.values[0] as string;
  expect(value('title')).toBe(name);
  expect(new URL(value('detail__url'), 'http://grafana').searchParams.get('group')).toBe(name);
});

it.each([
  ['http://kb.sedna:9020/knowledgebase/file/download?files=Autumn_1.0.model&name=x', 'Autumn_1.0.model'],
  ['http://kb/download?name=x&files=a%20b.model', 'a b.model'],
  ['http://kb/download?files=%E0%A4%A', '%E0%A4%A'],
  ['s3://bucket/kb/Autumn.model', 'Autumn.model'],
])('names the file of %s', (url, name) => expect(fileName(url)).toBe(name));
