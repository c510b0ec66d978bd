import { sceneUtils } from '@grafana/scenes';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeLoki, mockGrafana, type Failure } from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { LogsScene } from '../LogsScene';
import { DEFAULT_SELECTION } from '../selection';

const FOUND = {
  data: [
    { pattern: 'Loss: <_>', samples: [[1_795_000_000, 1]] },
    {
      pattern: 'MTL Train start <_> : <_>',
      samples: [
        [1_795_000_000, 1],
        [1_795_000_060, 2],
      ],
    },
  ],
};

async function openPatterns({ failure, patterns = FOUND }: { failure?: Failure; patterns?: object } = {}) {
  const loki = fakeLoki();
  Object.assign(loki, { failure, resources: { patterns } });
  mockGrafana({ dataSources: [loki] });
  const logs = new LogsScene(DEFAULT_SELECTION);
  logs.updateFromUrl({ namespace: 'robots', view: 'patterns', include: ['a+b'] });
  renderPage(logs, 'loki');
  await act(async () => {});
  return { loki, logs };
}
const rows = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent)
    );

it('shows patterns with their counts and shares, the most frequent first', async () => {
  const { loki } = await openPatterns();
  await screen.findByText('Loss: <_>');
  expect(rows().map(([count, share, , text]) => [count, share, text])).toEqual([
    ['3', '75.0%', 'MTL Train start <_> : <_>'],
    ['1', '25.0%', 'Loss: <_>'],
  ]);
  expect(loki.asked).toEqual([['patterns', { query: '{namespace="robots", source!~"sedna-journal"}', step: '60s' }]]);
  expect(loki.requests).toEqual([]);
});

it('keeps the sort in the URL', async () => {
  const { logs } = await openPatterns();
  await screen.findByText('Loss: <_>');
  await userEvent.click(screen.getByRole('button', { name: 'Sort column Lines' }));
  expect(rows().map(([count]) => count)).toEqual(['1', '3']);
  expect(sceneUtils.getUrlState(logs)).toMatchObject({ view: 'patterns', sort: 'count' });
});

it('shows the lines of a pattern after a click on Include', async () => {
  const { loki, logs } = await openPatterns();
  await screen.findByText('Loss: <_>');
  await userEvent.click(screen.getAllByRole('button', { name: 'Include' })[1]);
  await act(async () => {});
  expect(logs.getUrlState()).toMatchObject({
    view: null,
    keywords: ['regex'],
    include: ['a\\+b', '(?s-i:^Loss: .+$)'],
  });
  expect(loki.requests.at(-1)?.lines).toContain('(?s-i:^Loss: .+\\u0024)');
});

it('shows the Loki configuration that enables patterns if they are disabled', async () => {
  await openPatterns({ failure: { whole: { status: 404, message: '' } } });
  expect(await screen.findByText('Pattern detection is disabled in Loki')).toBeInTheDocument();
  expect(screen.getByLabelText('Loki configuration')).toHaveTextContent('pattern_ingester: enabled: true');
});

it('shows an error of Loki as such, not as disabled patterns', async () => {
  await openPatterns({ failure: { whole: { status: 502, message: 'Bad Gateway' } } });
  expect(await screen.findByRole('alert', { name: "Can't reach Loki & co" })).toBeInTheDocument();
});

it('says that it found no patterns', async () => {
  await openPatterns({ patterns: { data: [] } });
  expect(await screen.findByText('No patterns found')).toBeInTheDocument();
});
