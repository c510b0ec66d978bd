import { screen, waitFor, within } from '@testing-library/react';
import {
  CONNECTION_REFUSED,
  fakeLoki,
  fakePrometheus,
  linesFrame,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
} from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { DiagnosisScene } from './DiagnosisScene';
import { TEST_IDS } from '../../../ui/testIds';

const dog = { namespace: 'robots', name: 'dog' };
const now = () => Math.floor(Date.now() / 1000);
const row = (fact: string, labels: Record<string, string> = {}, value = 1) =>
  createSample({ ...dog, fact, ...labels }, value);

function open(prometheus = fakePrometheus(), loki: ReturnType<typeof fakeLoki> | null = fakeLoki()) {
  mockGrafana({ dataSources: loki ? [prometheus, loki] : [prometheus] });
  return renderPage(new DiagnosisScene({ ref: { kind: 'LifelongLearningJob', ...dog } }));
}

/** A job whose pod cannot pull its image since ten minutes. */
function imageMissing() {
  const prometheus = fakePrometheus();
  prometheus.answers = {
    object: [
      row('condition', { stage: 'Train', condition: 'Starting' }),
      row('since', {}, now() - 600),
      row('sampled', {}, now() - 5),
      row('leases-known', {}),
    ],
    workers: [
      row('pods-known'),
      row('worker-phase', { pod: 'dog-train-a', worker_type: 'train', node: 'edge-1', phase: 'Pending' }),
      row('worker-waiting', { pod: 'dog-train-a', reason: 'ImagePullBackOff' }),
    ],
  };
  return prometheus;
}

/** A job that waits to train: its trigger wants more than 500 samples. */
function waiting() {
  const prometheus = fakePrometheus();
  prometheus.answers = {
    object: [
      row('condition', { stage: 'Train', condition: 'Waiting' }),
      row('since', {}, now() - 600),
      row('sampled', {}, now() - 5),
      row('trigger', { operator: '>', metric: 'num_of_samples', window_start: '00:00', window_end: '24:00' }),
      row('threshold', {}, 500),
      row('dataset', { name: 'steps', node: 'edge-1', format: 'csv' }),
      row('dataset-samples', { name: 'steps' }, 320),
      row('dataset-updated', { name: 'steps' }, now() - 60),
      row('dataset-read', { name: 'steps' }, 1),
      row('local-controller-connected', { node: 'edge-1' }, 1),
    ],
    workers: [row('pods-known')],
  };
  return prometheus;
}

it('shows a finding with its cause, what to do, its evidence and the query behind it', async () => {
  open(imageMissing());
  const finding = within(await screen.findByRole('article'));
  expect(finding.getByRole('heading')).toHaveTextContent('The pod dog-train-a does not start: ImagePullBackOff');
  expect(finding.getByText('Likely cause').nextSibling).toHaveTextContent('on the node edge-1');
  expect(finding.getByText('What to do').nextSibling).toHaveTextContent('Check the name of the image');
  const link = finding.getAllByRole<HTMLAnchorElement>('link', { name: 'Show the query' })[0];
  const { pathname, searchParams } = new URL(link.href);
  expect(pathname).toBe('/explore');
  const { sedna } = JSON.parse(searchParams.get('panes') ?? '');
  expect(sedna.datasource).toBe('uid-prometheus');
  expect(sedna.queries[0].expr).toContain('name="dog"');
});

it('asks two queries of Prometheus and one of Loki, and drops them when it is left', async () => {
  const [prometheus, loki] = [imageMissing(), fakeLoki()];
  prometheus.failure = 'no answer yet';
  loki.failure = 'no answer yet';
  const { unmount } = open(prometheus, loki);
  await waitFor(() => expect([prometheus.requests.length, loki.requests.length]).toEqual([1, 1]));
  expect(Object.keys(prometheus.requests[0])).toEqual(['object', 'workers']);
  expect(Object.keys(loki.requests[0])).toEqual(['lines']);
  unmount();
  expect([prometheus.cancelled, loki.cancelled]).toEqual([1, 1]);
});

it('says that it found nothing, and what could not be judged and why', async () => {
  open(waiting());
  expect(await screen.findByTestId(TEST_IDS.resource.noFindings)).toHaveTextContent('Nothing found');
  expect(screen.getByTestId(TEST_IDS.resource.skippedRules)).toHaveTextContent(/needs .*the leases of nodes/);
});

describe('an object without samples', () => {
  it('is not there, where others are collected, and nothing is judged', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { object: [row('leases-known'), row('source', { source: 'cluster' }, now())] };
    open(prometheus);
    expect(await screen.findByText('There is no LifelongLearningJob dog now')).toBeInTheDocument();
    expect(screen.queryByTestId(TEST_IDS.resource.noFindings)).not.toBeInTheDocument();
    expect(screen.queryByText('It was last seen:')).not.toBeInTheDocument();
  });

  it('was last seen at some time', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { object: [row('sampled', {}, now() - 3600)] };
    open(prometheus);
    expect((await screen.findByText(/It was last seen:/)).textContent).toMatch(/hour ago/);
  });

  it('may be there, where none is collected at all: that is what is told', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { object: [row('uncollected'), row('sampled', {}, now() - 600)] };
    open(prometheus);
    const finding = within(await screen.findByRole('article'));
    expect(finding.getByRole('heading')).toHaveTextContent('No object of Sedna is collected now');
    expect(screen.queryByText(/There is no LifelongLearningJob/)).not.toBeInTheDocument();
  });
});

describe('lines that do not reach back', () => {
  const gm = { namespace: 'sedna', pod: 'gm-1', container: 'gm', detected_level: 'info' };
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      time: now() - 900 + index / 10,
      text: 'established connection for node edge-9',
      labels: gm,
    }));
  const begin = async (count: number) => {
    const loki = fakeLoki();
    loki.frames.lines = [linesFrame(lines(count))];
    open(imageMissing(), loki);
    const text = (await screen.findByText(/the newest evaluation is not in the lines/)).textContent ?? '';
    return Date.parse(/begin at ([-0-9: ]+)/.exec(text)![1]) / 1000;
  };

  it('tell how far they reach: as far as the time range', async () =>
    expect(Math.abs((await begin(1)) - (now() - 3600))).toBeLessThan(60));
  it('tell how far they reach: less far where there are more than are asked for', async () =>
    expect(Math.abs((await begin(1000)) - (now() - 900))).toBeLessThan(60));
});

describe('a job that waits to train', () => {
  const item = async (name: string) =>
    (await screen.findByTestId(TEST_IDS.resource.trainingChecklist)).querySelector(`[data-item="${name}"]`);

  it('has its samples held against its trigger', async () => {
    const loki = fakeLoki();
    const lc = { namespace: 'sedna', pod: 'lc-edge-1', container: 'lc', detected_level: 'info' };
    loki.frames.lines = [
      linesFrame([
        {
          time: now() - 300,
          text: "job(robots/lifelonglearningjob/dog)'s current train samples nums is 120",
          labels: lc,
        },
        { time: now() - 900, text: 'job(name=robots/lifelonglearningjob/dog) complete the Training phase', labels: lc },
      ]),
    ];
    open(waiting(), loki);
    await waitFor(async () => expect(await item('samples')).toHaveAttribute('data-state', 'not-ok'));
    expect(await item('samples')).toHaveTextContent('Unused training samples: 120; training starts at > 500');
    expect(await item('window')).toHaveAttribute('data-state', 'ok');
    expect(await item('dataset')).toHaveTextContent('The dataset steps is read: 320 samples, reported a minute ago');
    expect(await item('local-controller')).toHaveTextContent('The local controller of edge-1 is connected');
    expect(await item('trigger')).toHaveAttribute('data-state', 'ok');
  });

  it('claims nothing about samples without logs', async () => {
    open(waiting(), null);
    expect(await item('samples')).toHaveAttribute('data-state', 'unknown');
    expect(screen.getByText('No logs are looked at')).toBeInTheDocument();
  });
});

it('has no checklist in any other state', async () => {
  open(imageMissing());
  await screen.findByRole('article');
  expect(screen.queryByTestId(TEST_IDS.resource.trainingChecklist)).not.toBeInTheDocument();
});

it('goes by metrics alone while Loki is away, and says so', async () => {
  const loki = fakeLoki();
  loki.failure = CONNECTION_REFUSED;
  open(imageMissing(), loki);
  expect(await screen.findByText(/The pod dog-train-a does not start/)).toBeInTheDocument();
  expect(screen.getByText("Can't reach Loki & co")).toBeInTheDocument();
  expect(screen.getByTestId(TEST_IDS.resource.skippedRules)).toHaveTextContent('the logs (Loki)');
});

it('says that the pods could not be read, and finds nothing by them', async () => {
  const prometheus = imageMissing();
  prometheus.refused = { workers: 'too many samples' };
  open(prometheus);
  expect(await screen.findByText('The worker pods could not be read')).toBeInTheDocument();
  expect(screen.queryByText(/The pod dog-train-a does not start/)).not.toBeInTheDocument();
  expect(screen.getByTestId(TEST_IDS.resource.skippedRules)).toHaveTextContent('the worker pods');
});

it.each([
  ['is away', CONNECTION_REFUSED, "Can't reach"],
  ['may not be asked', PERMISSION_DENIED, "You don't have permission to query"],
])('of a Prometheus that %s does not call nothing found', async (_, failure, words) => {
  const prometheus = fakePrometheus();
  prometheus.failure = failure;
  open(prometheus);
  expect(await screen.findByTestId(TEST_IDS.queryError)).toHaveTextContent(words);
  expect(screen.queryByTestId(TEST_IDS.resource.noFindings)).not.toBeInTheDocument();
});
