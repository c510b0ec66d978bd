import { sceneUtils } from '@grafana/scenes';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { buildResourceUrl } from '../../../platform/links/links';
import { quoteSearch } from '../../../sedna/search';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
  type Failure,
} from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { ResourceListScene } from './ResourceListScene';
import { TEST_IDS } from '../../../ui/testIds';

beforeEach(() => window.localStorage.clear());

const secondsAgo = (seconds: number) => Date.now() / 1000 - seconds;
const [MINUTE, HOUR] = [60, 3600];
const object = (kind: string, namespace: string, name: string) => ({ kind, namespace, name });
const robot = object('LifelongLearningJob', 'robots', 'Robot-dog');
const atcii = object('LifelongLearningJob', 'default', 'atcii');
const twin = object('LifelongLearningJob', 'robots', 'atcii');
const steps = object('Dataset', 'robots', 'steps');
const exists = (labels: Record<string, string>, age = 10) => createSample(labels, secondsAgo(age));

function withObjects() {
  const prometheus = fakePrometheus();
  const states = [
    createSample({ ...robot, stage: 'Train', condition: 'Running' }, secondsAgo(2 * HOUR)),
    createSample({ ...atcii, stage: 'Eval', condition: 'Failed' }, secondsAgo(2 * MINUTE)),
    createSample(steps, secondsAgo(5 * MINUTE)),
  ];
  prometheus.answers = { objects: [robot, atcii, twin, steps].map((labels) => exists(labels)), states };
  return prometheus;
}

function openList(prometheus = withObjects(), state: Partial<ResourceListScene['state']> = {}) {
  mockGrafana({ dataSources: [prometheus] });
  const list = new ResourceListScene(state);
  const page = renderPage(list);
  return { prometheus, list, ...page };
}

// Looking for roles among fifty rows takes seconds in jsdom.
const names = async () => {
  const table = (await screen.findByTestId(TEST_IDS.resourceList.table)).querySelector('tbody')!;
  return [...table.querySelectorAll('a')].map(({ textContent }) => textContent);
};
const rowOf = (...parts: string[]) =>
  screen.getAllByRole('row').find((row) => parts.every((part) => row.textContent?.includes(part)));
const type = (text: string) => userEvent.type(screen.getByLabelText('Name'), text);
const choose = async (field: string, option: string) => {
  await userEvent.click(screen.getByLabelText(field));
  await userEvent.click(await screen.findByRole('option', { name: option }));
};

describe('list of all kinds', () => {
  it('sorts by namespace and name and shows status and age', async () => {
    openList();
    expect(await names()).toEqual(['atcii', 'atcii', 'Robot-dog', 'steps']);
    expect(rowOf('default')).toHaveTextContent(/LifelongLearningJob.*Eval · Failed.*2 minutes ago/);
    expect(rowOf('Robot-dog')).toHaveTextContent(/Train · Running.*2 hours ago/);
    expect(rowOf('steps')).toHaveTextContent(/Dataset.*5 minutes ago/);
    expect(rowOf('steps')).not.toHaveTextContent('No condition yet');
    expect(screen.getByRole('link', { name: 'Robot-dog' })).toHaveAttribute(
      'href',
      '/a/kubeedge-sedna-app/resources/LifelongLearningJob/robots/Robot-dog'
    );
    expect(screen.getByText('4 of 4 resources')).toBeInTheDocument();
  });

  it('keeps objects with the same name in two namespaces apart', async () => {
    openList();
    await names();
    expect(rowOf('robots', 'atcii')).toHaveTextContent(/No condition yet.*Not recorded/);
  });

  it('sends four queries that contain no text of the user', async () => {
    const { prometheus } = openList(withObjects(), { namespace: 'robots', text: '"} or up' });
    await screen.findByText('No resources match');
    expect(prometheus.requests).toHaveLength(1);
    const expressions = Object.values(prometheus.requests[0]);
    expect(Object.keys(prometheus.requests[0])).toEqual(['objects', 'states', 'trouble', 'silent']);
    expect(new Set(expressions).size).toBe(expressions.length);
    expect(expressions.join()).not.toMatch(/robots|or up/);
  });

  it('explains that a kind without a controller has no status', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { objects: [exists(object('ObjectTrackingService', 'a', 'track'))] };
    openList(prometheus);
    await names();
    expect(rowOf('track')).toHaveTextContent('Sedna has no controller for this kind');
  });
});

describe('list of one kind', () => {
  it('shows numbers and spec of datasets', async () => {
    const { prometheus } = openList();
    await names();
    prometheus.answers = {
      objects: [exists({ ...steps, url: '/data/steps.csv', format: 'csv', node: 'edge-1' })],
      details: [createSample({ ...steps, field: 'samples' }, 12345)],
    };
    await choose('Kind', 'Dataset');
    await waitFor(() => expect(rowOf('steps')).toHaveTextContent('12,345'));
    expect(rowOf('steps')).toHaveTextContent(/csv.*\/data\/steps.csv.*edge-1.*Not recorded/);
    expect(Object.keys(prometheus.requests[1])).toHaveLength(5);
  });

  it('shows phase, workers, and times of federated learning jobs', async () => {
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
      /Training.*an hour ago.*Pending.*3 active · 0 failed.*2 hours ago.*Not recorded/
    );
    expect(screen.queryByRole('columnheader', { name: /Dataset/ })).not.toBeInTheDocument();
  });

  it('shows the models of services', async () => {
    const helmet = object('JointInferenceService', 'default', 'helmet');
    const prometheus = fakePrometheus();
    prometheus.answers = { objects: [exists({ ...helmet, edge_model: 'small', cloud_model: 'big' })] };
    openList(prometheus, { kind: 'JointInferenceService' });
    await names();
    expect(rowOf('helmet')).toHaveTextContent('small · big');
  });

  it.each<[string, Failure]>([
    ['are loading', 'no answer yet'],
    ['fail to load', CONNECTION_REFUSED],
  ])('hides other kinds while datasets %s', async (_, failure) => {
    const { prometheus } = openList();
    await names();
    prometheus.failure = failure;
    await choose('Kind', 'Dataset');
    expect(screen.queryByRole('link', { name: 'Robot-dog' })).not.toBeInTheDocument();
  });
});

describe('filters', () => {
  it('filters by words, keywords, and namespace without another query', async () => {
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

  it('finds failing and stuck objects and shows the reason', async () => {
    const prometheus = withObjects();
    const recorded = [{}, { ...atcii, rule: 'stage-failed' }, { ...twin, rule: 'pod-pending' }];
    prometheus.answers.trouble = [...recorded, { ...twin, reason: 'ImagePullBackOff' }].map((row) => createSample(row));
    openList(prometheus, { text: 'is:failing' });
    expect(await names()).toEqual(['atcii']);
    expect(screen.getByRole('img', { name: 'Stage failed' })).toBeInTheDocument();
    await userEvent.clear(screen.getByLabelText('Name'));
    await type('is:stuck');
    expect(await screen.findByRole('img', { name: 'Container waiting: ImagePullBackOff' })).toBeInTheDocument();
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
  ])('finds exactly the object named %j and links to it', async (name) => {
    const prometheus = fakePrometheus();
    const models = [object('Model', 'n', name), object('Model', 'n', 'a')];
    prometheus.answers = { objects: [...models, atcii].map((labels) => exists(labels)) };
    openList(prometheus, { text: quoteSearch(name) });
    expect(await names()).toEqual([name]);
    expect(screen.getByText(/^1 of 3 resources$/)).toBeInTheDocument();
    const link = within(screen.getByRole('table')).getByRole('link');
    expect(link).toHaveAttribute('href', buildResourceUrl('Model', 'n', name));
  });

  it('offers to clear the filters when no resources match', async () => {
    openList(withObjects(), { text: 'nobody' });
    expect(await screen.findByText('No resources match')).toBeInTheDocument();
    expect(screen.getByText('Clear filters to see all 4 resources')).toBeInTheDocument();
  });
});

describe('pages and sorting', () => {
  const many = (count = 60) => {
    const prometheus = fakePrometheus();
    prometheus.answers = {
      objects: Array.from({ length: count }, (_, index) => exists(object('Model', 'n', `m-${index}`), 10)),
      states: [createSample(object('Model', 'n', 'm-7'), secondsAgo(MINUTE))],
    };
    return prometheus;
  };

  it('shows 50 rows on a page and the last page for a page number that is too high', async () => {
    openList(many()).list.state.table.turnTo(9999);
    expect(await names()).toHaveLength(10);
    await userEvent.click(screen.getByRole('button', { name: '1' }));
    await waitFor(async () => expect((await names()).slice(48)).toEqual(['m-48', 'm-49']));
  });

  it('returns to the first page when the search changes', async () => {
    const { table } = openList(many()).list.state;
    table.turnTo(2);
    expect((await names())[0]).toBe('m-50');
    await type('m-4');
    await waitFor(async () => expect((await names()).slice(0, 2)).toEqual(['m-4', 'm-40']));
    expect(table.state.page).toBe(1);
  });

  it('sorts by the column that the user clicks', async () => {
    const { table } = openList(many(10)).list.state;
    await names();
    await userEvent.click(screen.getByLabelText(/Sort column Last transition or report/));
    await waitFor(async () => expect((await names())[0]).toBe('m-7'));
    expect(table.getUrlState().sort).toBe('since');
    await userEvent.click(screen.getByLabelText(/Sort column Name$/));
    await userEvent.click(screen.getByLabelText(/Sort column Name$/));
    await waitFor(async () => expect((await names())[0]).toBe('m-9'));
    expect(table.getUrlState().sort).toBe('-name');
  });
});

describe('quick links', () => {
  it('stars an object, finds it by is:starred, and links to it above the list', async () => {
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

  it('says that a starred object no longer exists', async () => {
    window.localStorage.setItem('kubeedge-sedna-app:u1:starred', JSON.stringify([['Model', 'robots', 'old']]));
    openList();
    await names();
    const starred = await screen.findByRole('region', { name: 'Starred' });
    await waitFor(() => expect(starred).toHaveTextContent('old Model · robots · Not found'));
  });

  it('links to recently opened objects that still exist', async () => {
    const stored = JSON.stringify([Object.values(steps), ['Model', 'robots', 'old']]);
    window.localStorage.setItem('kubeedge-sedna-app:u1:opened', stored);
    openList();
    await names();
    const opened = await screen.findByRole('region', { name: 'Recently opened' });
    await waitFor(() => expect(within(opened).getAllByRole('listitem')).toHaveLength(1));
    const [first] = within(opened).getAllByRole('listitem');
    expect(first).toHaveTextContent('steps Dataset · robots');
    expect(first).not.toHaveTextContent('Not found');
    await type('x');
    await waitFor(() => expect(opened).not.toBeInTheDocument());
  });
});

describe('staleness', () => {
  it('warns that all data is outdated when Prometheus has no newer samples', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { objects: [exists(robot, 240), exists(atcii, 200)] };
    openList(prometheus);
    await names();
    expect(screen.getByText('Data is outdated')).toBeInTheDocument();
    expect(screen.getByText(/^Last sample/)).toHaveTextContent('3 minutes ago');
    expect(rowOf('Robot-dog')).toHaveTextContent('Last seen 4 minutes ago');
  });

  it('marks objects whose node is offline', async () => {
    const prometheus = withObjects();
    prometheus.answers.silent = [createSample({ ...robot, node: 'edge-1' }, 3 * HOUR)];
    openList(prometheus);
    await names();
    expect(rowOf('Robot-dog')).toHaveTextContent('edge-1 is offline, last heartbeat 3 hours ago');
    expect(rowOf('default')).not.toHaveTextContent('offline');
    expect(screen.queryByText('Data is outdated')).not.toBeInTheDocument();
  });
});

describe('errors', () => {
  it('shows the other data when an optional query fails and says what is missing', async () => {
    const prometheus = withObjects();
    prometheus.refused = { states: 'query processing would load too many samples' };
    openList(prometheus);
    expect(await names()).toEqual(['atcii', 'atcii', 'Robot-dog', 'steps']);
    expect(screen.getByText("Some data couldn't be loaded")).toBeInTheDocument();
    expect(screen.getByText(/Stages and conditions: query processing would load too many/)).toBeInTheDocument();
    expect(rowOf('Robot-dog')).toHaveTextContent('Not loaded');
    expect(screen.queryByText('No condition yet')).not.toBeInTheDocument();
    prometheus.refused = {};
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    await waitFor(() => expect(rowOf('Robot-dog')).toHaveTextContent('Train · Running'));
    expect(screen.queryByText("Some data couldn't be loaded")).not.toBeInTheDocument();
  });

  it('shows an error when the query for objects fails', async () => {
    const prometheus = withObjects();
    prometheus.refused = { objects: 'expanding series: context deadline exceeded' };
    openList(prometheus);
    expect(await screen.findByTestId(TEST_IDS.queryError)).toHaveTextContent('timed out');
    expect(screen.queryByText(/No Sedna resources/)).not.toBeInTheDocument();
  });

  it('shows that it is loading until the first response', async () => {
    const prometheus = fakePrometheus();
    prometheus.failure = 'no answer yet';
    openList(prometheus);
    expect(await screen.findByText('Loading...')).toBeInTheDocument();
    expect(screen.queryByText('No Sedna resources found')).not.toBeInTheDocument();
  });

  it('explains why there may be no resources', async () => {
    const { list } = openList(fakePrometheus());
    expect(await screen.findByText('No Sedna resources found')).toBeInTheDocument();
    expect(screen.getByText(/check that kube-state-metrics runs with the Sedna configuration/)).toBeInTheDocument();
    act(() => list.setKind('ReidJob'));
    expect(await screen.findByText('No ReidJob found')).toBeInTheDocument();
  });

  it.each([
    ['an unreachable server', CONNECTION_REFUSED, "Can't reach Prometheus & co", /connection refused/],
    [
      'a missing permission',
      PERMISSION_DENIED,
      "You don't have permission to query Prometheus & co",
      /additional permissions/,
    ],
    [
      'queries that the server rejects',
      { each: { message: 'bad_data: parse error', status: 400 } },
      "Prometheus & co couldn't run the query",
      /parse error/,
    ],
    ['a failed request', { thrown: new Error('Failed to fetch') }, "Can't reach Prometheus & co", /Failed to fetch/],
  ])('shows an error instead of an empty list for %s', async (_, failure, title, detail) => {
    const prometheus = fakePrometheus();
    prometheus.failure = failure;
    openList(prometheus);
    const notice = await screen.findByTestId(TEST_IDS.queryError);
    expect(notice).toHaveTextContent(title);
    expect(notice).toHaveTextContent(detail);
    expect(screen.queryByText('No Sedna resources found')).not.toBeInTheDocument();
  });

  it('recovers with the next refresh', async () => {
    const prometheus = withObjects();
    prometheus.failure = CONNECTION_REFUSED;
    openList(prometheus);
    await screen.findByTestId(TEST_IDS.queryError);
    prometheus.failure = undefined;
    await userEvent.click(screen.getByTestId(/RefreshPicker run/));
    expect(await names()).toHaveLength(4);
    expect(screen.queryByTestId(TEST_IDS.queryError)).not.toBeInTheDocument();
  });
});

describe('URL', () => {
  it('restores its state from the URL and uses defaults for values that are not valid', async () => {
    const { list } = openList();
    await names();
    const follow = (address: string) =>
      act(() => sceneUtils.syncStateFromSearchParams(list, new URLSearchParams(address)));
    follow('kind=Model&namespace=robots&q=dog is:stuck&sort=-since&page=2');
    const taken = { kind: 'Model', namespace: 'robots', q: 'dog is:stuck', sort: '-since', page: '2' };
    expect(sceneUtils.getUrlState(list)).toEqual(taken);
    expect(await screen.findByText('No resources match')).toBeInTheDocument();
    follow('kind=__proto__&sort=-constructor&page=-1');
    expect(sceneUtils.getUrlState(list)).toEqual({});
  });
});
