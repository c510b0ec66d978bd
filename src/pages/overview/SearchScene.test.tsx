import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CONNECTION_REFUSED, fakePrometheus, createSample, mockGrafana } from '../../test/mockGrafana';
import { renderScene } from '../../test/render';
import { SearchScene } from './SearchScene';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

function openSearch(text = '') {
  const prometheus = fakePrometheus();
  prometheus.answers = {
    found: [
      createSample({ kind: 'Dataset', namespace: 'robots', name: 'dog-steps' }),
      createSample({ namespace: 'robots', pod: 'dog-train-x1', node: 'edge-1' }),
    ],
  };
  mockGrafana({ dataSources: [prometheus] });
  const search = new SearchScene({ text: '' });
  search.updateFromUrl({ q: text });
  renderScene(search);
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  const field = screen.getByRole('textbox', { name: 'Find a resource or pod by name' });
  return { prometheus, search, user, field };
}

it('asks nothing while it is empty, nor for blanks', async () => {
  const { prometheus, user, field } = openSearch();
  await user.type(field, '   ');
  await wait(1000);
  expect(prometheus.requests).toEqual([]);
  expect(screen.queryByTestId('search-results')).not.toBeInTheDocument();
});

it('asks once the typing pauses, not at every letter', async () => {
  const { prometheus, user, field } = openSearch();
  await user.type(field, 'dog');
  expect(prometheus.requests).toEqual([]);
  await wait(1000);
  expect(prometheus.requests).toEqual([
    {
      found: '{__name__=~"sedna_[a-z]+_info", kind=~".+", name=~"(?i).*dog.*"} or kube_pod_info{pod=~"(?i).*dog.*"}',
    },
  ]);
});

it('leads to resources, and from pods to their logs', async () => {
  const { user, field } = openSearch();
  await user.type(field, 'dog');
  await wait(1000);
  const results = within(screen.getByTestId('search-results'));
  const [object, pod] = results.getAllByRole('listitem');
  expect(object).toHaveTextContent('dog-steps Dataset · robots');
  expect(within(object).getByRole('link')).toHaveAttribute(
    'href',
    '/a/kubeedge-sedna-app/resources/Dataset/robots/dog-steps'
  );
  expect(pod).toHaveTextContent('dog-train-x1 Pod · robots · edge-1');
  expect(within(pod).getByRole('link')).toHaveAttribute(
    'href',
    '/a/kubeedge-sedna-app/logs?namespace=robots&pod=dog-train-x1'
  );
});

it('searches at once for what the URL has, and writes what is typed into it', async () => {
  const { prometheus, search, user, field } = openSearch('dog');
  await wait(0);
  expect(screen.getByRole('link', { name: 'dog-steps' })).toBeInTheDocument();
  await user.type(field, '-x');
  expect(search.getUrlState()).toEqual({ q: 'dog-x' });
  act(() => search.updateFromUrl({ q: ['a', 'b'] }));
  expect(search.getUrlState()).toEqual({ q: null });
  await wait(1000);
  expect(prometheus.requests).toHaveLength(1);
});

it('shows what two scrapes tell of once, and one name of two kinds twice', async () => {
  const { prometheus, user, field } = openSearch();
  const dog = { namespace: 'robots', name: 'dog', kind: 'Model' };
  const pod = { namespace: 'robots', pod: 'dog-1' };
  prometheus.answers = {
    found: [
      createSample({ ...dog, instance: 'a' }),
      createSample({ ...dog, instance: 'b' }),
      createSample({ ...dog, kind: 'Dataset' }),
      createSample({ ...pod, instance: 'a' }),
      createSample({ ...pod, instance: 'b' }),
    ],
  };
  await user.type(field, 'dog');
  await wait(1000);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'dog Model · robots',
    'dog Dataset · robots',
    'dog-1 Pod · robots',
  ]);
});

it('says that nothing is found', async () => {
  const { prometheus, user, field } = openSearch();
  prometheus.answers = {};
  await user.type(field, 'nobody');
  await wait(1000);
  expect(screen.getByText('No resource or pod has this in its name.')).toBeInTheDocument();
});

it('shows the first twenty and how many more there are', async () => {
  const { prometheus, user, field } = openSearch();
  prometheus.answers = {
    found: Array.from({ length: 25 }, (_, n) => createSample({ kind: 'Model', namespace: 'a', name: `model-${n}` })),
  };
  await user.type(field, 'model');
  await wait(1000);
  expect(screen.getAllByRole('listitem')).toHaveLength(20);
  expect(screen.getByText('5 more: type on to narrow')).toBeInTheDocument();
});

it('says why it could not search, and finds with the next try', async () => {
  const { prometheus, user, field } = openSearch();
  prometheus.failure = CONNECTION_REFUSED;
  await user.type(field, 'do');
  await wait(1000);
  expect(screen.getByTestId('query-error')).toHaveTextContent('Prometheus & co does not answer');
  expect(screen.queryByText('No resource or pod has this in its name.')).not.toBeInTheDocument();
  prometheus.failure = undefined;
  await user.type(field, 'g');
  await wait(1000);
  expect(screen.queryByTestId('query-error')).not.toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'dog-steps' })).toBeInTheDocument();
});

it('closes with Escape', async () => {
  const { user, field } = openSearch('dog');
  await wait(0);
  await user.type(field, '{Escape}');
  await wait(1000);
  await waitFor(() => expect(screen.queryByTestId('search-results')).not.toBeInTheDocument());
  expect(field).toHaveValue('');
});
