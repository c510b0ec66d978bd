import { sceneUtils } from '@grafana/scenes';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
} from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { WorkersScene } from './WorkersScene';
import { TEST_IDS } from '../../../ui/testIds';

const APP = '/a/kubeedge-sedna-app';
const now = () => Math.floor(Date.now() / 1000);

function open(prometheus = fakePrometheus()) {
  mockGrafana({ dataSources: [prometheus] });
  const scene = new WorkersScene({ ref: { kind: 'LifelongLearningJob', namespace: 'robots', name: 'dog' } });
  renderPage(scene);
  return { prometheus, scene };
}

const of = (part: string, pod: string, labels: Record<string, string> = {}, value = 1) =>
  createSample({ namespace: 'robots', pod, part, ...labels }, value);

/** A waiting pod, a failed one, a finished one, and a deleted one; newest first. */
function fourPods() {
  const prometheus = fakePrometheus();
  const started = now() - 3600;
  prometheus.answers = {
    workers: [
      ...(['dog-eval-c', 'dog-eval-b', 'dog-train-a'] as const).map((pod) =>
        of('info', pod, { worker_type: pod.split('-')[1], node: 'edge-1', location: 'edge' })
      ),
      of('phase', 'dog-eval-c', { phase: 'Pending' }),
      of('phase', 'dog-eval-b', { phase: 'Failed' }),
      of('phase', 'dog-train-a', { phase: 'Succeeded' }),
      of('waiting', 'dog-eval-c', { reason: 'ImagePullBackOff' }),
      of('restarts', 'dog-eval-b', {}, 3),
      of('start', 'dog-eval-b', {}, started + 1800),
      of('end', 'dog-eval-b', {}, started + 1860),
      of('start', 'dog-train-a', {}, started),
      of('end', 'dog-train-a', {}, started + 600),
      of('start', 'dog-train-0', { worker_type: 'train', node: 'edge-1' }, started - 3600),
    ],
  };
  return prometheus;
}

const rows = async () =>
  within(await screen.findByRole('table'))
    .getAllByRole('row')
    .map(({ textContent }) => textContent ?? '');

describe('WorkersScene', () => {
  it('shows pods that have not started first, then the newest, with node and phase', async () => {
    open(fourPods());
    const [, ...shown] = await rows();
    expect(shown.map((text) => text.slice(0, 11))).toEqual([
      'dog-eval-cE',
      'dog-eval-bE',
      'dog-train-a',
      'dog-train-0',
    ]);
    expect(shown[0]).toContain('edge-1edgePending ImagePullBackOff');
    expect(shown[1]).toMatch(/Eval.*Failed330 minutes ago1 minute/);
    expect(shown[2]).toMatch(/Train.*Succeeded.*an hour ago10 minutes/);
    expect(shown[3]).toContain('Deleted');
  });

  it('links to the logs of a pod with a margin around its lifetime', async () => {
    const prometheus = fourPods();
    open(prometheus);
    const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'dog-train-a' });
    const { pathname, searchParams } = new URL(link.href);
    expect(pathname).toBe(`${APP}/logs`);
    expect(searchParams.get('pod')).toBe('dog-train-a');
    // Ten minutes of lifetime and five on both sides.
    expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBe(20 * 60_000);
    expect(screen.getByText(/5 minutes before its start to 5 minutes after its end/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'dog-eval-c' })).toHaveAttribute(
      'href',
      `${APP}/logs?namespace=robots&pod=dog-eval-c&from=now-1h&to=now`
    );
  });

  it('sorts by the column in the URL and writes a new sort to it', async () => {
    const { scene } = open(fourPods());
    const first = async () => (await rows())[1].slice(0, 11);
    await waitFor(async () => expect(await first()).toBe('dog-eval-cE'));
    act(() => scene.state.table.updateFromUrl({ sort: '-duration' }));
    expect(await first()).toBe('dog-train-a');
    await userEvent.click(screen.getByRole('button', { name: /Restarts/ }));
    expect(await first()).toBe('dog-eval-bE');
    expect(sceneUtils.getUrlState(scene)).toEqual({ sort: 'restarts' });
  });

  it('shows the page in the URL and returns to the first page on sort', async () => {
    const prometheus = fakePrometheus();
    const pods = Array.from({ length: 21 }, (_, index) => `dog-train-${10 + index}`);
    prometheus.answers.workers = pods.map((pod, index) => of('start', pod, {}, now() - index * 60));
    const { scene } = open(prometheus);
    await waitFor(async () => expect(await rows()).toHaveLength(21));
    act(() => scene.state.table.updateFromUrl({ page: '2' }));
    expect((await rows())[1]).toContain('dog-train-30');
    await userEvent.click(screen.getByRole('button', { name: /Started/ }));
    expect(sceneUtils.getUrlState(scene)).toEqual({ sort: 'started' });
  });

  it('hides CPU and memory without cAdvisor metrics and says so', async () => {
    open(fourPods());
    expect(await screen.findByText(/no cAdvisor metrics/)).toBeInTheDocument();
    expect(screen.queryByText('CPU cores')).not.toBeInTheDocument();
  });

  it('shows CPU and memory with cAdvisor metrics', async () => {
    const prometheus = fourPods();
    prometheus.answers.cpu = [createSample({ namespace: 'robots', pod: 'dog-train-a' }, 1.5)];
    prometheus.answers.memory = [createSample({ namespace: 'robots', pod: 'dog-train-a' }, 512 * 1024 * 1024)];
    open(prometheus);
    const train = (await rows()).find((text) => text.startsWith('dog-train-a'));
    expect(train).toContain('1.50');
    expect(train).toContain('512 MiB');
  });

  it('marks pods on an offline node as stale unless they had finished', async () => {
    const prometheus = fourPods();
    prometheus.answers.silent = [createSample({ node: 'edge-1' }, 300)];
    open(prometheus);
    expect(await screen.findAllByText(/edge-1 is offline/)).toHaveLength(1);
    expect(screen.getByText('Pending').closest('[data-staleness]')).toHaveAttribute('data-staleness', 'offline');
    expect(screen.getByText('Failed').closest('[data-staleness]')).toHaveAttribute('data-staleness', 'fresh');
  });

  it('shows pods when usage fails to load and says so', async () => {
    const prometheus = fourPods();
    prometheus.refused = { cpu: 'too many samples' };
    open(prometheus);
    expect(await screen.findByText("CPU, memory, or the state of nodes couldn't be loaded")).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'dog-train-a' })).toBeInTheDocument();
  });

  it('says that there are no worker pods', async () => {
    open();
    expect(await screen.findByText('No worker pods found')).toBeInTheDocument();
  });

  it.each([
    ['times out', { each: { message: 'context deadline exceeded', status: 504 } }, 'timed out'],
    ['refuses the query', PERMISSION_DENIED, "You don't have permission to query"],
    ['is unreachable', CONNECTION_REFUSED, "Can't reach"],
  ])('shows an error instead of an empty state when Prometheus %s', async (_, failure, words) => {
    const prometheus = fakePrometheus();
    prometheus.failure = failure;
    open(prometheus);
    expect(await screen.findByTestId(TEST_IDS.queryError)).toHaveTextContent(words);
    expect(screen.queryByText('No worker pods found')).not.toBeInTheDocument();
  });
});
