import { screen, waitFor, within } from '@testing-library/react';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
} from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import type { ObjectRef } from '../../../query/resources';
import { graphFrames, relationGraph } from './graph';
import { RelationsScene } from './RelationsScene';

const APP = '/a/kubeedge-sedna-app';
const dog: ObjectRef = { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' };
const of = (part: string, labels: Record<string, string>) => createSample({ namespace: 'robots', part, ...labels });

const ROWS = [
  of('info', { kind: dog.kind, name: 'dog', dataset: 'steps', output_dir: '/out' }),
  of('dataset', { kind: 'Dataset', name: 'steps', node: 'edge-1' }),
  of('model', { role: 'deployed', url: '/out/deploy/index.pkl' }),
  of('pod', { pod: 'dog-train-a', worker_type: 'train', node: 'edge-1', location: 'edge' }),
];

function open(rows = ROWS, prometheus = fakePrometheus()) {
  prometheus.answers.relations = rows;
  mockGrafana({ dataSources: [prometheus] });
  return { prometheus, ...renderPage(new RelationsScene({ ref: dog })) };
}

it('lists dataset, models, pods and nodes, and leads to those that have a page', async () => {
  open();
  const list = within(await screen.findByTestId('relation-list'));
  expect(list.getByRole('link', { name: 'steps' })).toHaveAttribute(
    'href',
    `${APP}/resources/Dataset/robots/steps?from=now-1h&to=now`
  );
  expect(list.getByRole('link', { name: 'dog-train-a' })).toHaveAttribute(
    'href',
    `${APP}/logs?namespace=robots&pod=dog-train-a&from=now-1h&to=now`
  );
  expect(list.getByText('/out/deploy/index.pkl').closest('li')).toHaveTextContent('deployed');
  expect(list.getByText('edge-1').closest('li')).toHaveTextContent('edge-1');
});

it('draws the same: each thing once, with the ways between them', () => {
  const [nodes, edges] = graphFrames(relationGraph(dog, ROWS));
  const values = (frame: typeof nodes, name: string) => frame.fields.find((field) => field.name === name)?.values;
  expect(values(nodes, 'title')).toEqual(['dog', 'steps', 'edge-1', '/out/deploy/index.pkl', 'dog-train-a']);
  const ends = (values(edges, 'source') ?? []).map((from, index) => [from, values(edges, 'target')?.[index]]);
  expect(ends).toEqual([
    ['Dataset/steps', 'LifelongLearningJob/dog'],
    ['node/edge-1', 'Dataset/steps'],
    ['LifelongLearningJob/dog', 'model//out/deploy/index.pkl'],
    ['LifelongLearningJob/dog', 'pod/dog-train-a'],
    ['pod/dog-train-a', 'node/edge-1'],
  ]);
});

it('of a dataset names the jobs that use it, whatever they are called', () => {
  const ref: ObjectRef = { kind: 'Dataset', namespace: 'robots', name: 'steps' };
  const { entities } = relationGraph(ref, [of('user', { kind: 'LifelongLearningJob', name: 'a/b?"' })]);
  expect(entities[1]).toMatchObject({ type: 'LifelongLearningJob', name: 'a/b?"' });
  expect(decodeURIComponent(entities[1].href?.split('/')[6] ?? '')).toBe('a/b?"');
});

it('sends one query and drops it when it is left', async () => {
  const prometheus = fakePrometheus();
  prometheus.failure = 'no answer yet';
  const { unmount } = open(ROWS, prometheus);
  await waitFor(() => expect(prometheus.requests).toHaveLength(1));
  expect(Object.keys(prometheus.requests[0])).toEqual(['relations']);
  unmount();
  expect(prometheus.cancelled).toBe(1);
});

it('says where there is nothing', async () => {
  open([]);
  expect(await screen.findByText('Nothing is known that it has to do with.')).toBeInTheDocument();
});

it.each([
  ['is away', CONNECTION_REFUSED, 'does not answer'],
  ['may not be asked', PERMISSION_DENIED, 'You may not query'],
])('of a Prometheus that %s does not say that there is nothing', async (_, failure, words) => {
  const prometheus = fakePrometheus();
  prometheus.failure = failure;
  open(ROWS, prometheus);
  expect(await screen.findByTestId('query-error')).toHaveTextContent(words);
  expect(screen.queryByText('Nothing is known that it has to do with.')).not.toBeInTheDocument();
});
