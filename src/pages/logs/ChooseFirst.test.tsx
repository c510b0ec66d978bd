import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeLoki, PERMISSION_DENIED, mockGrafana, type Failure } from '../../test/mockGrafana';
import { renderScene } from '../../test/render';
import { LogsScene } from './LogsScene';
import { NOTHING_SELECTED } from './selection';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const wait = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

async function openLogs(values: string[], failure?: Failure) {
  const loki = fakeLoki();
  Object.assign(loki, { values, failure });
  mockGrafana({ dataSources: [loki] });
  const logs = new LogsScene(NOTHING_SELECTED);
  const { unmount } = renderScene(logs);
  await wait(0);
  return { loki, logs, unmount };
}

it('offers the namespaces that have logs, and asks for no line before one is chosen', async () => {
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

it('asks Loki for the values of one label', async () => {
  const { loki } = await openLogs(['robots']);
  expect(loki.asked).toEqual([['label/namespace/values', {}]]);
});

it('drops its look-up when it is left', async () => {
  const { loki, unmount } = await openLogs([], 'no answer yet');
  expect(loki.cancelled).toBe(0);
  unmount();
  expect(loki.cancelled).toBe(1);
});

it('says that there are no logs, and what that may be', async () => {
  await openLogs([]);
  expect(screen.getByText('No logs in this time range')).toBeInTheDocument();
  expect(screen.getByText(/see whether the log collector runs/)).toBeInTheDocument();
});

it('waits for the answer', async () => {
  await openLogs([], 'no answer yet');
  expect(screen.getByText('Loading...')).toBeInTheDocument();
  await wait(10_000);
  expect(screen.getByText(/Loki & co takes long to answer/)).toBeInTheDocument();
});

it('says that it may not ask', async () => {
  await openLogs([], PERMISSION_DENIED);
  expect(screen.getByRole('alert', { name: 'You may not query Loki & co' })).toBeInTheDocument();
});

it('says that Loki is away, and recovers by itself', async () => {
  const { loki } = await openLogs(['robots'], { whole: { status: 502, message: 'Bad Gateway' } });
  expect(screen.getByRole('alert', { name: 'Loki & co does not answer' })).toBeInTheDocument();
  loki.failure = undefined;
  await wait(6000);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'robots' })).toBeInTheDocument();
});
