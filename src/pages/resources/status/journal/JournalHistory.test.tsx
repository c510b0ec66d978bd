import { config } from '@grafana/runtime';
import { SceneDataNode } from '@grafana/scenes';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { of } from 'rxjs';
import { READ_ACTION } from '../../../../kubernetes/grafanaClient';
import { TEST_IDS } from '../../../../ui/testIds';
import { entryOf, journalCondition, rawCondition } from '../../../../sedna/journal/journal.fixture';
import type { JournalEntry } from '../../../../sedna/journal';
import type { KindName } from '../../../../sedna/kinds';
import {
  createSample,
  fakePrometheus,
  mockGrafana,
  seriesFrame,
  type FakeDataSource,
} from '../../../../test/mockGrafana';
import { renderPage } from '../../../../test/render';
import { StatusScene } from '../StatusScene';
import { lokiWithJournal, moveEntries } from '../../../../test/fakeJournal';

const T0 = Date.parse('2026-11-30T05:00:00Z');
const MINUTE = 60_000;
const job = { kind: 'LifelongLearningJob' as KindName, namespace: 'default', name: 'demo' };
const report = (url: string, metrics?: object) => ({ output: { models: [{ url, format: 'pkl', metrics }] } });
const input = (directory: number) => ({ input: { models: [], outputDir: `/output/train/${directory}` } });

const append = (index: number, ...raw: Parameters<typeof rawCondition>) =>
  entryOf('condition', raw[2], { condition: journalCondition(index, ...raw) });

/** A round of ten seconds. */
const round = (index: number, second: number, directory: number, f1: number): JournalEntry[] => [
  append(index, 'Train', 'Waiting', second),
  append(index + 1, 'Train', 'Ready', second + 1, input(directory)),
  append(index + 2, 'Train', 'Running', second + 2),
  append(index + 3, 'Train', 'Completed', second + 4, report(`/output/train/${directory}/index.pkl`)),
  append(index + 4, 'Eval', 'Waiting', second + 4),
  append(index + 5, 'Eval', 'Running', second + 5),
  append(index + 6, 'Eval', 'Completed', second + 7, report(`/output/eval/${directory}/index.pkl`, { f1 })),
  append(index + 7, 'Deploy', 'Waiting', second + 7),
  append(index + 8, 'Deploy', 'Completed', second + 9),
];

const twoRounds = [
  entryOf('created', 0, {}),
  ...round(0, 1, 1, 0.8),
  // The local controller restarted, so that its directories begin again.
  ...round(9, 20, 1, 0.9),
  append(18, 'Train', 'Waiting', 40),
];

/** Opens the tab of an object as if the entries had just happened. */
function open(entries: readonly JournalEntry[], { ref = job, loki }: { ref?: typeof job; loki?: FakeDataSource } = {}) {
  const prometheus = fakePrometheus();
  prometheus.answers = { info: [createSample({ namespace: ref.namespace, name: ref.name }, Date.now() / 1000)] };
  prometheus.frames = {
    condition: [
      seriesFrame({ ...ref, stage: 'Train', condition: 'Waiting' }, [[Date.now() / 1000 - 600, 1]]),
      seriesFrame({ ...ref, stage: 'Eval', condition: 'Running' }, [[Date.now() / 1000 - 300, 1]]),
    ],
  };
  const journal = loki ?? lokiWithJournal(moveEntries(entries, T0, Date.now() - 30 * MINUTE));
  mockGrafana({ dataSources: [prometheus, journal] });
  const scene = new StatusScene({ ref });
  renderPage(scene);
  return { prometheus, loki: journal, history: scene.state.history! };
}

/** Unix time in seconds of a second of the entries, as the URL has it. */
const seconds = (second: number) => String(Math.round((Date.now() - 30 * MINUTE) / 1000 + second));

const roundTable = () => screen.findAllByRole('table').then(([first]) => within(first));
const findOlderButton = () => screen.queryByText('Show older rounds');
const getRowTexts = (table: Awaited<ReturnType<typeof roundTable>>) =>
  table.getAllByRole('row').map(({ textContent }) => textContent ?? '');

describe('history from the journal', () => {
  it('numbers rounds since the job was created, with the directory where it differs', async () => {
    open(twoRounds);
    const rows = getRowTexts(await roundTable());
    expect(rows[0]).toMatch(/^RoundNext round.*Round 2 \(directory 1\).*Round 1/);
    expect(rows.find((row) => row.startsWith('Evaluation metrics'))).toBe(
      'Evaluation metricsNot reached yetf1: 0.9f1: 0.8'
    );
    expect(rows.find((row) => row.startsWith('Train'))).toBe(
      'TrainIn progressCompleted · 4 secondsCompleted · 4 seconds'
    );
    expect(screen.queryByText('Not seen')).not.toBeInTheDocument();
    expect(screen.getByText('From the journal: exact times.')).toBeInTheDocument();
  });

  it('lists every condition and draws every state', async () => {
    const { history } = open(twoRounds);
    const conditions = await screen.findByRole('table', { name: 'Conditions' });
    expect(within(conditions).getAllByRole('row')).toHaveLength(1 + 19);
    const { $data } = history.state.exactPanel!.state;
    const [frame] = $data instanceof SceneDataNode ? $data.state.data.series : [];
    const states = frame.fields.map(({ name, values }) => [name, values.length]);
    // Two conditions of each round share a second with the next stage.
    expect(states).toEqual([
      ['Time', 15],
      ['Stage', 15],
      ['Condition', 15],
    ]);
  });

  it('compares rounds that no scrape has seen', async () => {
    const { history } = open(twoRounds);
    const changes = await screen.findByTestId(TEST_IDS.resource.roundChanges);
    history.updateFromUrl({ round: seconds(20), against: seconds(1) });
    await waitFor(() => expect(changes).toHaveTextContent('f1: 0.8 → 0.9'));
  });

  it('sends at most eight queries, and none for scraped conditions', async () => {
    const { prometheus, loki } = open(twoRounds);
    await roundTable();
    await waitFor(() => expect(prometheus.sent.length).toBe(6));
    expect(prometheus.sent.length + loki.asked.length).toBeLessThanOrEqual(8);
    expect(prometheus.requests.some((request) => 'condition' in request && 'rounds' in request)).toBe(false);
  });

  it('says which report the global manager overwrote, and shows it all the same', async () => {
    const lost = journalCondition(3, 'Train', 'Completed', 4, report('/output/train/1/index.pkl'));
    open([
      ...round(0, 1, 1, 0.8).slice(0, 3),
      entryOf('condition', 4, { condition: lost }),
      entryOf('condition-replaced', 5, { condition: journalCondition(3, 'Train', 'Completed', 5), lost }),
      append(4, 'Eval', 'Waiting', 5),
    ]);
    expect(getRowTexts(await roundTable()).join()).toContain('/output/train/1/index.pkl');
    expect(screen.getByText('The global manager overwrote the report in the object')).toBeInTheDocument();
    expect(screen.getByText('Overwritten by the global manager')).toBeInTheDocument();
  });

  it('finds the state at the start of the time range in lines before it', async () => {
    const { loki } = open(moveEntries([append(12, 'Train', 'Running', 0)], T0, T0 - 300 * MINUTE));
    expect((await roundTable()).getByText('In progress')).toBeInTheDocument();
    expect(loki.asked).toHaveLength(2);
  });
});

describe('objects of one name', () => {
  const again = round(0, 100, 1, 0.5).map((entry): JournalEntry => ({ ...entry, uid: 'uid-2', id: `2${entry.id}` }));
  const both = [...twoRounds, entryOf('deleted', 60, {}), ...again];

  it('are both offered, the newest first', async () => {
    const { history } = open(both);
    expect(getRowTexts(await roundTable()).join()).toContain('f1: 0.5');
    expect(screen.queryByText(/^Deleted at/)).not.toBeInTheDocument();
    history.updateFromUrl({ uid: 'uid-1' });
    expect(await screen.findByText(/^Deleted at/)).toBeInTheDocument();
    expect(getRowTexts(await roundTable()).join()).toContain('f1: 0.9');
    expect(screen.getByText(/An object of the same name was created later/)).toBeInTheDocument();
    history.updateFromUrl({ uid: 'uid-9' });
    expect(await screen.findByText('The selected object has no entries in this time range')).toBeInTheDocument();
  });
});

describe('changes that are no conditions', () => {
  const about = (kind: KindName, entries: JournalEntry[]) => entries.map((entry): JournalEntry => ({ ...entry, kind }));
  const dataset = about('Dataset', [
    entryOf('created', 0, {}),
    entryOf('samples', 10, { after: 100 }),
    entryOf('samples', 20, { before: 100, after: 250 }),
    entryOf('deleted', 30, {}),
  ]);

  it('draw the samples of a dataset at their exact times, and tell that it was deleted', async () => {
    const { history, prometheus } = open(dataset, { ref: { ...job, kind: 'Dataset' } });
    const table = await screen.findByRole('table', { name: 'Changes' });
    expect(within(table).getAllByRole('row')).toHaveLength(1 + 4);
    expect(table).toHaveTextContent('Samples: 100 → 250');
    expect(screen.getByText('From the journal: exact times.')).toBeInTheDocument();
    expect(screen.getByText(/^Deleted at/)).toBeInTheDocument();
    const { $data } = history.state.exactPanel!.state.$data!.state;
    const [frame] = $data instanceof SceneDataNode ? $data.state.data.series : [];
    expect(frame.fields[1].values).toEqual([100, 250, null]);
    expect(prometheus.requests.some((request) => 'samples' in request)).toBe(false);
  });

  it('are all that is known of a model over time', async () => {
    const entries = about('Model', [
      entryOf('created', 0, {}),
      entryOf('changed', 5, { fields: [{ path: 'spec.url', before: '/m/1', after: '/m/2' }] }),
    ]);
    const { history } = open(entries, { ref: { ...job, kind: 'Model' } });
    expect(await screen.findByRole('table', { name: 'Changes' })).toHaveTextContent('spec.url: /m/1 → /m/2');
    expect(screen.queryByText('State over time')).not.toBeInTheDocument();
    expect(history.state.exactPanel).toBeUndefined();
  });

  it('include worker pods of a job', async () => {
    const pod = { name: 'demo-train-a', uid: 'p', worker: 'train' };
    open([...twoRounds, entryOf('pod-started', 3, { pod })]);
    expect(await screen.findByRole('table', { name: 'Changes' })).toHaveTextContent('Pod demo-train-a started');
  });

  it('leave the scraped samples of a dataset where the journal has none', async () => {
    const { prometheus } = open([], { ref: { ...job, kind: 'Dataset' } });
    expect(await screen.findByText(/^From scraped metrics: times are approximate/)).toBeInTheDocument();
    await waitFor(() => expect(prometheus.requests.some((request) => 'samples' in request)).toBe(true));
  });
});

describe('a journal that lacks something', () => {
  it('leaves scraped metrics, and says what is less exact', async () => {
    const { prometheus } = open([]);
    expect(await screen.findByText(/^From scraped metrics: times are approximate/)).toBeInTheDocument();
    expect(getRowTexts(await roundTable())[0]).toMatch(/in this time range/);
    expect(prometheus.sent).toHaveLength(7);
  });

  it('leaves scraped metrics when Loki does not answer, and says so', async () => {
    const loki = lokiWithJournal([]);
    loki.getResource = async () => {
      throw { status: 502, data: { message: 'Bad Gateway' } };
    };
    open([], { loki });
    expect(await screen.findByText("The journal couldn't be loaded")).toBeInTheDocument();
    expect(getRowTexts(await roundTable())[0]).toMatch(/in this time range/);
  });

  it('skips lines that are no entries, and counts them', async () => {
    const now = Date.now() - 20 * MINUTE;
    const [line] = moveEntries([append(0, 'Train', 'Waiting', 1)], T0, now);
    const text = JSON.stringify(line);
    const bad = [
      text.replace('"v":1', '"v":2'),
      text.slice(0, -30),
      `panic: "name":"demo" "kind":"LifelongLearningJob" <img src=x onerror=alert(1)>`,
      text.replace('"index":0', '"index":{"toString":1}'),
    ];
    const loki = lokiWithJournal(
      moveEntries(twoRounds, T0, Date.now() - 30 * MINUTE),
      bad.map((each, place) => [`${now + place}000000`, each])
    );
    open([], { loki });
    expect(await screen.findByText('4 journal lines were skipped')).toBeInTheDocument();
    expect(getRowTexts(await roundTable())[0]).toContain('Round 1');
  });

  it.each(['a"b', '${__user}', 'x\\n', 'ö😀', '<b>'])('finds the entries of an object named %j', async (name) => {
    open(
      twoRounds.map((entry) => ({ ...entry, name })),
      { ref: { ...job, name } }
    );
    expect(getRowTexts(await roundTable())[0]).toContain('Round 1');
  });
});

describe('more entries than a page has', () => {
  it('shows the newest rounds, says so, and loads older ones on demand', async () => {
    const many = Array.from({ length: 130 }, (_, index) => round(index * 9, index * 12, 1, 0.5)).flat();
    const { loki, prometheus } = open(many);
    prometheus.frames.rounds = [
      seriesFrame(
        { __name__: 'sedna_job_condition_transitions_total', ...job, stage: 'Train', condition: 'Waiting' },
        [1, 2, 3].map((minute) => [Date.now() / 1000 - minute * 60, 130])
      ),
    ];
    // The counter of the exporter says how many rounds were before those that are loaded.
    expect(getRowTexts(await roundTable())[0]).toMatch(/^RoundRound 130 \(directory 1\)/);
    expect(screen.getByText(/more entries than are loaded/)).toBeInTheDocument();
    const sent = loki.asked.length;
    for (let clicks = 0; clicks < 5; clicks++) {
      await userEvent.click(findOlderButton()!);
    }
    await waitFor(() => expect(screen.queryByText(/more entries than are loaded/)).not.toBeInTheDocument());
    expect(loki.asked.length).toBeGreaterThan(sent);
    expect(getRowTexts(await roundTable())[0]).toContain('Round 2 (directory 1)');
  });
});

describe('the live object', () => {
  afterEach(() => {
    config.bootData.user.permissions = {};
  });

  it('is preferred, and the journal adds what it lost', async () => {
    const start = Date.now() - 30 * MINUTE;
    const lost = journalCondition(1, 'Train', 'Completed', 4, report('/output/train/1/index.pkl'));
    const journal = [append(0, 'Train', 'Waiting', 1), entryOf('condition', 4, { condition: lost })];
    const live = {
      metadata: { ...job, uid: 'uid-1', creationTimestamp: new Date(start).toISOString() },
      status: { conditions: [rawCondition('Train', 'Waiting', 1), rawCondition('Train', 'Completed', 5)] },
    };
    const [{ live: moved }] = moveEntries([{ live } as never], T0, start) as unknown as [{ live: typeof live }];
    const prometheus = fakePrometheus();
    mockGrafana({
      // The hash is that of the object, which has other times here than the entries were made with.
      dataSources: [prometheus, lokiWithJournal(moveEntries(journal.slice(1), T0, start))],
      settings: { kubernetesUrl: 'https://k' },
      fetch: (() => of({ data: moved })) as never,
    });
    config.bootData.user.permissions = { [READ_ACTION]: true };
    renderPage(new StatusScene({ ref: job }));
    expect(await screen.findByText('From the live object and the journal: exact times.')).toBeInTheDocument();
    expect(await screen.findByText('Conditions (3)')).toBeInTheDocument();
    expect(screen.getByText('Overwritten by the global manager')).toBeInTheDocument();
  });
});
