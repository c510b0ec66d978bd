import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { openKnowledgeBase } from '../testUtils';
import { TEST_IDS } from '../../../ui/testIds';

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
