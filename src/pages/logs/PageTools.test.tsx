import { sceneGraph } from '@grafana/scenes';
import { dateTime } from '@grafana/data';
import { setAppEvents } from '@grafana/runtime';
import { act, fireEvent, screen } from '@testing-library/react';
import { fakeLoki, mockGrafana } from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { LogsScene } from './LogsScene';
import { NOTHING_SELECTED } from './selection';
import { lineLink } from './share';

const told = jest.fn();
const HOUR = 3_600_000;

async function openLogs() {
  mockGrafana({ dataSources: [fakeLoki()] });
  setAppEvents({ publish: told } as never);
  const logs = new LogsScene({ ...NOTHING_SELECTED, namespace: 'robots' });
  renderPage(logs, 'loki');
  await screen.findByRole('button', { name: 'Copy link' });
  return { logs, time: sceneGraph.getTimeRange(logs) };
}
const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await act(async () => {});
};
const address = (query: string) => window.history.replaceState(null, '', `/a/kubeedge-sedna-app/logs?${query}`);
const giveClipboard = (clipboard: unknown) =>
  Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });

beforeEach(() => told.mockClear());
afterEach(() => {
  address('');
  giveClipboard(undefined);
});

describe('the link to the page', () => {
  it('is copied as it is, over the time that is shown now', async () => {
    const writeText = jest.fn().mockResolvedValue(undefined);
    giveClipboard({ writeText });
    address('namespace=robots&include=a%26b&from=now-1h&to=now');
    const { time } = await openLogs();
    await press('Copy link');
    const { searchParams, pathname } = new URL(writeText.mock.calls[0][0]);
    expect(pathname).toBe('/a/kubeedge-sedna-app/logs');
    expect(Object.fromEntries(searchParams)).toEqual({
      namespace: 'robots',
      include: 'a&b',
      from: String(time.state.value.from.valueOf()),
      to: String(time.state.value.to.valueOf()),
    });
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ payload: ['The link is in the clipboard'] }));
  });

  it.each([
    ['is none, as without https', undefined],
    ['refuses', { writeText: () => Promise.reject(new Error('NotAllowedError')) }],
  ])('is shown for copying where the clipboard %s', async (_, clipboard) => {
    giveClipboard(clipboard);
    address('namespace=robots');
    await openLogs();
    await press('Copy link');
    const link = await screen.findByLabelText('Link');
    expect((link as HTMLInputElement).value).toMatch(/\/logs\?namespace=robots&from=\d{13}&to=\d{13}$/);
    expect(told).not.toHaveBeenCalled();
    fireEvent.click(screen.getByLabelText('Close'));
    expect(screen.queryByLabelText('Link')).not.toBeInTheDocument();
  });
});

describe('the link to a line', () => {
  const NOON = Date.UTC(2026, 4, 4, 12);
  const read = (query: string) => {
    address(query);
    const link = lineLink({ timeEpochNs: `${NOON}000001`, uid: 'u1', entry: '', labels: {} } as never);
    return Object.fromEntries(new URL(link).searchParams);
  };

  it('ends with the line, which it marks', () =>
    expect(read('job=dog&from=now-6h&to=now')).toEqual({
      job: 'dog',
      from: String(NOON - HOUR),
      to: String(NOON + 1),
      order: 'newest',
      panelState: '{"logs":{"id":"u1"}}',
    }));

  it.each(['1777880000000', '2026-05-04T01:55:00.000Z'])('begins with the time range where that is %s', (from) =>
    expect(read(`job=dog&from=${from}&to=now`).from).toBe(from)
  );
});

it('jumps to a moment, with a time range as long as before', async () => {
  const { time } = await openLogs();
  act(() =>
    time.setState({ from: 'now-4h', to: 'now', value: { ...time.state.value, from: dateTime().subtract(4, 'h') } })
  );
  const { from, to } = time.state.value;
  const length = to.valueOf() - from.valueOf();
  await press('Jump to time');
  const input = screen.getByTestId('data-testid date-time-input');
  fireEvent.change(input, { target: { value: '2026-05-04 12:00:00' } });
  fireEvent.blur(input);
  await press('Show the lines around it');
  const moment = dateTime('2026-05-04 12:00:00').valueOf();
  expect(new Date(time.state.from).valueOf()).toBe(Math.round(moment - length / 2));
  expect(new Date(time.state.to).valueOf()).toBe(Math.round(moment + length / 2));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('does not jump where the moment is none', async () => {
  const { time } = await openLogs();
  await press('Jump to time');
  const input = screen.getByTestId('data-testid date-time-input');
  fireEvent.change(input, { target: { value: 'high noon' } });
  fireEvent.blur(input);
  await press('Cancel');
  expect(time.state).toMatchObject({ from: 'now-1h', to: 'now' });
});
