import React from 'react';
import type { PluginMeta } from '@grafana/data';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { of, throwError } from 'rxjs';
import { PluginContext } from '../../app/PluginContext';
import type { Settings } from '../../app/settings';
import { reloadPage } from '../../app/updateSettings';
import { fakeLoki, fakePrometheus, startGrafana, type FakeDataSource } from '../../test/grafana';
import { renderInApp } from '../../test/render';
import { ConfigurationScene } from './ConfigurationScene';

jest.mock('../../app/updateSettings', () => ({
  ...jest.requireActual('../../app/updateSettings'),
  // jsdom has no page to load anew.
  reloadPage: jest.fn(),
}));

const META = { id: 'kubeedge-sedna-app', enabled: true, pinned: true, jsonData: { lokiUid: 'uid-loki', theirs: 1 } };
const fetch = jest.fn();
const reload = jest.mocked(reloadPage);

beforeEach(() => {
  fetch.mockReset().mockReturnValue(of({ data: {} }));
  reload.mockClear();
});

function open(dataSources: FakeDataSource[], settings: Settings = {}, meta: unknown = META) {
  startGrafana({ dataSources, settings, fetch });
  const scene = new ConfigurationScene({});
  renderInApp(
    <PluginContext.Provider value={meta as PluginMeta}>
      <scene.Component model={scene} />
    </PluginContext.Provider>
  );
}
const field = (role: 'prometheus' | 'loki') => within(screen.getByTestId(`configuration-${role}`));
const save = () => screen.getByRole('button', { name: 'Save' });

async function choose(label: 'Prometheus' | 'Loki', name: string) {
  await userEvent.click(screen.getByLabelText(new RegExp(`^${label}`)));
  await userEvent.click(await screen.findByRole('option', { name }));
}

const main = () => fakePrometheus({ uid: 'uid-main', name: 'Main' });
const edge = () => fakePrometheus({ uid: 'uid-edge', name: 'Edge & co' });

describe('which is in use and why', () => {
  it.each<[string, FakeDataSource[], Settings]>([
    ['In use: Main, as configured.', [main(), edge()], { prometheusUid: 'uid-main' }],
    ["In use: Main, Grafana's default.", [edge(), fakePrometheus({ uid: 'm', name: 'Main', isDefault: true })], {}],
    ['In use: Edge & co, the first of this type by name.', [main(), edge()], {}],
    ['There is no data source of this type.', [fakeLoki()], {}],
    ['The configured one is gone, or you may not query it.', [main()], { prometheusUid: 'uid-gone' }],
  ])('"%s"', (words, dataSources, settings) => {
    open(dataSources, settings);
    expect(screen.getByTestId('configuration-prometheus')).toHaveTextContent(words);
  });

  it('changes with what is chosen, before it is saved', async () => {
    open([main(), edge()]);
    await choose('Prometheus', 'Main');
    expect(screen.getByTestId('configuration-prometheus')).toHaveTextContent('In use: Main, as configured.');
  });
});

describe('test button', () => {
  const test = (role: 'prometheus' | 'loki') => field(role).getByRole('button', { name: 'Test' });

  it('says that the one in use answers', async () => {
    open([fakePrometheus(), fakeLoki()]);
    await userEvent.click(test('prometheus'));
    expect(await screen.findByRole('status', { name: 'It answers' })).toHaveTextContent('Data source is working');
    expect(field('loki').queryByText('It answers')).not.toBeInTheDocument();
  });

  it.each([
    ['an answer that says so', { status: 'error', message: 'ReadObject: expect { or , or }' }, 'ReadObject'],
    ['an error', new Error('dial tcp: connection refused'), 'connection refused'],
    ['an error of the API', Object.assign(new Error('x'), { data: { message: 'Access denied' } }), 'Access denied'],
  ])('shows what is wrong by %s', async (_, health, words) => {
    open([fakePrometheus(), Object.assign(fakeLoki(), { health })]);
    await userEvent.click(test('loki'));
    const alert = await screen.findByRole('alert', { name: 'It does not answer as it should' });
    expect(alert).toHaveTextContent(words);
    expect(test('loki')).toBeEnabled();
  });

  it('has nothing to test where there is none', () => {
    open([fakePrometheus()]);
    expect(test('loki')).toBeDisabled();
  });

  it('forgets its result when another is chosen', async () => {
    open([main(), edge()]);
    await userEvent.click(test('prometheus'));
    await screen.findByRole('status', { name: 'It answers' });
    await choose('Prometheus', 'Main');
    expect(screen.queryByText('It answers')).not.toBeInTheDocument();
  });

  it('does not show the result of one beside another', async () => {
    const slow = edge();
    let answer: (health: object) => void = () => {};
    slow.testDatasource = () => new Promise((resolve) => (answer = resolve as typeof answer));
    open([main(), slow]);
    await userEvent.click(test('prometheus'));
    await choose('Prometheus', 'Main');
    await act(async () => answer({ status: 'error', message: 'Edge is away' }));
    expect(screen.queryByText('Edge is away')).not.toBeInTheDocument();
    expect(test('prometheus')).toBeEnabled();
  });
});

describe('saving', () => {
  const sent = () => {
    const { url, method, data } = fetch.mock.calls[0][0];
    return { url, method, data: JSON.parse(JSON.stringify(data)) };
  };

  it('is offered only when something changed', async () => {
    open([main(), edge()]);
    expect(save()).toBeDisabled();
    await choose('Prometheus', 'Main');
    expect(save()).toBeEnabled();
  });

  it('sends the choice and keeps all other settings, then loads them', async () => {
    open([main(), edge(), fakeLoki()], { lokiUid: 'uid-loki' });
    await choose('Prometheus', 'Main');
    await userEvent.click(save());
    await waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(sent()).toEqual({
      url: '/api/plugins/kubeedge-sedna-app/settings',
      method: 'POST',
      data: { enabled: true, pinned: true, jsonData: { prometheusUid: 'uid-main', lokiUid: 'uid-loki', theirs: 1 } },
    });
  });

  it('can leave the choice to the app again', async () => {
    open([main(), edge()], { prometheusUid: 'uid-main' }, { ...META, jsonData: { prometheusUid: 'uid-main' } });
    // The icon's own style, which lets it be clicked, is not loaded here.
    await userEvent.setup({ pointerEventsCheck: 0 }).click(field('prometheus').getByTestId('times'));
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalled());
    expect(sent().data.jsonData).toEqual({});
  });

  it('that is refused says why, keeps what was chosen and may be tried again', async () => {
    fetch.mockReturnValueOnce(
      throwError(() => ({ status: 403, data: { message: 'You need permissions: plugins:write' } }))
    );
    open([main(), edge()]);
    await choose('Prometheus', 'Main');
    await userEvent.click(save());
    expect(await screen.findByRole('alert', { name: 'Not saved' })).toHaveTextContent('plugins:write');
    expect(reload).not.toHaveBeenCalled();
    expect(screen.getByLabelText(/^Prometheus/)).toHaveValue('Main');
    await userEvent.click(save());
    await waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
