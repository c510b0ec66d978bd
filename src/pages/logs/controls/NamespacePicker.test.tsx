import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeLoki, PERMISSION_DENIED, mockGrafana, type Failure } from '../../../test/mockGrafana';
import { renderScene } from '../../../test/render';
import { LogsScene } from '../LogsScene';
import { DEFAULT_SELECTION } from '../selection';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

async function openLogs(values: string[], failure?: Failure) {
  const loki = fakeLoki();
  Object.assign(loki, { values, failure });
  mockGrafana({ dataSources: [loki] });
  const logs = new LogsScene(DEFAULT_SELECTION);
  const { unmount } = renderScene(logs);
  await wait(0);
  return { loki, logs, unmount };
}

it('offers the namespaces that have logs, and fetches no lines before one is selected', async () => {
  const { loki, logs } = await openLogs(['robots', 'default']);
  const [first, second] = ['default', 'robots'].map((name) => screen.getByRole('button', { name }));
  expect(first.compareDocumentPosition(second)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  expect(loki.requests).toEqual([]);
  await userEvent.setup({ advanceTimers: jest.advanceTimersByTime }).click(second);
  await wait(1000);
  expect(logs.getUrlState()).toMatchObject({ namespace: 'robots', pod: [] });
  expect(screen.queryByRole('button', { name: 'robots' })).not.toBeInTheDocument();
  const queries = loki.requests.flatMap((request) => Object.keys(request));
  expect(queries).toEqual(['lines']);
});

it('requests the values of one label', async () => {
  const { loki } = await openLogs(['robots']);
  expect(loki.asked).toEqual([['label/namespace/values', {}]]);
});

it('cancels its request on unmount', async () => {
  const { loki, unmount } = await openLogs([], 'no answer yet');
  expect(loki.cancelled).toBe(0);
  unmount();
  expect(loki.cancelled).toBe(1);
});

it('says that there are no logs, and what to check', async () => {
  await openLogs([]);
  expect(screen.getByText('No logs found')).toBeInTheDocument();
  expect(screen.getByText(/check that the log collector runs/)).toBeInTheDocument();
});

it('shows that it is loading, and later that Loki is slow', async () => {
  await openLogs([], 'no answer yet');
  expect(screen.getByText('Loading...')).toBeInTheDocument();
  await wait(10_000);
  expect(screen.getByText(/Loki & co is slow/)).toBeInTheDocument();
});

it('says that the user lacks permission to query Loki', async () => {
  await openLogs([], PERMISSION_DENIED);
  expect(screen.getByRole('alert', { name: "You don't have permission to query Loki & co" })).toBeInTheDocument();
});

it('says that Loki is unreachable, and recovers without a reload', async () => {
  const { loki } = await openLogs(['robots'], { whole: { status: 502, message: 'Bad Gateway' } });
  expect(screen.getByRole('alert', { name: "Can't reach Loki & co" })).toBeInTheDocument();
  loki.failure = undefined;
  await wait(6000);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'robots' })).toBeInTheDocument();
});
