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
const fact = (name: string) => screen.getByText(name).closest('div');

/** A job that is known since a minute ago and evaluates. */
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

/** Two rounds, the older of which began within the range. */
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

describe('status', () => {
  it('of a job is its stage, condition and since when, with what it works on', async () => {
    open(evaluating());
    expect(await screen.findByText('Eval · Starting')).toBeInTheDocument();
    expect(fact('Since')).toHaveTextContent('5 minutes ago');
    expect(screen.getByRole('link', { name: 'steps' })).toHaveAttribute(
      'href',
      `${APP}/resources/Dataset/robots/steps?from=now-1h&to=now`
    );
    expect(fact('Output')).toHaveTextContent('s3://models/dog');
    expect(fact('Samples that trigger')).toHaveTextContent('500');
    expect(screen.getAllByText('Round')[0].closest('div')).toHaveTextContent('Round5');
    expect(screen.getByRole('img', { name: 'Train, Eval, Deploy: now in Eval, Starting' })).toBeInTheDocument();
  });

  it('within a page of another app leads on without its time range', async () => {
    mockGrafana({ dataSources: [evaluating()] });
    renderPage(new StatusScene({ ref: { kind: 'LifelongLearningJob', ...dog }, isShort: true }));
    expect(await screen.findByRole('link', { name: 'steps' })).toHaveAttribute(
      'href',
      `${APP}/resources/Dataset/robots/steps`
    );
  });

  it('lights the stage that the job is in, and no other', async () => {
    open(evaluating());
    const picture = await screen.findByRole('img', { name: /now in Eval/ });
    const lit = [...picture.querySelectorAll('[data-lit="true"]')].map(({ textContent }) => textContent);
    expect(lit).toEqual(['Eval']);
  });

  it('sends seven queries, none twice, and drops them when it is left', async () => {
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

  it('of a job that has none yet is not left out', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { info: [createSample(dog, now())] };
    open(prometheus);
    expect(await screen.findByText('no condition yet')).toBeInTheDocument();
    expect(fact('Since')).toHaveTextContent('not recorded');
    expect(screen.getByRole('img', { name: 'Train, Eval, Deploy: in none of them yet' })).toBeInTheDocument();
  });

  it('of a dataset is its samples, its address and its last report', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = {
      info: [createSample({ ...dog, url: '/data/dog.csv', format: 'csv', node: 'edge-1' }, now())],
      numbers: [createSample({ ...dog, part: 'samples' }, 320)],
      since: [createSample(dog, minutesAgo(60))],
    };
    open(prometheus, 'Dataset');
    expect(await screen.findByText('Samples')).toBeInTheDocument();
    expect(fact('Samples')).toHaveTextContent('320');
    expect(fact('URL')).toHaveTextContent('/data/dog.csv');
    expect(fact('Last report')).toHaveTextContent('an hour ago');
    expect(screen.queryByText('no condition yet')).not.toBeInTheDocument();
    expect(screen.queryByText('Rounds')).not.toBeInTheDocument();
  });

  it('of an object that is not there says so', async () => {
    open();
    expect(await screen.findByText('dog is not known now')).toBeInTheDocument();
    expect(screen.getByText(/No LifelongLearningJob of this name is in the namespace robots/)).toBeInTheDocument();
  });

  it.each([
    ['is away', CONNECTION_REFUSED, 'does not answer'],
    ['may not be asked', PERMISSION_DENIED, 'You may not query'],
  ])('of a Prometheus that %s is not called unknown', async (_, failure, words) => {
    const prometheus = fakePrometheus();
    prometheus.failure = failure;
    open(prometheus);
    expect((await screen.findAllByTestId('query-error'))[0]).toHaveTextContent(words);
    expect(screen.queryByText('dog is not known now')).not.toBeInTheDocument();
  });

  it('that is awaited says so', async () => {
    const prometheus = fakePrometheus();
    prometheus.failure = 'no answer yet';
    open(prometheus);
    expect((await screen.findAllByText('Loading...')).length).toBeGreaterThan(0);
  });

  it('shows what there is where one query fails, and says what could not be read', async () => {
    const prometheus = evaluating();
    prometheus.refused = { condition: 'query processing would load too many samples' };
    open(prometheus);
    expect(await screen.findByText('steps')).toBeInTheDocument();
    expect(fact('Status')).toHaveTextContent('This is more than Prometheus & co allows');
    expect(screen.queryByText('no condition yet')).not.toBeInTheDocument();
  });

  it.each(['a/b', '"}{', 'x\\n', '${__user}', 'ö😀'])('of an object called %j names it whole', async (name) => {
    open(fakePrometheus(), 'LifelongLearningJob', name);
    expect(await screen.findByText(`${name} is not known now`)).toBeInTheDocument();
  });
});

describe('what is old', () => {
  it('is grey while the node that reports is offline, with since when', async () => {
    const prometheus = evaluating();
    prometheus.answers.silent = [createSample({ node: 'edge-1' }, 600)];
    open(prometheus);
    expect(await screen.findByText(/edge-1 is offline: what it reported is grey/)).toHaveTextContent('10 minutes ago');
    expect(screen.getByText('Eval · Starting').closest('[data-staleness]')).toHaveAttribute(
      'data-staleness',
      'offline'
    );
  });

  it('is grey where Prometheus has no newer samples', async () => {
    const prometheus = evaluating();
    prometheus.answers.info = [createSample(dog, minutesAgo(4))];
    open(prometheus);
    expect(await screen.findByText(/Prometheus has no newer samples/)).toHaveTextContent('4 minutes ago');
  });

  it('is not grey while it is what is now', async () => {
    open(evaluating());
    expect((await screen.findByText('Eval · Starting')).closest('[data-staleness]')).toHaveAttribute(
      'data-staleness',
      'fresh'
    );
  });
});

describe('rounds', () => {
  const table = async () => within(await screen.findByRole('table'));

  it('stand side by side, newest first, with what was recorded of each', async () => {
    open(twoRounds());
    const rows = (await table()).getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows[0]).toMatch(/^RoundRound 5.*Round 4/);
    expect(rows.find((row) => row?.startsWith('Train samples'))).toBe('Train samples640500');
    expect(rows.find((row) => row?.startsWith('Dropped tasks'))).toBe('Dropped tasksnot recordedWinter (f1 0.4)');
    expect(rows.find((row) => row?.startsWith('Evaluation metrics'))).toBe(
      'Evaluation metricsnot recordednot recorded'
    );
  });

  it('lead from a stage to what was logged meanwhile', async () => {
    open(twoRounds());
    const [link] = (await table()).getAllByRole<HTMLAnchorElement>('link', { name: /^Completed · / });
    const { pathname, searchParams } = new URL(link.href);
    expect(pathname).toBe(`${APP}/resources/LifelongLearningJob/robots/dog/logs`);
    expect(searchParams.get('stage')).toBe('Train');
    expect(Number(searchParams.get('to'))).toBeGreaterThan(Number(searchParams.get('from')));
  });

  it('tell what changed between two of them', async () => {
    open(twoRounds());
    const changes = await screen.findByTestId('round-changes');
    expect(changes).toHaveTextContent('Train samples: 500 → 640');
    expect(changes).toHaveTextContent('Duration of Train: 4 minutes → 3 minutes');
  });

  it('are compared as a person chooses, which the URL keeps', async () => {
    const { scene } = open(twoRounds());
    await screen.findByTestId('round-changes');
    const [older] = [Math.round(minutesAgo(50))];
    scene.state.history?.updateFromUrl({ round: String(older), against: String(older) });
    expect(await screen.findByText('Nothing that is recorded of both.')).toBeInTheDocument();
    expect(scene.state.history?.getUrlState()).toEqual({ round: String(older), against: String(older) });
    await userEvent.click(screen.getByRole('combobox', { name: 'To' }));
  });

  it('say that some may be missing, and that there are none', async () => {
    open(evaluating());
    expect(await screen.findByText(/No condition was seen in this time range/)).toBeInTheDocument();
    expect(screen.getByText(/what was over between two scrapes may be missing/)).toBeInTheDocument();
  });

  it('show their stages where their figures could not be read', async () => {
    const prometheus = twoRounds();
    prometheus.refused = { rounds: 'too many samples' };
    open(prometheus);
    expect(await screen.findByText('Samples, models, tasks and metrics of rounds are missing')).toBeInTheDocument();
    expect((await table()).getAllByText('not recorded').length).toBeGreaterThan(5);
  });
});
