import { sceneUtils } from '@grafana/scenes';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { buildResourceUrl } from '../../platform/links/links';
import { quoteSearch } from '../../sedna/search';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
  type Failure,
} from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { ListScene } from './ListScene';

beforeEach(() => window.localStorage.clear());

const secondsAgo = (seconds: number) => Date.now() / 1000 - seconds;
const MINUTE = 60;
const HOUR = 3600;
const object = (kind: string, namespace: string, name: string) => ({ kind, namespace, name });
const robot = object('LifelongLearningJob', 'robots', 'Robot-dog');
const atcii = object('LifelongLearningJob', 'default', 'atcii');
const twin = object('LifelongLearningJob', 'robots', 'atcii');
const steps = object('Dataset', 'robots', 'steps');
const exists = (labels: Record<string, string>, age = 10) => createSample(labels, secondsAgo(age));

function withObjects() {
  const prometheus = fakePrometheus();
  prometheus.answers = {
    objects: [robot, atcii, twin, steps].map((labels) => exists(labels)),
    states: [
      createSample({ ...robot, stage: 'Train', condition: 'Running' }, secondsAgo(2 * HOUR)),
      createSample({ ...atcii, stage: 'Eval', condition: 'Failed' }, secondsAgo(2 * MINUTE)),
      createSample(steps, secondsAgo(5 * MINUTE)),
    ],
  };
  return prometheus;
}

function openList(prometheus = withObjects(), state: Partial<ListScene['state']> = {}) {
  mockGrafana({ dataSources: [prometheus] });
  const list = new ListScene(state);
  const page = renderPage(list);
  return { prometheus, list, ...page };
}

// Looking for roles among fifty rows takes seconds in jsdom.
const names = async () => {
  const table = (await screen.findByTestId('resource-table')).querySelector('tbody')!;
  return [...table.querySelectorAll('a')].map(({ textContent }) => textContent);
};
const rowOf = (...parts: string[]) =>
  screen.getAllByRole('row').find((row) => parts.every((part) => row.textContent?.includes(part)));
const type = (text: string) => userEvent.type(screen.getByLabelText('Name'), text);
const choose = async (field: string, option: string) => {
  await userEvent.click(screen.getByLabelText(field));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

describe('all kinds', () => {
  it('stand in one list, by namespace and name, with status and age', async () => {
    openList();
    expect(await names()).toEqual(['atcii', 'atcii', 'Robot-dog', 'steps']);
    expect(rowOf('default')).toHaveTextContent(/LifelongLearningJob.*Eval · Failed.*2 minutes ago/);
    expect(rowOf('Robot-dog')).toHaveTextContent(/Train · Running.*2 hours ago/);
    expect(rowOf('steps')).toHaveTextContent(/Dataset.*5 minutes ago/);
    expect(rowOf('steps')).not.toHaveTextContent('no condition yet');
    expect(screen.getByRole('link', { name: 'Robot-dog' })).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/resources/LifelongLearningJob/robots/Robot-dog'
    );
    expect(screen.getByText('4 of 4')).toBeInTheDocument();
  });

  it('keep the status of one namespace out of the same name in another', async () => {
    openList();
    await names();
    expect(rowOf('robots', 'atcii')).toHaveTextContent(/no condition yet.*not recorded/);
  });

  it('are asked for with four queries that hold no text of the user', async () => {
    const { prometheus } = openList(withObjects(), { namespace: 'robots', text: '"} or up' });
    await screen.findByText('Nothing matches');
    expect(prometheus.requests).toHaveLength(1);
    const expressions = Object.values(prometheus.requests[0]);
    expect(Object.keys(prometheus.requests[0])).toEqual(['objects', 'states', 'trouble', 'silent']);
    expect(new Set(expressions).size).toBe(expressions.length);
    expect(expressions.join()).not.toMatch(/robots|or up/);
  });

  it('say of a kind without a controller that its status stays empty', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { objects: [exists(object('ObjectTrackingService', 'a', 'track'))] };
    openList(prometheus);
    await names();
    expect(rowOf('track')).toHaveTextContent('Sedna has no controller for it');
  });
});

describe('one kind', () => {
  it('has the numbers and the spec of datasets', async () => {
    const { prometheus } = openList();
    await names();
    prometheus.answers = {
      objects: [exists({ ...steps, url: '/data/steps.csv', format: 'csv', node: 'edge-1' })],
      details: [createSample({ ...steps, field: 'samples' }, 12345)],
    };
    await choose('Kind', 'Dataset');
    await waitFor(() => expect(rowOf('steps')).toHaveTextContent('12,345'));
    expect(rowOf('steps')).toHaveTextContent(/csv.*\/data\/steps.csv.*edge-1.*not recorded/);
    expect(Object.keys(prometheus.requests[1])).toHaveLength(5);
  });

  it('has phase, workers and times of a federated learning job', async () => {
    const yolo = object('FederatedLearningJob', 'default', 'yolo');
    const prometheus = fakePrometheus();
    prometheus.answers = {
      objects: [exists(yolo)],
      states: [createSample({ ...yolo, condition: 'Training' }, secondsAgo(HOUR))],
      details: [
        createSample({ ...yolo, field: 'phase', phase: 'Pending' }),
        createSample({ ...yolo, field: 'active_workers' }, 3),
        createSample({ ...yolo, field: 'failed_workers' }, 0),
        createSample({ ...yolo, field: 'start_timestamp_seconds' }, secondsAgo(2 * HOUR)),
      ],
    };
    openList(prometheus, { kind: 'FederatedLearningJob' });
    await names();
    expect(rowOf('yolo')).toHaveTextContent(
      /Training.*an hour ago.*Pending.*3 active · 0 failed.*2 hours ago.*not recorded/
    );
    expect(screen.queryByRole('columnheader', { name: /Dataset/ })).not.toBeInTheDocument();
  });

  it('has the models of a service', async () => {
    const helmet = object('JointInferenceService', 'default', 'helmet');
    const prometheus = fakePrometheus();
    prometheus.answers = { objects: [exists({ ...helmet, edge_model: 'small', cloud_model: 'big' })] };
    openList(prometheus, { kind: 'JointInferenceService' });
    await names();
    expect(rowOf('helmet')).toHaveTextContent('small · big');
  });

  it.each<[string, Failure]>([
    ['are awaited', 'no answer yet'],
    ['cannot be had', CONNECTION_REFUSED],
  ])('does not show others in the place of datasets that %s', async (_, failure) => {
    const { prometheus } = openList();
    await names();
    prometheus.failure = failure;
    await choose('Kind', 'Dataset');
    expect(screen.queryByRole('link', { name: 'Robot-dog' })).not.toBeInTheDocument();
  });
});

describe('finding', () => {
  it('is by words, filters and namespace, as the field tells, without asking again', async () => {
    const { prometheus } = openList();
    await names();
    expect(screen.getByLabelText('Name')).toHaveAccessibleDescription(/kind:dataset.*is:failing/);
    await type('DOG kind:ll stage:tr');
    await waitFor(async () => expect(await names()).toEqual(['Robot-dog']));
    await userEvent.keyboard('{Escape}');
    await choose('Namespace', 'robots');
    await waitFor(async () => expect(await names()).toEqual(['atcii', 'Robot-dog', 'steps']));
    expect(prometheus.requests).toHaveLength(1);
  });

  it('shows what fails and what is stuck, and why', async () => {
    const prometheus = withObjects();
    prometheus.answers.trouble = [createSample({ ...twin, reason: 'ImagePullBackOff' })];
    openList(prometheus, { text: 'is:failing' });
    expect(await names()).toEqual(['atcii']);
    expect(screen.getByRole('img', { name: 'The stage failed' })).toBeInTheDocument();
    await userEvent.clear(screen.getByLabelText('Name'));
    await type('is:stuck');
    expect(await screen.findByRole('img', { name: 'Worker container waits: ImagePullBackOff' })).toBeInTheDocument();
    expect(await names()).toEqual(['atcii']);
  });

  it.each([
    'a"} or up{x="',
    'a\\',
    '{}[]().*+?|^$',
    'two\nlines',
    "it's <b>&amp;</b> %2F ../..",
    'üñï çødé 漢字 😀',
    'is:failing kind:model "x',
    'ΑΣ',
    'x'.repeat(253),
  ])('finds exactly the object called %j, and leads to it', async (name) => {
    const prometheus = fakePrometheus();
    prometheus.answers = {
      objects: [object('Model', 'n', name), object('Model', 'n', 'a'), atcii].map((labels) => exists(labels)),
    };
    openList(prometheus, { text: quoteSearch(name) });
    expect(await names()).toEqual([name]);
    expect(screen.getByText(/^1 of 3$/)).toBeInTheDocument();
    const link = within(screen.getByRole('table')).getByRole('link');
    expect(link).toHaveAttribute('href', buildResourceUrl('Model', 'n', name));
  });

  it('says how many there are where nothing matches', async () => {
    openList(withObjects(), { text: 'nobody' });
    expect(await screen.findByText('Nothing matches')).toBeInTheDocument();
    expect(screen.getByText(/There are 4 here/)).toBeInTheDocument();
  });
});

describe('pages and order', () => {
  const many = (count = 60) => {
    const prometheus = fakePrometheus();
    prometheus.answers = {
      objects: Array.from({ length: count }, (_, index) => exists(object('Model', 'n', `m-${index}`), 10)),
      states: [createSample(object('Model', 'n', 'm-7'), secondsAgo(MINUTE))],
    };
    return prometheus;
  };

  it('show fifty at once, of a page that is not there the last', async () => {
    openList(many()).list.state.table.turnTo(9999);
    expect(await names()).toHaveLength(10);
    await userEvent.click(screen.getByRole('button', { name: '1' }));
    await waitFor(async () => expect((await names()).slice(48)).toEqual(['m-48', 'm-49']));
  });

  it('start again when something else is looked for', async () => {
    const { table } = openList(many()).list.state;
    table.turnTo(2);
    expect((await names())[0]).toBe('m-50');
    await type('m-4');
    await waitFor(async () => expect((await names()).slice(0, 2)).toEqual(['m-4', 'm-40']));
    expect(table.state.page).toBe(1);
  });

  it('follow the head of a column', async () => {
    const { table } = openList(many(10)).list.state;
    await names();
    await userEvent.click(screen.getByLabelText(/Sort column Since or last report/));
    await waitFor(async () => expect((await names())[0]).toBe('m-7'));
    expect(table.getUrlState().sort).toBe('since');
    await userEvent.click(screen.getByLabelText(/Sort column Name$/));
    await userEvent.click(screen.getByLabelText(/Sort column Name$/));
    await waitFor(async () => expect((await names())[0]).toBe('m-9'));
    expect(table.getUrlState().sort).toBe('-name');
  });
});

describe('what a person marked', () => {
  it('is starred in its row, found by is:starred and shown above the list', async () => {
    const { unmount } = openList();
    await names();
    await userEvent.click(screen.getByRole('button', { name: 'Star Robot-dog' }));
    expect(await screen.findByRole('button', { name: 'Unstar Robot-dog' })).toBeInTheDocument();
    unmount();
    openList(withObjects(), { text: 'is:starred' });
    await waitFor(async () => expect(await names()).toEqual(['Robot-dog']));
    await userEvent.clear(screen.getByLabelText('Name'));
    const starred = await screen.findByRole('region', { name: 'Starred' });
    expect(within(starred).getByRole('link', { name: 'Robot-dog' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Unstar Robot-dog' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Starred' })).not.toBeInTheDocument());
  });

  it('says of what is starred that it is gone', async () => {
    window.localStorage.setItem('kubeedge-sedna-app:u1:starred', JSON.stringify([['Model', 'robots', 'old']]));
    openList();
    await names();
    const starred = await screen.findByRole('region', { name: 'Starred' });
    await waitFor(() => expect(starred).toHaveTextContent('old Model · robots · not there now'));
  });

  it('is listed where it was opened of late, as long as it is there', async () => {
    const stored = JSON.stringify([Object.values(steps), ['Model', 'robots', 'old']]);
    window.localStorage.setItem('kubeedge-sedna-app:u1:opened', stored);
    openList();
    await names();
    const opened = await screen.findByRole('region', { name: 'Recently opened' });
    await waitFor(() => expect(within(opened).getAllByRole('listitem')).toHaveLength(1));
    const [first] = within(opened).getAllByRole('listitem');
    expect(first).toHaveTextContent('steps Dataset · robots');
    expect(first).not.toHaveTextContent('not there now');
    await type('x');
    await waitFor(() => expect(opened).not.toBeInTheDocument());
  });
});

describe('age', () => {
  it('is told of all where Prometheus has nothing newer', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { objects: [exists(robot, 240), exists(atcii, 200)] };
    openList(prometheus);
    await names();
    expect(screen.getByText('Prometheus has nothing newer')).toBeInTheDocument();
    expect(screen.getByText(/What is below was true/)).toHaveTextContent('3 minutes ago');
    expect(rowOf('Robot-dog')).toHaveTextContent('last seen 4 minutes ago');
  });

  it('is told of what an offline node reports on', async () => {
    const prometheus = withObjects();
    prometheus.answers.silent = [createSample({ ...robot, node: 'edge-1' }, 3 * HOUR)];
    openList(prometheus);
    await names();
    expect(rowOf('Robot-dog')).toHaveTextContent('edge-1 is offline, last sign of life 3 hours ago');
    expect(rowOf('default')).not.toHaveTextContent('offline');
    expect(screen.queryByText('Prometheus has nothing newer')).not.toBeInTheDocument();
  });
});

describe('trouble', () => {
  it('in one query leaves the rest, and is told', async () => {
    const prometheus = withObjects();
    prometheus.refused = { states: 'query processing would load too many samples' };
    openList(prometheus);
    expect(await names()).toEqual(['atcii', 'atcii', 'Robot-dog', 'steps']);
    expect(screen.getByText('A part of this could not be read')).toBeInTheDocument();
    expect(screen.getByText(/stages and conditions: query processing would load too many/)).toBeInTheDocument();
    expect(rowOf('Robot-dog')).toHaveTextContent('could not be read');
    expect(screen.queryByText('no condition yet')).not.toBeInTheDocument();
    prometheus.refused = {};
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await waitFor(() => expect(rowOf('Robot-dog')).toHaveTextContent('Train · Running'));
    expect(screen.queryByText('A part of this could not be read')).not.toBeInTheDocument();
  });

  it('in the query for the objects themselves is an error', async () => {
    const prometheus = withObjects();
    prometheus.refused = { objects: 'expanding series: context deadline exceeded' };
    openList(prometheus);
    expect(await screen.findByTestId('query-error')).toHaveTextContent('took too long');
    expect(screen.queryByText(/No Sedna resource/)).not.toBeInTheDocument();
  });

  it('shows that it waits until there is an answer', async () => {
    const prometheus = fakePrometheus();
    prometheus.failure = 'no answer yet';
    openList(prometheus);
    expect(await screen.findByText('Loading...')).toBeInTheDocument();
    expect(screen.queryByText('No Sedna resource here')).not.toBeInTheDocument();
  });

  it('says that there is none, and why that may be', async () => {
    const { list } = openList(fakePrometheus());
    expect(await screen.findByText('No Sedna resource here')).toBeInTheDocument();
    expect(screen.getByText(/kube-state-metrics does not run with the custom resource/)).toBeInTheDocument();
    act(() => list.chooseKind('ReidJob'));
    expect(await screen.findByText('No ReidJob here')).toBeInTheDocument();
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
      'queries that the server cannot run',
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
    expect(screen.queryByText('No Sedna resource here')).not.toBeInTheDocument();
  });

  it('ends with the next refresh', async () => {
    const prometheus = withObjects();
    prometheus.failure = CONNECTION_REFUSED;
    openList(prometheus);
    await screen.findByTestId('query-error');
    prometheus.failure = undefined;
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    expect(await names()).toHaveLength(4);
    expect(screen.queryByTestId('query-error')).not.toBeInTheDocument();
  });
});

it('takes everything from the URL, and the default for what is not valid', async () => {
  const { list } = openList();
  await names();
  const follow = (address: string) =>
    act(() => sceneUtils.syncStateFromSearchParams(list, new URLSearchParams(address)));
  follow('kind=Model&namespace=robots&q=dog is:stuck&sort=-since&page=2');
  const taken = { kind: 'Model', namespace: 'robots', q: 'dog is:stuck', sort: '-since', page: '2' };
  expect(sceneUtils.getUrlState(list)).toEqual(taken);
  expect(await screen.findByText('Nothing matches')).toBeInTheDocument();
  follow('kind=__proto__&sort=-constructor&page=-1');
  expect(sceneUtils.getUrlState(list)).toEqual({});
});
