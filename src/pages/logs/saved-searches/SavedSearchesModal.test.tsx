import { sceneGraph } from '@grafana/scenes';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { fakeLoki, mockGrafana } from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { LogsScene } from '../LogsScene';
import { DEFAULT_SELECTION, type Selection } from '../selection';

beforeEach(() => window.localStorage.clear());
afterEach(() => jest.restoreAllMocks());

const ROBOTS: Partial<Selection> = { namespace: 'robots', include: ['Traceback'], levels: ['error'] };

async function openLogs(selection: Partial<Selection> = ROBOTS) {
  const loki = fakeLoki();
  mockGrafana({ dataSources: [loki] });
  const logs = new LogsScene({ ...DEFAULT_SELECTION, ...selection });
  const { unmount } = renderPage(logs, 'loki');
  await openModal();
  return { logs, loki, unmount, time: sceneGraph.getTimeRange(logs) };
}
const settle = () => act(async () => {});
async function openModal() {
  fireEvent.click(await screen.findByText('Saved searches'));
  await settle();
}
const press = async (name: string) => {
  fireEvent.click(within(screen.getByRole('dialog')).getByText(name));
  await settle();
};
const pressIcon = async (name: string) => {
  fireEvent.click(screen.getByLabelText(name));
  await settle();
};
async function saveAs(name: string, withRange = false) {
  fireEvent.change(screen.getByLabelText('Save this search as'), { target: { value: name } });
  if (withRange) {
    fireEvent.click(screen.getByLabelText(/^Include time range/));
  }
  await press('Save');
}
const getSavedNames = () =>
  [...screen.getByRole('dialog').querySelectorAll('bdi')].map(({ textContent }) => textContent);

it('saves the current search under a name and opens it again', async () => {
  const { unmount } = await openLogs();
  await saveAs(' tracebacks  of robots ');
  expect(getSavedNames()).toEqual(['tracebacks of robots']);
  unmount();
  const { logs, loki, time } = await openLogs({ namespace: 'other', node: 'edge-1', exclude: ['x'] });
  await waitFor(() => expect(getSavedNames()).toEqual(['tracebacks of robots']));
  const before = time.state.value;
  await press('tracebacks of robots');
  expect(logs.state).toMatchObject({ ...DEFAULT_SELECTION, ...ROBOTS });
  await waitFor(() => expect(loki.requests.at(-1)?.lines).toContain('{namespace="robots", source!~"sedna-journal"}'));
  expect(time.state.value).toBe(before);
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('restores the time range of a search that was saved with it', async () => {
  const { time, loki } = await openLogs();
  act(() => time.setState({ from: 'now-6h', to: 'now' }));
  await saveAs('morning', true);
  expect(screen.getAllByText('Last 6 hours')).not.toEqual([]);
  act(() => time.setState({ from: 'now-5m', to: 'now' }));
  const before = loki.requests.length;
  await press('morning');
  expect(time.state).toMatchObject({ from: 'now-6h', to: 'now' });
  await waitFor(() => expect(loki.requests.length).toBe(before + 1));
});

it('asks for confirmation before it replaces a search', async () => {
  const { logs } = await openLogs();
  await saveAs('a');
  act(() => logs.select({ include: ['other'] }));
  await saveAs('a');
  expect(screen.getByText('"a" already exists')).toBeInTheDocument();
  await press('Cancel');
  await press('a');
  expect(logs.state.include).toEqual(['Traceback']);
  act(() => logs.select({ include: ['other'] }));
  await openModal();
  await saveAs('a');
  await press('Replace');
  expect(getSavedNames()).toEqual(['a']);
  act(() => logs.select({ include: [] }));
  await press('a');
  expect(logs.state.include).toEqual(['other']);
});

it('renames and deletes a search, and asks for confirmation if the new name is taken', async () => {
  await openLogs();
  await saveAs('a');
  await saveAs('b');
  await pressIcon('Rename b');
  fireEvent.change(screen.getByLabelText('New name of b'), { target: { value: 'c' } });
  await press('Rename');
  expect(getSavedNames()).toEqual(['a', 'c']);
  await pressIcon('Rename c');
  fireEvent.change(screen.getByLabelText('New name of c'), { target: { value: 'a' } });
  await press('Rename');
  expect(getSavedNames()).toEqual(['a', 'c']);
  await press('Replace');
  expect(getSavedNames()).toEqual(['a']);
  await pressIcon('Delete a');
  expect(getSavedNames()).toEqual([]);
  expect(screen.getByText('No saved searches yet')).toBeInTheDocument();
});

it.each(['<img src=x onerror="alert(1)">', '{{name}}', '$t(logs.title)', '__proto__'])(
  'shows the name %j without interpreting it',
  async (name) => {
    await openLogs();
    await saveAs(name);
    expect(getSavedNames()).toEqual([name]);
    expect(screen.getByRole('dialog').querySelector('img')).toBeNull();
    expect(screen.getByLabelText(`Delete ${name}`)).toBeInTheDocument();
  }
);

it('rejects an empty name', async () => {
  await openLogs();
  await saveAs('   ');
  expect(getSavedNames()).toEqual([]);
});

it('opens a search on an empty page, where there is nothing to save', async () => {
  const { unmount } = await openLogs();
  await saveAs('a');
  unmount();
  const { logs } = await openLogs({});
  expect(screen.queryByLabelText('Save this search as')).not.toBeInTheDocument();
  await waitFor(() => expect(getSavedNames()).toEqual(['a']));
  await press('a');
  expect(logs.state.namespace).toBe('robots');
});

it('keeps searches until the page is closed if nothing can be stored', async () => {
  await openLogs();
  jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('storage is off');
  });
  await saveAs('a');
  expect(getSavedNames()).toEqual(['a']);
});
