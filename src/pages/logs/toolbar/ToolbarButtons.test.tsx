import { sceneGraph } from '@grafana/scenes';
import { dateTime } from '@grafana/data';
import { setAppEvents } from '@grafana/runtime';
import { act, fireEvent, screen } from '@testing-library/react';
import { fakeLoki, mockGrafana } from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { LogsScene } from '../LogsScene';
import { DEFAULT_SELECTION } from '../selection';
import { buildLineLink } from './shareLinks';

const publish = jest.fn();
const HOUR = 3_600_000;

async function openLogs() {
  mockGrafana({ dataSources: [fakeLoki()] });
  setAppEvents({ publish } as never);
  const logs = new LogsScene({ ...DEFAULT_SELECTION, namespace: 'robots' });
  renderPage(logs, 'loki');
  await screen.findByRole('button', { name: 'Copy link' });
  return { logs, time: sceneGraph.getTimeRange(logs) };
}
const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await act(async () => {});
};
const setUrl = (query: string) => window.history.replaceState(null, '', `/a/kubeedge-sedna-app/logs?${query}`);
const setClipboard = (clipboard: unknown) =>
  Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });

beforeEach(() => publish.mockClear());
afterEach(() => {
  setUrl('');
  setClipboard(undefined);
});

describe('link to the page', () => {
  it('is copied with an absolute time range', async () => {
    const writeText = jest.fn().mockResolvedValue(undefined);
    setClipboard({ writeText });
    setUrl('namespace=robots&include=a%26b&from=now-1h&to=now');
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
    expect(publish).toHaveBeenCalledWith(expect.objectContaining({ payload: ['Link copied to clipboard'] }));
  });

  it.each([
    ['is missing, as without HTTPS', undefined],
    ['denies access', { writeText: () => Promise.reject(new Error('NotAllowedError')) }],
  ])('is shown to be copied by hand if the clipboard %s', async (_, clipboard) => {
    setClipboard(clipboard);
    setUrl('namespace=robots');
    await openLogs();
    await press('Copy link');
    const link = await screen.findByLabelText('Link');
    expect((link as HTMLInputElement).value).toMatch(/\/logs\?namespace=robots&from=\d{13}&to=\d{13}$/);
    expect(publish).not.toHaveBeenCalled();
    fireEvent.click(screen.getByLabelText('Close'));
    expect(screen.queryByLabelText('Link')).not.toBeInTheDocument();
  });
});

describe('buildLineLink', () => {
  const NOON = Date.UTC(2026, 4, 4, 12);
  const getLinkParams = (query: string) => {
    setUrl(query);
    const link = buildLineLink({ timeEpochNs: `${NOON}000001`, uid: 'u1', entry: '', labels: {} } as never);
    return Object.fromEntries(new URL(link).searchParams);
  };

  it('ends the time range with the line and highlights it', () =>
    expect(getLinkParams('job=dog&from=now-6h&to=now')).toEqual({
      job: 'dog',
      from: String(NOON - HOUR),
      to: String(NOON + 1),
      order: 'newest',
      panelState: '{"logs":{"id":"u1"}}',
    }));

  it.each(['1777880000000', '2026-05-04T01:55:00.000Z'])('keeps the absolute start %s of the time range', (from) =>
    expect(getLinkParams(`job=dog&from=${from}&to=now`).from).toBe(from)
  );
});

it('centers the time range on the selected time and keeps its length', async () => {
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
  await press('Show lines');
  const moment = dateTime('2026-05-04 12:00:00').valueOf();
  expect(new Date(time.state.from).valueOf()).toBe(Math.round(moment - length / 2));
  expect(new Date(time.state.to).valueOf()).toBe(Math.round(moment + length / 2));
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('keeps the time range if the time is not valid', async () => {
  const { time } = await openLogs();
  await press('Jump to time');
  const input = screen.getByTestId('data-testid date-time-input');
  fireEvent.change(input, { target: { value: 'high noon' } });
  fireEvent.blur(input);
  await press('Cancel');
  expect(time.state).toMatchObject({ from: 'now-1h', to: 'now' });
});
