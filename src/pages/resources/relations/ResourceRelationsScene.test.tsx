import { screen, waitFor, within } from '@testing-library/react';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
} from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import type { ObjectRef } from '../../../sedna/objectRef';
import { buildRelationGraph, toGraphFrames } from './relationGraph';
import { ResourceRelationsScene } from './ResourceRelationsScene';
import { TEST_IDS } from '../../../ui/testIds';

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
  return { prometheus, ...renderPage(new ResourceRelationsScene({ ref: dog })) };
}

describe('ResourceRelationsScene', () => {
  it('lists the dataset, models, pods, and nodes and links to those with a page', async () => {
    open();
    const list = within(await screen.findByTestId(TEST_IDS.resource.relations));
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

  it('draws each entity once with the edges between them', () => {
    const [nodes, edges] = toGraphFrames(buildRelationGraph(dog, ROWS));
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

  it('shows the jobs that use a dataset, whatever their name', () => {
    const ref: ObjectRef = { kind: 'Dataset', namespace: 'robots', name: 'steps' };
    const { entities } = buildRelationGraph(ref, [of('user', { kind: 'LifelongLearningJob', name: 'a/b?"' })]);
    expect(entities[1]).toMatchObject({ type: 'LifelongLearningJob', name: 'a/b?"' });
    expect(decodeURIComponent(entities[1].href?.split('/')[6] ?? '')).toBe('a/b?"');
  });

  it('sends one query and cancels it when the user leaves the tab', async () => {
    const prometheus = fakePrometheus();
    prometheus.failure = 'no answer yet';
    const { unmount } = open(ROWS, prometheus);
    await waitFor(() => expect(prometheus.requests).toHaveLength(1));
    expect(Object.keys(prometheus.requests[0])).toEqual(['relations']);
    unmount();
    expect(prometheus.cancelled).toBe(1);
  });

  it('says that there are no related resources', async () => {
    open([]);
    expect(await screen.findByText('No related resources')).toBeInTheDocument();
  });

  it.each([
    ['is unreachable', CONNECTION_REFUSED, "Can't reach"],
    ['refuses the query', PERMISSION_DENIED, "You don't have permission to query"],
  ])('shows an error instead of an empty state when Prometheus %s', async (_, failure, words) => {
    const prometheus = fakePrometheus();
    prometheus.failure = failure;
    open(ROWS, prometheus);
    expect(await screen.findByTestId(TEST_IDS.queryError)).toHaveTextContent(words);
    expect(screen.queryByText('No related resources')).not.toBeInTheDocument();
  });
});
