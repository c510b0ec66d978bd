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
import type { JournalEntry } from '../../../sedna/journal';
import { entryOf, journalCondition } from '../../../sedna/journal/journal.fixture';
import { lokiWithJournal, moveEntries } from '../../../test/fakeJournal';
import { renderPage } from '../../../test/render';
import { DiagnosisScene } from './DiagnosisScene';
import { TEST_IDS } from '../../../ui/testIds';

const dog = { namespace: 'robots', name: 'dog' };
const now = () => Math.floor(Date.now() / 1000);
const row = (fact: string, labels: Record<string, string> = {}, value = 1) =>
  createSample({ ...dog, fact, ...labels }, value);

function open(
  prometheus = fakePrometheus(),
  loki: ReturnType<typeof fakeLoki> | null = fakeLoki(),
  orgRole: 'Admin' | 'Viewer' = 'Admin'
) {
  mockGrafana({ dataSources: loki ? [prometheus, loki] : [prometheus], orgRole });
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

it('shows a finding with its cause, advice, evidence, and a link to the query', async () => {
  open(imageMissing());
  const finding = within(await screen.findByRole('article'));
  expect(finding.getByRole('heading')).toHaveTextContent("Pod dog-train-a can't start: ImagePullBackOff");
  expect(finding.getByText('Likely cause').nextSibling).toHaveTextContent('on node edge-1');
  expect(finding.getByText('What to do').nextSibling).toHaveTextContent('Check the image name');
  const link = finding.getAllByRole<HTMLAnchorElement>('link', { name: 'Show query' })[0];
  const { pathname, searchParams } = new URL(link.href);
  expect(pathname).toBe('/explore');
  const { sedna } = JSON.parse(searchParams.get('panes') ?? '');
  expect(sedna.datasource).toBe('uid-prometheus');
  expect(sedna.queries[0].expr).toContain('name="dog"');
});

it('offers the query to copy if the user may not open Explore', async () => {
  open(imageMissing(), fakeLoki(), 'Viewer');
  const finding = within(await screen.findByRole('article'));
  expect(finding.getAllByRole('button', { name: 'Copy query' })[0]).toBeInTheDocument();
  expect(finding.queryByRole('link', { name: 'Show query' })).not.toBeInTheDocument();
});

it('starts with the verdict, and the samples against the threshold', async () => {
  open(waiting());
  const judgement = await screen.findByTestId('judgement');
  expect(judgement).toHaveAttribute('data-verdict', 'waiting');
  expect(judgement).toHaveTextContent('Waiting for the trigger of the training');
  expect(judgement).toHaveTextContent('Started 10 minutes ago');
  expect(judgement).toHaveTextContent('Some checks were skipped');
});

it('calls a job stuck once its finding has held for long enough', async () => {
  open(imageMissing());
  const judgement = await screen.findByTestId('judgement');
  expect(judgement).toHaveAttribute('data-verdict', 'stuck');
  expect(judgement).toHaveTextContent("Pod dog-train-a can't start: ImagePullBackOff");
});

it('draws no conclusion from log lines that have not arrived', async () => {
  const loki = fakeLoki();
  loki.failure = 'no answer yet';
  open(waiting(), loki);
  expect(await screen.findByText(/^Loading log lines/)).toBeInTheDocument();
  expect(screen.queryByText(/^The log lines start at/)).not.toBeInTheDocument();
});

it('shows identical lines of evidence once, with a count', async () => {
  const loki = fakeLoki();
  const lc = { namespace: 'sedna', pod: 'lc-1', container: 'lc', detected_level: 'info' };
  const text =
    'job(robots/lifelonglearningjob/dog) failed to load dataset, and waiting it: not exists dataset(name=robots/dataset/steps)';
  loki.frames.lines = [linesFrame([130, 70, 10].map((ago) => ({ time: now() - ago, text, labels: lc })))];
  const prometheus = waiting();
  prometheus.answers.object = [
    ...prometheus.answers.object.filter(({ labels }) => !/dataset-(read|updated)/.test(labels.fact)),
    row('leases-known'),
  ];
  open(prometheus, loki);
  const finding = within(await screen.findByRole('article'));
  expect(finding.getByText(/failed to load dataset, and waiting it/, { selector: 'pre' }).textContent).toMatch(
    /^[^\n]+ lc-1 \(×3\) job[^\n]+$/
  );
});

it('sends two queries to Prometheus and two to Loki, and cancels them when the page is left', async () => {
  const [prometheus, loki] = [imageMissing(), fakeLoki()];
  prometheus.failure = 'no answer yet';
  loki.failure = 'no answer yet';
  const { unmount } = open(prometheus, loki);
  await waitFor(() => expect([prometheus.requests.length, loki.requests.length]).toEqual([1, 1]));
  expect(Object.keys(prometheus.requests[0])).toEqual(['object', 'workers']);
  expect(Object.keys(loki.requests[0])).toEqual(['lines']);
  unmount();
  // Of the lines, and of the journal.
  expect([prometheus.cancelled, loki.cancelled]).toEqual([1, 2]);
});

it('reports no problems and lists the skipped checks with their reasons', async () => {
  open(waiting());
  expect(await screen.findByTestId('nothing-found')).toHaveTextContent('No problems found');
  expect(screen.getByTestId('not-judged')).toHaveTextContent(/Missing data: .*node leases/);
});

describe('the history of a job', () => {
  const T0 = Date.parse('2026-11-30T05:00:00Z');
  const append = (index: number, stage: string, type: string, second: number, data?: object): JournalEntry => ({
    ...entryOf('condition', second, { condition: journalCondition(index, stage, type, second, data) }),
    ...dog,
  });
  /** Failed twice within seconds. */
  const STAGES = ['Waiting', 'Running', 'Failed', 'Waiting', 'Running', 'Failed', 'Waiting'];
  const failing = STAGES.map((type, index) => append(index, 'Train', type, index));
  const openWith = (entries: readonly JournalEntry[], prometheus = waiting(), foreign?: Array<[string, string]>) => {
    const loki = lokiWithJournal(moveEntries(entries, T0, Date.now() - 300_000), foreign);
    open(prometheus, loki);
    return loki;
  };

  it('shows failures that no scrape has seen, and says where they come from', async () => {
    openWith(failing);
    await screen.findByText('Conditions and failures are those of the journal.');
    expect(screen.getByTestId('judgement')).toHaveAttribute('data-verdict', 'failed');
    expect(screen.getByTestId('judgement')).toHaveTextContent('2 failures in a row');
  });

  it('takes the condition at the end of the time range, and not one that was lost before', async () => {
    const lost = journalCondition(6, 'Train', 'Waiting', 6);
    const entries = [
      ...failing,
      { ...entryOf('conditions-lost', 7, { before: 7, after: 2, lost: [lost] }), ...dog } as JournalEntry,
      append(2, 'Train', 'Completed', 8, { output: { models: [{ url: '/m/1' }] } }),
      append(3, 'Eval', 'Waiting', 8),
      append(4, 'Eval', 'Running', 900),
    ];
    openWith(entries);
    await screen.findByText('Conditions and failures are those of the journal.');
    expect(screen.getByTestId('judgement')).toHaveTextContent('Eval');
    expect(screen.getByTestId('judgement')).not.toHaveTextContent('failure');
  });

  it('is not used while it lacks the newest condition', async () => {
    const prometheus = waiting();
    prometheus.answers.object = prometheus.answers.object.map((each) =>
      each.labels.fact === 'since' ? row('since', {}, now() - 60) : each
    );
    openWith(failing, prometheus);
    expect(await screen.findByText(/^Conditions and failures are from scraped metrics/)).toBeInTheDocument();
    expect(screen.getByTestId('judgement')).toHaveAttribute('data-verdict', 'waiting');
  });

  it('counts the lines that it skipped', async () => {
    const [line] = moveEntries(failing.slice(0, 1), T0, Date.now() - 200_000);
    const newer = JSON.stringify(line).replace('"v":1', '"v":2');
    openWith(failing, waiting(), [[`${Date.now() - 200_000}000000`, newer]]);
    expect(await screen.findByText('1 journal line was skipped')).toBeInTheDocument();
    expect(screen.getByTestId('judgement')).toHaveAttribute('data-verdict', 'failed');
  });

  it('tells when the job was deleted', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { object: [row('leases-known'), row('source', { source: 'cluster' }, now())] };
    openWith([...failing, { ...entryOf('deleted', 9, {}), ...dog }], prometheus);
    expect(await screen.findByText('LifelongLearningJob dog was deleted')).toBeInTheDocument();
  });
});

describe('an object without samples', () => {
  it('is reported as not found while others are collected', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { object: [row('leases-known'), row('source', { source: 'cluster' }, now())] };
    open(prometheus);
    expect(await screen.findByText('LifelongLearningJob dog not found')).toBeInTheDocument();
    expect(screen.queryByTestId('nothing-found')).not.toBeInTheDocument();
    expect(screen.queryByText(/Last seen/)).not.toBeInTheDocument();
  });

  it('is reported with the time at which it was last seen', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { object: [row('sampled', {}, now() - 3600)] };
    open(prometheus);
    expect((await screen.findByText(/Last seen/)).textContent).toMatch(/hour ago/);
  });

  it('is not called missing while no object is collected at all', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { object: [row('uncollected'), row('sampled', {}, now() - 600)] };
    open(prometheus);
    const finding = within(await screen.findByRole('article'));
    expect(finding.getByRole('heading')).toHaveTextContent("Sedna resources aren't collected");
    expect(screen.queryByText(/LifelongLearningJob dog not found/)).not.toBeInTheDocument();
  });
});

describe('log lines that do not reach back', () => {
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
    const text = (await screen.findByText(/contain no evaluation/)).textContent ?? '';
    return Date.parse(/start at ([-0-9: ]+)/.exec(text)![1]) / 1000;
  };

  it('are reported with the start of the time range', async () =>
    expect(Math.abs((await begin(1)) - (now() - 3600))).toBeLessThan(60));
  it('are reported with a later start when the limit of lines is reached', async () =>
    expect(Math.abs((await begin(1000)) - (now() - 900))).toBeLessThan(60));
});

describe('a job that waits to train', () => {
  const item = async (name: string) =>
    (await screen.findByTestId(TEST_IDS.resource.trainingChecklist)).querySelector(`[data-item="${name}"]`);

  it('compares its samples with its trigger', async () => {
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
    expect(await item('samples')).toHaveTextContent('120 unused training samples. Training starts at > 500.');
    expect(await item('window')).toHaveAttribute('data-state', 'ok');
    expect(await item('dataset')).toHaveTextContent('Dataset steps is loaded (320 samples, a minute ago)');
    expect(await item('local-controller')).toHaveTextContent('Local controller of edge-1 is connected');
    expect(await item('trigger')).toHaveAttribute('data-state', 'ok');
  });

  it('shows the samples as unknown without logs', async () => {
    open(waiting(), null);
    expect(await item('samples')).toHaveAttribute('data-state', 'unknown');
    expect(screen.getByText('Logs are not included')).toBeInTheDocument();
  });
});

it('shows no checklist in any other condition', async () => {
  open(imageMissing());
  await screen.findByRole('article');
  expect(screen.queryByTestId(TEST_IDS.resource.trainingChecklist)).not.toBeInTheDocument();
});

it('uses metrics only while Loki is unreachable, and tells the user', async () => {
  const loki = fakeLoki();
  loki.failure = CONNECTION_REFUSED;
  open(imageMissing(), loki);
  expect(await screen.findByRole('heading', { name: /Pod dog-train-a can't start/ })).toBeInTheDocument();
  expect(screen.getByText("Can't reach Loki & co")).toBeInTheDocument();
  expect(screen.getByTestId('not-judged')).toHaveTextContent('log lines (Loki)');
});

it('tells the user that worker pods are missing, and finds nothing about them', async () => {
  const prometheus = imageMissing();
  prometheus.refused = { workers: 'too many samples' };
  open(prometheus);
  expect(await screen.findByText("Worker pods couldn't be loaded")).toBeInTheDocument();
  expect(screen.queryByText(/Pod dog-train-a can't start/)).not.toBeInTheDocument();
  expect(screen.getByTestId('not-judged')).toHaveTextContent('worker pods');
});

it.each([
  ['is unreachable', CONNECTION_REFUSED, "Can't reach"],
  ['refuses permission', PERMISSION_DENIED, "You don't have permission to query"],
])('shows an error and not an empty result when Prometheus %s', async (_, failure, words) => {
  const prometheus = fakePrometheus();
  prometheus.failure = failure;
  open(prometheus);
  expect(await screen.findByTestId(TEST_IDS.queryError)).toHaveTextContent(words);
  expect(screen.queryByTestId(TEST_IDS.resource.noFindings)).not.toBeInTheDocument();
});
