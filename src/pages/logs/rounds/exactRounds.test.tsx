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

it('lists and selects rounds of seconds, which no scrape has seen', async () => {
  const prometheus = fakePrometheus();
  prometheus.values = ['default'];
  const loki = lokiWithJournal(moveEntries(ENTRIES, T0, NOW - 3_600_000));
  mockGrafana({ dataSources: [loki, prometheus] });
  const logs = new LogsScene({ ...DEFAULT_SELECTION, namespace: 'default', job: 'demo' });
  renderPage(logs, 'loki');
  await settle();
  await settle();
  await userEvent.setup({ advanceTimers: jest.advanceTimersByTime }).click(screen.getByLabelText('Round'));
  await settle();
  const options = [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);
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
