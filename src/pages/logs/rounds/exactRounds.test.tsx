import { dateTime } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';
import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { JournalEntry } from '../../../sedna/journal';
import { entryOf, journalCondition } from '../../../sedna/journal/journal.fixture';
import { lokiWithJournal, moveEntries } from '../../../test/fakeJournal';
import { fakePrometheus, mockGrafana } from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { LogsScene } from '../LogsScene';
import { DEFAULT_SELECTION } from '../selection';
import { answerForKinds } from './testUtils';

const T0 = Date.parse('2026-11-30T05:00:00Z');
const NOW = Date.UTC(2026, 4, 4, 12);
const PADDING = 5 * 60_000;

beforeEach(() => jest.useFakeTimers({ now: NOW, doNotFake: ['performance'] }));
afterEach(() => jest.useRealTimers());
const settle = () => act(() => jest.advanceTimersByTimeAsync(500));

const append = (index: number, stage: string, type: string, second: number): JournalEntry =>
  entryOf('condition', second, { condition: journalCondition(index, stage, type, second) });

/** Two rounds of four seconds, an hour before now, and one that waits. */
const ENTRIES = [
  ...['Train/Waiting', 'Train/Running', 'Train/Completed', 'Eval/Completed', 'Deploy/Completed'],
  ...['Train/Waiting', 'Train/Running', 'Train/Failed', 'Train/Waiting'],
].map((step, index) => append(index, step.split('/')[0], step.split('/')[1], index));

async function openLogs(entries: readonly JournalEntry[], start: number) {
  const prometheus = fakePrometheus();
  prometheus.values = ['default'];
  answerForKinds(prometheus, ['lifelonglearningjob']);
  const loki = lokiWithJournal(moveEntries(entries, T0, start));
  mockGrafana({ dataSources: [loki, prometheus] });
  const logs = new LogsScene({ ...DEFAULT_SELECTION, namespace: 'default', job: 'demo' });
  renderPage(logs, 'loki');
  await settle();
  await settle();
  return { logs, loki, prometheus };
}

async function openList() {
  await userEvent.setup({ advanceTimers: jest.advanceTimersByTime }).click(screen.getByLabelText('Round'));
  await settle();
  return [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);
}

it('lists and selects rounds of seconds, which no scrape has seen', async () => {
  const { logs, prometheus } = await openLogs(ENTRIES, NOW - 3_600_000);
  const options = await openList();
  expect(options.map((text) => text?.match(/^(Next round|Round \d)/)?.[0])).toEqual([
    'Next round',
    'Round 2',
    'Round 1',
  ]);
  expect(screen.getByText(/^Rounds since .*, with exact times/)).toBeInTheDocument();
  expect(prometheus.requests).toEqual([]);
  await act(async () => {
    fireEvent.click(screen.getByText('Round 1'));
    await jest.advanceTimersByTimeAsync(500);
  });
  const { from } = sceneGraph.getTimeRange(logs).state;
  expect(new Date(from).valueOf()).toBe(NOW - 3_600_000 - PADDING);
  expect(screen.getByLabelText('Round')).toHaveValue('Round 1');
});

describe('a job with more rounds than are loaded', () => {
  const HOUR = 3_600_000;
  /** Every ten minutes for two days, so that a page of the journal has the newest day. */
  const many = Array.from({ length: 288 }, (_, round) =>
    ['Train/Waiting', 'Train/Running', 'Train/Completed', 'Eval/Running', 'Eval/Completed', 'Deploy/Completed'].map(
      (step, index) => append(round * 6 + index, step.split('/')[0], step.split('/')[1], round * 600 + index)
    )
  ).flat();
  const open = async () => {
    const opened = await openLogs(many, NOW - 48 * HOUR);
    const time = sceneGraph.getTimeRange(opened.logs);
    const [from, to] = [NOW - 46 * HOUR, NOW - 45 * HOUR];
    act(() => time.onTimeRangeChange({ ...time.state.value, raw: { from: dateTime(from), to: dateTime(to) } }));
    await settle();
    return opened;
  };

  it('offers those up to the end of the selected time range, too, with one more query', async () => {
    const { loki } = await open();
    const sent = loki.asked.length;
    expect(screen.getByLabelText('Round')).toBeEnabled();
    const options = await openList();
    expect(options[0]).toContain('05-04 11:50 – 11:50');
    expect(screen.getByText(/^All rounds since .*, and those before the end of the selected time range/)).toBeVisible();
    // The newest page, and that of the selected range, which begins with the job.
    expect(loki.asked.length - sent).toBe(2);
    await act(async () => {
      fireEvent.change(screen.getByLabelText('Round'), { target: { value: '05-02' } });
      await jest.advanceTimersByTimeAsync(1000);
    });
    const found = [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);
    expect(found[0]).toMatch(/05-02 15:00 – 15:0\d/);
  });
});
