import { sceneGraph } from '@grafana/scenes';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { fakeLoki, mockGrafana } from '../../test/mockGrafana';
import { renderPage } from '../../test/render';
import { LogsScene } from './LogsScene';
import { NOTHING_SELECTED, type Selection } from './selection';

beforeEach(() => window.localStorage.clear());
afterEach(() => jest.restoreAllMocks());

const ROBOTS: Partial<Selection> = { namespace: 'robots', include: ['Traceback'], levels: ['error'] };

async function openLogs(selection: Partial<Selection> = ROBOTS) {
  const loki = fakeLoki();
  mockGrafana({ dataSources: [loki] });
  const logs = new LogsScene({ ...NOTHING_SELECTED, ...selection });
  const { unmount } = renderPage(logs, 'loki');
  await openMenu();
  return { logs, loki, unmount, time: sceneGraph.getTimeRange(logs) };
}
const settle = () => act(async () => {});
async function openMenu() {
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
    fireEvent.click(screen.getByLabelText(/^With its time range/));
  }
  await press('Save');
}
const saved = () => [...screen.getByRole('dialog').querySelectorAll('bdi')].map(({ textContent }) => textContent);

it('saves what is searched for under a name, and searches for it again', async () => {
  const { unmount } = await openLogs();
  await saveAs(' tracebacks  of robots ');
  expect(saved()).toEqual(['tracebacks of robots']);
  unmount();
  const { logs, loki, time } = await openLogs({ namespace: 'other', node: 'edge-1', exclude: ['x'] });
  await waitFor(() => expect(saved()).toEqual(['tracebacks of robots']));
  const before = time.state.value;
  await press('tracebacks of robots');
  expect(logs.state).toMatchObject({ ...NOTHING_SELECTED, ...ROBOTS });
  await waitFor(() => expect(loki.requests.at(-1)?.lines).toContain('{namespace="robots"}'));
  expect(time.state.value).toBe(before);
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('comes with its time range where that is wanted', async () => {
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

it('asks before it replaces another one', async () => {
  const { logs } = await openLogs();
  await saveAs('a');
  act(() => logs.select({ include: ['other'] }));
  await saveAs('a');
  expect(screen.getByText('"a" is there already')).toBeInTheDocument();
  await press('Keep it');
  await press('a');
  expect(logs.state.include).toEqual(['Traceback']);
  act(() => logs.select({ include: ['other'] }));
  await openMenu();
  await saveAs('a');
  await press('Replace it');
  expect(saved()).toEqual(['a']);
  act(() => logs.select({ include: [] }));
  await press('a');
  expect(logs.state.include).toEqual(['other']);
});

it('renames, with a question where the name is taken, and deletes', async () => {
  await openLogs();
  await saveAs('a');
  await saveAs('b');
  await pressIcon('Rename b');
  fireEvent.change(screen.getByLabelText('New name of b'), { target: { value: 'c' } });
  await press('Rename');
  expect(saved()).toEqual(['a', 'c']);
  await pressIcon('Rename c');
  fireEvent.change(screen.getByLabelText('New name of c'), { target: { value: 'a' } });
  await press('Rename');
  expect(saved()).toEqual(['a', 'c']);
  await press('Replace it');
  expect(saved()).toEqual(['a']);
  await pressIcon('Delete a');
  expect(saved()).toEqual([]);
  expect(screen.getByText('Nothing is saved yet.')).toBeInTheDocument();
});

it.each(['<img src=x onerror="alert(1)">', '{{name}}', '$t(logs.title)', '__proto__'])(
  'shows the name %j as it is',
  async (name) => {
    await openLogs();
    await saveAs(name);
    expect(saved()).toEqual([name]);
    expect(screen.getByRole('dialog').querySelector('img')).toBeNull();
    expect(screen.getByLabelText(`Delete ${name}`)).toBeInTheDocument();
  }
);

it('takes no empty name', async () => {
  await openLogs();
  await saveAs('   ');
  expect(saved()).toEqual([]);
});

it('opens a search before anything is chosen, and has nothing to save then', async () => {
  const { unmount } = await openLogs();
  await saveAs('a');
  unmount();
  const { logs } = await openLogs({});
  expect(screen.queryByLabelText('Save this search as')).not.toBeInTheDocument();
  await waitFor(() => expect(saved()).toEqual(['a']));
  await press('a');
  expect(logs.state.namespace).toBe('robots');
});

it('works for as long as the page is open where nothing can be kept', async () => {
  await openLogs();
  jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('storage is off');
  });
  await saveAs('a');
  expect(saved()).toEqual(['a']);
});
