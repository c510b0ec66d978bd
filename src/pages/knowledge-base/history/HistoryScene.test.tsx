import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { JournalEntry } from '../../../sedna/journal';
import { entryOf } from '../../../sedna/journal/journal.fixture';
import { lokiWithJournal, moveEntries } from '../../../test/fakeJournal';
import { openKnowledgeBase } from '../testUtils';
import { TEST_IDS } from '../../../ui/testIds';

/** Ten minutes ago. */
const START = Date.now() - 600_000;
const change = (second: number, key: string, body: object): JournalEntry => ({
  ...entryOf('knowledge-base', second, { item: 'samples', key, change: 'changed', ...body }),
  kind: 'KnowledgeBase',
  namespace: 'sedna',
  name: 'kb',
  uid: undefined,
});
const CHANGES = moveEntries(
  [
    change(0, 'Winter_4.0', { before: { samples: 10 }, after: { samples: 20 } }),
    change(1, 'Autumn_1.0', { change: 'removed', before: { samples: 7 } }),
  ],
  Date.UTC(2026, 10, 30, 5),
  START
);

describe('changes in the journal', () => {
  it('are listed with their values, and follow the search', async () => {
    await openKnowledgeBase({ url: { tab: 'history' }, loki: lokiWithJournal(CHANGES) });
    const table = await screen.findByRole('table', { name: 'Changes' });
    expect(within(table).getAllByRole('row')).toHaveLength(3);
    expect(table).toHaveTextContent('Samples of task Winter_4.0 changedsamples: 10 → 20');
    await userEvent.type(screen.getByLabelText('Task'), 'autumn');
    await waitFor(() => expect(within(table).getAllByRole('row')).toHaveLength(2));
    expect(table).toHaveTextContent('Samples of task Autumn_1.0 removed');
  });

  it('leave out lines that are no entries, and count them', async () => {
    const [line] = CHANGES;
    const loki = lokiWithJournal(CHANGES, [
      [`${START + 5000}000000`, JSON.stringify(line).replace('"v":1', '"v":2')],
      [`${START + 6000}000000`, JSON.stringify(line).slice(0, -20)],
    ]);
    await openKnowledgeBase({ url: { tab: 'history' }, loki });
    expect(await screen.findByText('2 journal lines were skipped')).toBeInTheDocument();
    expect(within(screen.getByRole('table', { name: 'Changes' })).getAllByRole('row')).toHaveLength(3);
  });

  it('leave the graphs when Loki does not answer, or is missing', async () => {
    const loki = lokiWithJournal([]);
    loki.getResource = async () => {
      throw { status: 502, data: { message: 'Bad Gateway' } };
    };
    const { unmount } = await openKnowledgeBase({ url: { tab: 'history' }, loki });
    expect(await screen.findByText("The journal couldn't be loaded")).toBeInTheDocument();
    expect(screen.getByTestId(TEST_IDS.knowledgeBase.history)).toBeInTheDocument();
    unmount();
    await openKnowledgeBase({ url: { tab: 'history' } });
    expect(await screen.findByText(/which needs a Loki data source/)).toBeInTheDocument();
  });
});

describe('HistoryScene', () => {
  it('draws five panels and queries for the search once typing pauses', async () => {
    const { prometheus, page } = await openKnowledgeBase({ url: { tab: 'history' } });
    expect(page.state.history.state.panels.map(({ state }) => state.title)).toEqual([
      'Scores by task',
      'Dropped tasks by job',
      'Samples in last round by task',
      'New training samples by job',
      'Unseen samples by job',
    ]);
    expect(page.state.history.state.panels[0].state.fieldConfig.defaults.custom).toMatchObject({
      showPoints: 'always',
      spanNulls: true,
    });
    const requestCount = prometheus.requests.length;
    await userEvent.type(screen.getByLabelText('Task'), 'a"}');
    await waitFor(() => expect(prometheus.requests).toHaveLength(requestCount + 1));
    expect(prometheus.requests.at(-1)?.scores).toContain('task=~"(?i).*a\\"\\\\}.*"');
  });

  it('explains that unseen samples are random by default', async () => {
    await openKnowledgeBase({ url: { tab: 'history' } });
    expect(await screen.findByText(/Sedna marks samples as unseen at random/)).toBeInTheDocument();
  });

  it('shows the other panels when one fails', async () => {
    await openKnowledgeBase({ url: { tab: 'history' }, change: { refused: { scores: 'too many samples' } } });
    expect(await screen.findByRole('alert', { name: 'Scores by task' })).toBeInTheDocument();
    expect(screen.queryByTestId(TEST_IDS.queryError)).not.toBeInTheDocument();
    expect(screen.getByText(/^From the logs of the local controller/)).toBeInTheDocument();
  });
});
