import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  sample,
  startGrafana,
  type Failure,
} from '../../test/grafana';
import { renderPage } from '../../test/render';
import { ListScene } from './ListScene';

const START = { kind: 'LifelongLearningJob', namespace: '', text: '' } as const;

function openList(prometheus = fakePrometheus(), state: Partial<ListScene['state']> = {}) {
  startGrafana({ dataSources: [prometheus] });
  const list = new ListScene({ ...START, ...state });
  renderPage(list);
  return { prometheus, list };
}

function withJobs() {
  const prometheus = fakePrometheus();
  const robot = { namespace: 'robots', name: 'Robot-dog' };
  const atcii = { namespace: 'default', name: 'atcii' };
  const twin = { namespace: 'robots', name: 'atcii' };
  prometheus.answers = {
    info: [sample({ ...robot, dataset: 'steps' }), sample(atcii), sample(twin)],
    condition: [
      sample({ ...robot, stage: 'Train', condition: 'Running' }),
      sample({ ...atcii, stage: 'Eval', condition: 'Failed' }),
    ],
    since: [sample(robot, Date.now() / 1000 - 7200), sample(atcii, Date.now() / 1000 - 120)],
  };
  return prometheus;
}

const names = async () => {
  const table = await screen.findByRole('table');
  return within(table)
    .getAllByRole('link')
    .map(({ textContent }) => textContent);
};
const rowOf = (name: RegExp) => screen.getByRole('row', { name });

it('lists jobs by namespace and name with status, age and dataset', async () => {
  openList(withJobs());
  expect(await names()).toEqual(['atcii', 'atcii', 'Robot-dog']);
  expect(rowOf(/default/)).toHaveTextContent('Eval · Failed');
  expect(rowOf(/default/)).toHaveTextContent('2 minutes ago');
  expect(rowOf(/Robot-dog/)).toHaveTextContent('Train · Running');
  expect(rowOf(/Robot-dog/)).toHaveTextContent('2 hours ago');
  expect(rowOf(/Robot-dog/)).toHaveTextContent('steps');
  expect(screen.getByRole('link', { name: 'Robot-dog' })).toHaveAttribute(
    'href',
    '/a/kubeedge-sedna-app/resources/LifelongLearningJob/robots/Robot-dog'
  );
});

it('keeps the status of one namespace out of the same name in another', async () => {
  openList(withJobs());
  await names();
  const twin = screen
    .getAllByRole('row')
    .find((row) => /robots/.test(row.textContent ?? '') && /atcii/.test(row.textContent ?? ''));
  expect(twin).toHaveTextContent('no condition yet');
  expect(twin).toHaveTextContent('not recorded');
});

it('narrows by a part of the name, whatever its case, without asking again', async () => {
  const { prometheus } = openList(withJobs());
  await names();
  await userEvent.type(screen.getByLabelText('Name'), 'DOG');
  expect(await names()).toEqual(['Robot-dog']);
  expect(prometheus.requests).toHaveLength(1);
});

it('narrows by namespace without asking again', async () => {
  const { prometheus } = openList(withJobs());
  await names();
  await userEvent.click(screen.getByLabelText('Namespace'));
  await userEvent.click(await screen.findByRole('option', { name: 'robots' }));
  expect(await names()).toEqual(['atcii', 'Robot-dog']);
  expect(prometheus.requests).toHaveLength(1);
});

it('asks for three things at most and sends no text of the user', async () => {
  const { prometheus } = openList(withJobs(), { namespace: 'robots', text: '"} or up' });
  await screen.findByText('No name matches');
  expect(prometheus.requests).toEqual([
    {
      info: 'sedna_lifelonglearningjob_info',
      condition: 'sedna_lifelonglearningjob_condition == 1',
      since: 'sedna_lifelonglearningjob_last_transition_timestamp_seconds',
    },
  ]);
});

it('says how many there are where no name matches', async () => {
  openList(withJobs(), { text: 'nobody' });
  expect(await screen.findByText('No name matches')).toBeInTheDocument();
  expect(screen.getByText(/There are 3 of this kind/)).toBeInTheDocument();
});

it('says that there is none, and why that may be', async () => {
  openList();
  expect(await screen.findByText('No LifelongLearningJob here')).toBeInTheDocument();
  expect(screen.getByText(/kube-state-metrics does not run with the custom resource/)).toBeInTheDocument();
});

it('says that a kind is not collected, and asks nothing', async () => {
  const { prometheus } = openList(fakePrometheus(), { kind: 'ReidJob' });
  expect(await screen.findByText('ReidJob is not collected yet')).toBeInTheDocument();
  expect(prometheus.requests).toEqual([]);
});

it('shows samples and address of datasets when that kind is chosen', async () => {
  const { prometheus } = openList(withJobs());
  await names();
  const steps = { namespace: 'robots', name: 'steps' };
  prometheus.answers = {
    info: [sample({ ...steps, url: '/data/steps.csv', format: 'csv' })],
    samples: [sample(steps, 12345)],
    since: [],
  };
  await userEvent.click(screen.getByLabelText('Kind'));
  await userEvent.click(await screen.findByRole('option', { name: 'Dataset' }));
  const row = await screen.findByRole('row', { name: /steps/ });
  expect(row).toHaveTextContent('12,345');
  expect(row).toHaveTextContent('/data/steps.csv');
  expect(row).toHaveTextContent('not recorded');
});

it.each<[string, Failure]>([
  ['are awaited', 'no answer yet'],
  ['cannot be had', CONNECTION_REFUSED],
])('shows no jobs in the place of datasets that %s', async (_, failure) => {
  const { prometheus } = openList(withJobs());
  await names();
  prometheus.failure = failure;
  await userEvent.click(screen.getByLabelText('Kind'));
  await userEvent.click(await screen.findByRole('option', { name: 'Dataset' }));
  expect(screen.queryByRole('link', { name: 'Robot-dog' })).not.toBeInTheDocument();
});

it('shows that it waits until there is an answer', async () => {
  const prometheus = fakePrometheus();
  prometheus.failure = 'no answer yet';
  openList(prometheus);
  expect(await screen.findByText('Loading...')).toBeInTheDocument();
  expect(screen.queryByText('No LifelongLearningJob here')).not.toBeInTheDocument();
});

it.each([
  ['a server that is away', CONNECTION_REFUSED, 'Prometheus & co does not answer', /connection refused/],
  [
    'a permission that Grafana refuses',
    PERMISSION_DENIED,
    'You may not query Prometheus & co',
    /additional permissions/,
  ],
  [
    'a query that the server cannot run',
    { each: { message: 'bad_data: parse error', status: 400 } },
    'Prometheus & co could not run the query',
    /parse error/,
  ],
  ['code that fails', { thrown: new Error('Failed to fetch') }, 'Prometheus & co does not answer', /Failed to fetch/],
])('names %s, and does not call it an empty list', async (_, failure, title, detail) => {
  const prometheus = fakePrometheus();
  prometheus.failure = failure;
  openList(prometheus);
  const notice = await screen.findByTestId('query-error');
  expect(notice).toHaveTextContent(title);
  expect(notice).toHaveTextContent(detail);
  expect(screen.queryByText('No LifelongLearningJob here')).not.toBeInTheDocument();
});

it('recovers with the next refresh', async () => {
  const prometheus = withJobs();
  prometheus.failure = CONNECTION_REFUSED;
  openList(prometheus);
  await screen.findByTestId('query-error');
  prometheus.failure = undefined;
  await userEvent.click(screen.getByTestId(/RefreshPicker run/));
  expect(await names()).toHaveLength(3);
  expect(screen.queryByTestId('query-error')).not.toBeInTheDocument();
});

it('takes kind, namespace and name from the URL, and the default for a kind that is none', async () => {
  const { list } = openList(withJobs());
  await names();
  act(() => list.updateFromUrl({ kind: 'Model', namespace: 'robots', q: 'dog' }));
  expect(list.getUrlState()).toEqual({ kind: 'Model', namespace: 'robots', q: 'dog' });
  act(() => list.updateFromUrl({ kind: '__proto__', namespace: ['a', 'b'], q: null }));
  expect(list.getUrlState()).toEqual({ kind: 'LifelongLearningJob', namespace: null, q: null });
});
