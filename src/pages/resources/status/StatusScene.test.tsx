import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { KindName } from '../../../sedna/kinds';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  createSample,
  seriesFrame,
  mockGrafana,
} from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { StatusScene } from './StatusScene';
import { TEST_IDS } from '../../../ui/testIds';

const APP = '/a/kubeedge-sedna-app';
const dog = { namespace: 'robots', name: 'dog' };
const now = () => Math.floor(Date.now() / 1000);
const minutesAgo = (minutes: number) => now() - minutes * 60;

function open(prometheus = fakePrometheus(), kind: KindName = 'LifelongLearningJob', name = 'dog') {
  mockGrafana({ dataSources: [prometheus] });
  const scene = new StatusScene({ ref: { kind, namespace: 'robots', name } });
  renderPage(scene);
  return { prometheus, scene };
}
const item = (name: string) => screen.getByText(name).closest('div');

/** A job in the stage Eval. */
function evaluating() {
  const prometheus = fakePrometheus();
  prometheus.answers = {
    info: [createSample({ ...dog, dataset: 'steps', output_dir: 's3://models/dog' }, now() - 10)],
    condition: [createSample({ ...dog, stage: 'Eval', condition: 'Starting' })],
    since: [createSample(dog, minutesAgo(5))],
    numbers: [createSample({ ...dog, part: 'trigger_threshold' }, 500), createSample({ ...dog, part: 'round' }, 5)],
  };
  return prometheus;
}

const condition = (stage: string, name: string, ...points: Array<[number, number]>) =>
  seriesFrame({ ...dog, stage, condition: name }, points);

/** Two rounds that both started within the time range. */
function twoRounds() {
  const prometheus = evaluating();
  const at = (minutes: number) => minutesAgo(minutes);
  prometheus.frames = {
    condition: [
      condition('Train', 'Waiting', [at(50), 1], [at(30), 1]),
      condition('Train', 'Running', [at(48), 1], [at(28), 1]),
      condition('Eval', 'Running', [at(44), 1], [at(24), 1]),
      condition('Deploy', 'Waiting', [at(40), 1], [at(20), 1]),
    ],
    rounds: [
      seriesFrame({ __name__: 'sedna_job_round', ...dog }, [
        [at(48), 4],
        [at(28), 5],
      ]),
      seriesFrame({ __name__: 'sedna_job_stage_duration_seconds', ...dog, stage: 'Train' }, [
        [at(43), 240],
        [at(23), 180],
      ]),
      seriesFrame({ __name__: 'sedna:stage_samples', ...dog, stage: 'train', origin: 'log' }, [
        [at(47), 500],
        [at(27), 640],
      ]),
      seriesFrame({ __name__: 'sedna:task_deployable', ...dog, task: 'Winter', pod: 'e1' }, [[at(42), 0]]),
      seriesFrame({ __name__: 'sedna:task_score', ...dog, task: 'Winter', pod: 'e1', metric: 'f1' }, [[at(42), 0.4]]),
    ],
  };
  return prometheus;
}

describe('status summary', () => {
  it('shows stage, condition, last transition, and spec of a job', async () => {
    open(evaluating());
    expect(await screen.findByText('Eval · Starting')).toBeInTheDocument();
    expect(item('Last transition')).toHaveTextContent('5 minutes ago');
    expect(screen.getByRole('link', { name: 'steps' })).toHaveAttribute(
      'href',
      `${APP}/resources/Dataset/robots/steps?from=now-1h&to=now`
    );
    expect(item('Output')).toHaveTextContent('s3://models/dog');
    expect(item('Trigger threshold')).toHaveTextContent('500');
    expect(screen.getAllByText('Round')[0].closest('div')).toHaveTextContent('Round5');
    expect(screen.getByRole('img', { name: 'Train, Eval, Deploy: Eval is Starting' })).toBeInTheDocument();
  });

  it('links without a time range on a page of another app', async () => {
    mockGrafana({ dataSources: [evaluating()] });
    renderPage(new StatusScene({ ref: { kind: 'LifelongLearningJob', ...dog }, isShort: true }));
    expect(await screen.findByRole('link', { name: 'steps' })).toHaveAttribute(
      'href',
      `${APP}/resources/Dataset/robots/steps`
    );
  });

  it('highlights only the current stage of the job', async () => {
    open(evaluating());
    const picture = await screen.findByRole('img', { name: /Eval is Starting/ });
    const highlighted = [...picture.querySelectorAll('[data-lit="true"]')].map(({ textContent }) => textContent);
    expect(highlighted).toEqual(['Eval']);
  });

  it('sends seven distinct queries and cancels them when the user leaves the tab', async () => {
    const prometheus = evaluating();
    prometheus.failure = 'no answer yet';
    mockGrafana({ dataSources: [prometheus] });
    const { unmount } = renderPage(new StatusScene({ ref: { kind: 'LifelongLearningJob', ...dog } }));
    await waitFor(() => expect(prometheus.requests).toHaveLength(2));
    expect(prometheus.sent).toHaveLength(7);
    expect(new Set(prometheus.sent).size).toBe(7);
    unmount();
    expect(prometheus.cancelled).toBe(2);
  });

  it('shows a job without a condition', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { info: [createSample(dog, now())] };
    open(prometheus);
    expect(await screen.findByText('No condition yet')).toBeInTheDocument();
    expect(item('Last transition')).toHaveTextContent('Not recorded');
    expect(screen.getByRole('img', { name: 'Train, Eval, Deploy: no stage started yet' })).toBeInTheDocument();
  });

  it('shows samples, URL, and last report of a dataset', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = {
      info: [createSample({ ...dog, url: '/data/dog.csv', format: 'csv', node: 'edge-1' }, now())],
      numbers: [createSample({ ...dog, part: 'samples' }, 320)],
      since: [createSample(dog, minutesAgo(60))],
    };
    open(prometheus, 'Dataset');
    expect(await screen.findByText('Samples')).toBeInTheDocument();
    expect(item('Samples')).toHaveTextContent('320');
    expect(item('URL')).toHaveTextContent('/data/dog.csv');
    expect(item('Last report')).toHaveTextContent('an hour ago');
    expect(screen.queryByText('No condition yet')).not.toBeInTheDocument();
    expect(screen.queryByText('Rounds')).not.toBeInTheDocument();
  });

  it('says that an object does not exist', async () => {
    open();
    expect(await screen.findByText('dog not found')).toBeInTheDocument();
    expect(screen.getByText(/Namespace robots has no LifelongLearningJob with this name/)).toBeInTheDocument();
  });

  it.each([
    ['is unreachable', CONNECTION_REFUSED, "Can't reach"],
    ['refuses the query', PERMISSION_DENIED, "You don't have permission to query"],
  ])('shows an error instead of an empty state when Prometheus %s', async (_, failure, words) => {
    const prometheus = fakePrometheus();
    prometheus.failure = failure;
    open(prometheus);
    expect((await screen.findAllByTestId(TEST_IDS.queryError))[0]).toHaveTextContent(words);
    expect(screen.queryByText('dog not found')).not.toBeInTheDocument();
  });

  it('shows that the status is loading', async () => {
    const prometheus = fakePrometheus();
    prometheus.failure = 'no answer yet';
    open(prometheus);
    expect((await screen.findAllByText('Loading...')).length).toBeGreaterThan(0);
  });

  it('shows the other data when an optional query fails and says what is missing', async () => {
    const prometheus = evaluating();
    prometheus.refused = { condition: 'query processing would load too many samples' };
    open(prometheus);
    expect(await screen.findByText('steps')).toBeInTheDocument();
    expect(item('Status')).toHaveTextContent('The query exceeds a limit of Prometheus & co');
    expect(screen.queryByText('No condition yet')).not.toBeInTheDocument();
  });

  it.each(['a/b', '"}{', 'x\\n', '${__user}', 'ö😀'])('shows the whole name of an object named %j', async (name) => {
    open(fakePrometheus(), 'LifelongLearningJob', name);
    expect(await screen.findByText(`${name} not found`)).toBeInTheDocument();
  });
});

describe('staleness', () => {
  it('dims the status while the reporting node is offline', async () => {
    const prometheus = evaluating();
    prometheus.answers.silent = [createSample({ node: 'edge-1' }, 600)];
    open(prometheus);
    expect(await screen.findByText(/edge-1 is offline\. Dimmed data may be outdated/)).toHaveTextContent(
      '10 minutes ago'
    );
    expect(screen.getByText('Eval · Starting').closest('[data-staleness]')).toHaveAttribute(
      'data-staleness',
      'offline'
    );
  });

  it('warns when Prometheus has no newer samples', async () => {
    const prometheus = evaluating();
    prometheus.answers.info = [createSample(dog, minutesAgo(4))];
    open(prometheus);
    expect(await screen.findByText(/^Data is outdated/)).toHaveTextContent('4 minutes ago');
  });

  it('does not dim current data', async () => {
    open(evaluating());
    expect((await screen.findByText('Eval · Starting')).closest('[data-staleness]')).toHaveAttribute(
      'data-staleness',
      'fresh'
    );
  });
});

describe('rounds', () => {
  const table = async () => within(await screen.findByRole('table'));

  it('shows rounds side by side, newest first', async () => {
    open(twoRounds());
    const rows = (await table()).getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows[0]).toMatch(/^RoundRound 5.*Round 4/);
    expect(rows.find((row) => row?.startsWith('Training samples'))).toBe('Training samples640500');
    expect(rows.find((row) => row?.startsWith('Dropped tasks'))).toBe('Dropped tasksNot recordedWinter (f1 0.4)');
    expect(rows.find((row) => row?.startsWith('Evaluation metrics'))).toBe(
      'Evaluation metricsNot recordedNot recorded'
    );
  });

  it('links a stage to its logs', async () => {
    open(twoRounds());
    const [link] = (await table()).getAllByRole<HTMLAnchorElement>('link', { name: /^Completed · / });
    const { pathname, searchParams } = new URL(link.href);
    expect(pathname).toBe(`${APP}/resources/LifelongLearningJob/robots/dog/logs`);
    expect(searchParams.get('stage')).toBe('Train');
    expect(Number(searchParams.get('to'))).toBeGreaterThan(Number(searchParams.get('from')));
  });

  it('shows the changes between the two newest rounds', async () => {
    open(twoRounds());
    const changes = await screen.findByTestId(TEST_IDS.resource.roundChanges);
    expect(changes).toHaveTextContent('Training samples: 500 → 640');
    expect(changes).toHaveTextContent('Train duration: 4 minutes → 3 minutes');
  });

  it('compares the rounds in the URL', async () => {
    const { scene } = open(twoRounds());
    await screen.findByTestId(TEST_IDS.resource.roundChanges);
    const [older] = [Math.round(minutesAgo(50))];
    scene.state.history?.updateFromUrl({ round: String(older), against: String(older) });
    expect(await screen.findByText('No changes in recorded data')).toBeInTheDocument();
    expect(scene.state.history?.getUrlState()).toMatchObject({ round: String(older), against: String(older) });
    await userEvent.click(screen.getByRole('combobox', { name: 'To' }));
  });

  it('says that there are no rounds and that short stages may be missing', async () => {
    open(evaluating());
    expect(await screen.findByText(/No rounds in this time range/)).toBeInTheDocument();
    expect(screen.getByText(/short stages may be missing/)).toBeInTheDocument();
  });

  it('shows the stages of rounds when their numbers fail to load', async () => {
    const prometheus = twoRounds();
    prometheus.refused = { rounds: 'too many samples' };
    open(prometheus);
    expect(
      await screen.findByText("Samples, models, tasks, and metrics of rounds couldn't be loaded")
    ).toBeInTheDocument();
    expect((await table()).getAllByText('Not recorded').length).toBeGreaterThan(5);
  });
});
