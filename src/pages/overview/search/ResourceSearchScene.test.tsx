import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CONNECTION_REFUSED, fakePrometheus, createSample, mockGrafana } from '../../../test/mockGrafana';
import { renderScene } from '../../../test/render';
import { ResourceSearchScene } from './ResourceSearchScene';
import { TEST_IDS } from '../../../ui/testIds';

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
  const search = new ResourceSearchScene({ text: '' });
  search.updateFromUrl({ q: text });
  renderScene(search);
  const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
  const field = screen.getByRole('textbox', { name: 'Find a resource or pod by name' });
  return { prometheus, search, user, field };
}

describe('ResourceSearchScene', () => {
  it('sends no query while the field is blank', async () => {
    const { prometheus, user, field } = openSearch();
    await user.type(field, '   ');
    await wait(1000);
    expect(prometheus.requests).toEqual([]);
    expect(screen.queryByTestId(TEST_IDS.overview.searchResults)).not.toBeInTheDocument();
  });

  it('sends one query when the user pauses typing', async () => {
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

  it('links resources to their page and pods to their logs', async () => {
    const { user, field } = openSearch();
    await user.type(field, 'dog');
    await wait(1000);
    const results = within(screen.getByTestId(TEST_IDS.overview.searchResults));
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

  it('searches for the text in the URL immediately and writes typed text to the URL', async () => {
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

  it('shows an object from two scrapes once and the same name of two kinds twice', async () => {
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

  it('says that nothing matches', async () => {
    const { prometheus, user, field } = openSearch();
    prometheus.answers = {};
    await user.type(field, 'nobody');
    await wait(1000);
    expect(screen.getByText('No resources or pods match')).toBeInTheDocument();
  });

  it('shows the first 20 matches and the number of the rest', async () => {
    const { prometheus, user, field } = openSearch();
    prometheus.answers = {
      found: Array.from({ length: 25 }, (_, n) => createSample({ kind: 'Model', namespace: 'a', name: `model-${n}` })),
    };
    await user.type(field, 'model');
    await wait(1000);
    expect(screen.getAllByRole('listitem')).toHaveLength(20);
    expect(screen.getByText('5 more matches. Keep typing to narrow the list.')).toBeInTheDocument();
  });

  it('shows why a search failed and finds matches with the next one', async () => {
    const { prometheus, user, field } = openSearch();
    prometheus.failure = CONNECTION_REFUSED;
    await user.type(field, 'do');
    await wait(1000);
    expect(screen.getByTestId(TEST_IDS.queryError)).toHaveTextContent("Can't reach Prometheus & co");
    expect(screen.queryByText('No resources or pods match')).not.toBeInTheDocument();
    prometheus.failure = undefined;
    await user.type(field, 'g');
    await wait(1000);
    expect(screen.queryByTestId(TEST_IDS.queryError)).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'dog-steps' })).toBeInTheDocument();
  });

  it('clears the field and closes the results on Escape', async () => {
    const { user, field } = openSearch('dog');
    await wait(0);
    await user.type(field, '{Escape}');
    await wait(1000);
    await waitFor(() => expect(screen.queryByTestId(TEST_IDS.overview.searchResults)).not.toBeInTheDocument());
    expect(field).toHaveValue('');
  });
});
