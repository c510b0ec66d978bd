import React from 'react';
import type { PluginMeta } from '@grafana/data';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { of, throwError } from 'rxjs';
import { PluginContext } from '../../platform/PluginContext';
import type { Settings } from '../../platform/settings/settings';
import { reloadPage } from '../../platform/settings/updateSettings';
import { fakeLoki, fakePrometheus, mockGrafana, type FakeDataSource } from '../../test/mockGrafana';
import { renderInApp } from '../../test/render';
import { ConfigurationScene } from './ConfigurationScene';

jest.mock('../../platform/settings/updateSettings', () => ({
  ...jest.requireActual('../../platform/settings/updateSettings'),
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
  mockGrafana({ dataSources, settings, fetch });
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
  ])('"%s"', async (words, dataSources, settings) => {
    open(dataSources, settings);
    await act(async () => {});
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
    expect(screen.getByText(/^Waiting for Edge/)).toBeInTheDocument();
    await choose('Prometheus', 'Main');
    await act(async () => answer({ status: 'error', message: 'Edge is away' }));
    expect(screen.queryByText(/Edge is away|^Waiting/)).not.toBeInTheDocument();
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
    await userEvent.type(field('prometheus').getByRole('combobox'), '{Escape}{Escape}');
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

describe('logs', () => {
  const labels = () => screen.getByTestId('configuration-log-labels');
  const gigabytes = () => screen.findByLabelText(/^Ask before a search above/);
  const type = async (value: string) => fireEvent.change(await gigabytes(), { target: { value } });
  const sent = () => JSON.parse(JSON.stringify(fetch.mock.calls[0][0].data)).jsonData;

  async function openLogs(streamLabels: string[], settings: Settings = {}) {
    const loki = Object.assign(fakeLoki(), { streamLabels });
    open([main(), edge(), loki], settings);
    await gigabytes();
    return loki;
  }

  it.each([
    [['namespace', 'pod', 'container', 'node'], 'namespace, pod, container, node, all of them labels.'],
    [['namespace', 'container'], 'namespace, container. No labels, and so looked for with each line: pod, node.'],
    [['k8s_namespace_name', 'k8s_pod_name'], 'so looked for with each line: k8s_container_name, k8s_node_name.'],
    [[], 'Loki & co has no lines of the last day'],
  ])('with the labels %j in Loki says what the app finds out', async (streamLabels, words) => {
    await openLogs(streamLabels);
    await waitFor(() => expect(labels()).toHaveTextContent(words));
  });

  it('says that Loki is away, and can be set all the same', async () => {
    const loki = fakeLoki();
    loki.getResource = () => Promise.reject({ status: 502 });
    open([loki]);
    await type('3');
    await waitFor(() => expect(labels()).toHaveTextContent('Loki & co does not answer'));
    expect(save()).toBeEnabled();
  });

  it('tells what each way to find pods means, and saves the chosen one', async () => {
    await openLogs(['namespace', 'container']);
    await userEvent.click(screen.getByLabelText(/^Where pods stand in Loki/));
    await userEvent.click(await screen.findByRole('option', { name: /^Pod and node as structured metadata/ }));
    expect(labels()).toHaveTextContent('as in the k8s-monitoring chart');
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(sent()).toMatchObject({ logLabels: 'metadata', theirs: 1 });
  });

  it.each([
    ['0.5', 0.5],
    [' 10 ', 10],
  ])('saves %j as the gigabytes above which is asked', async (typed, expected) => {
    await openLogs([]);
    await type(typed);
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(sent().logsAskAboveGb).toBe(expected);
  });

  it('goes back to the usual limit where nothing is typed', async () => {
    await openLogs([], { largeSearchGb: 7 });
    expect(await gigabytes()).toHaveValue('7');
    expect(save()).toBeDisabled();
    await type('');
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(sent()).not.toHaveProperty('logsAskAboveGb');
  });

  it.each(['0', '-1', 'two', '1,5', '1e9', '0x10', '1 000'])('takes no %j, and loses nothing of it', async (typed) => {
    await openLogs([]);
    await choose('Prometheus', 'Main');
    await type(typed);
    expect(screen.getByText('Not a number above 0, such as 0.5 or 10')).toBeInTheDocument();
    expect(save()).toBeDisabled();
    expect(await gigabytes()).toHaveValue(typed);
    await type('4');
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(sent()).toMatchObject({ logsAskAboveGb: 4, prometheusUid: 'uid-main' });
  });
});

describe('connection to Kubernetes', () => {
  const CONNECTED = { kubernetesUrl: 'https://k' };
  const stored = (fields: object) => ({ ...META, jsonData: CONNECTED, secureJsonFields: fields });
  const test = () => screen.getByText('Test the connection').closest('button')!;
  const enter = (label: string, value: string) =>
    fireEvent.change(screen.getByLabelText(new RegExp(`^${label}`)), { target: { value } });

  it('saves the address with the other settings, and a token where no answer gives it back', async () => {
    open([fakeLoki()], { lokiUid: 'uid-loki' });
    enter('URL', 'https://k:6443 ');
    enter('Token for reading', ' abc\n');
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(JSON.parse(JSON.stringify(fetch.mock.calls[0][0].data))).toEqual({
      enabled: true,
      pinned: true,
      jsonData: { lokiUid: 'uid-loki', kubernetesUrl: 'https://k:6443', theirs: 1 },
      secureJsonData: { kubernetesReadToken: 'abc' },
    });
  });

  it('takes no address that Grafana could not go to', () => {
    open([]);
    enter('URL', 'kubernetes.default.svc');
    expect(screen.getByText(/Not an address/)).toBeInTheDocument();
    expect(save()).toBeDisabled();
  });

  it('shows that a token is stored, and removes it when that is wanted', async () => {
    open([], CONNECTED, stored({ kubernetesReadToken: true, kubernetesWriteToken: true }));
    expect(screen.getByLabelText(/^Token for writing/)).toHaveValue('configured');
    expect(screen.getByLabelText(/^Token for writing/)).toBeDisabled();
    await userEvent.click(screen.getAllByText('Reset')[1]);
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(fetch.mock.calls[0][0].data.secureJsonData).toEqual({ kubernetesWriteToken: '' });
  });

  it('is tested by reading the version and one kind, once it is saved', async () => {
    fetch.mockReturnValueOnce(of({ data: { gitVersion: 'v1.34.3' } }));
    open([], CONNECTED, stored({ kubernetesReadToken: true }));
    await userEvent.click(test());
    expect(await screen.findByText('Version v1.34.3; the objects of Sedna can be read.')).toBeInTheDocument();
    const base = '/api/plugin-proxy/kubeedge-sedna-app/kubernetes';
    expect(fetch.mock.calls.map(([{ method, url }]) => `${method} ${url}`)).toEqual([
      `GET ${base}/version`,
      `GET ${base}/apis/sedna.io/v1alpha1/lifelonglearningjobs?limit=1`,
    ]);
    enter('URL', 'https://other');
    expect(test()).toHaveAttribute('aria-disabled', 'true');
  });

  it('that fails the test says why', async () => {
    fetch.mockReturnValue(throwError(() => ({ status: 502, data: { message: 'x509: unknown authority' } })));
    open([], CONNECTED, stored({ kubernetesReadToken: true }));
    await userEvent.click(test());
    expect(await screen.findByText('Grafana does not reach the Kubernetes API')).toBeInTheDocument();
    expect(screen.getByText('x509: unknown authority')).toBeInTheDocument();
  });

  it('is explained, with the manifest to apply', async () => {
    open([]);
    await userEvent.click(screen.getByText('How to make the connection'));
    expect(screen.getByLabelText('Manifest')).toHaveTextContent('name: sedna-ops-grafana-reader');
  });
});
