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
import { ConfigurationForm } from './ConfigurationForm';
import { TEST_IDS } from '../../ui/testIds';

jest.mock('../../platform/settings/updateSettings', () => ({
  ...jest.requireActual('../../platform/settings/updateSettings'),
  // jsdom can't reload a page.
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
  renderInApp(
    <PluginContext.Provider value={meta as PluginMeta}>
      <ConfigurationForm />
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

describe('DataSourceField', () => {
  it.each<[string, FakeDataSource[], Settings]>([
    ['In use: Main (configured).', [main(), edge()], { prometheusUid: 'uid-main' }],
    ['In use: Main (Grafana default).', [edge(), fakePrometheus({ uid: 'm', name: 'Main', isDefault: true })], {}],
    ['In use: Edge & co (first of this type by name).', [main(), edge()], {}],
    ['No data source of this type found.', [fakeLoki()], {}],
    ['The configured data source was deleted', [main()], { prometheusUid: 'uid-gone' }],
  ])('explains the data source in use: "%s"', async (words, dataSources, settings) => {
    open(dataSources, settings);
    await act(async () => {});
    expect(screen.getByTestId(TEST_IDS.configuration.prometheus)).toHaveTextContent(words);
  });

  it('shows the selected data source as in use before it is saved', async () => {
    open([main(), edge()]);
    await choose('Prometheus', 'Main');
    expect(screen.getByTestId(TEST_IDS.configuration.prometheus)).toHaveTextContent('In use: Main (configured).');
  });
});

describe('Test button', () => {
  const test = (role: 'prometheus' | 'loki') => field(role).getByRole('button', { name: 'Test' });

  it('says that the connection to the data source in use works', async () => {
    open([fakePrometheus(), fakeLoki()]);
    await userEvent.click(test('prometheus'));
    expect(await screen.findByRole('status', { name: 'Connection works' })).toHaveTextContent('Data source is working');
    expect(field('loki').queryByText('Connection works')).not.toBeInTheDocument();
  });

  it.each([
    ['a response with an error status', { status: 'error', message: 'ReadObject: expect { or , or }' }, 'ReadObject'],
    ['a network error', new Error('dial tcp: connection refused'), 'connection refused'],
    ['an API error', Object.assign(new Error('x'), { data: { message: 'Access denied' } }), 'Access denied'],
  ])('shows the message of %s', async (_, health, words) => {
    open([fakePrometheus(), Object.assign(fakeLoki(), { health })]);
    await userEvent.click(test('loki'));
    const alert = await screen.findByRole('alert', { name: 'Test failed' });
    expect(alert).toHaveTextContent(words);
    expect(test('loki')).toBeEnabled();
  });

  it('is disabled without a data source', () => {
    open([fakePrometheus()]);
    expect(test('loki')).toBeDisabled();
  });

  it('hides its result when the user selects another data source', async () => {
    open([main(), edge()]);
    await userEvent.click(test('prometheus'));
    await screen.findByRole('status', { name: 'Connection works' });
    await choose('Prometheus', 'Main');
    expect(screen.queryByText('Connection works')).not.toBeInTheDocument();
  });

  it('ignores the result of a data source that is no longer selected', async () => {
    const slow = edge();
    let answer: (health: object) => void = () => {};
    slow.testDatasource = () => new Promise((resolve) => (answer = resolve as typeof answer));
    open([main(), slow]);
    await userEvent.click(test('prometheus'));
    expect(screen.getByText(/^Testing Edge/)).toBeInTheDocument();
    await choose('Prometheus', 'Main');
    await act(async () => answer({ status: 'error', message: 'Edge is away' }));
    expect(screen.queryByText(/Edge is away|^Testing/)).not.toBeInTheDocument();
    expect(test('prometheus')).toBeEnabled();
  });
});

describe('Save button', () => {
  const sent = () => {
    const { url, method, data } = fetch.mock.calls[0][0];
    return { url, method, data: JSON.parse(JSON.stringify(data)) };
  };

  it('is enabled only after a change', async () => {
    open([main(), edge()]);
    expect(save()).toBeDisabled();
    await choose('Prometheus', 'Main');
    expect(save()).toBeEnabled();
  });

  it('saves the selection, keeps all other settings, and reloads the page', async () => {
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

  it('removes the selection when the user clears it', async () => {
    open([main(), edge()], { prometheusUid: 'uid-main' }, { ...META, jsonData: { prometheusUid: 'uid-main' } });
    await userEvent.type(field('prometheus').getByRole('combobox'), '{Escape}{Escape}');
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalled());
    expect(sent().data.jsonData).toEqual({});
  });

  it('shows why saving failed, keeps the selection, and can be clicked again', async () => {
    fetch.mockReturnValueOnce(
      throwError(() => ({ status: 403, data: { message: 'You need permissions: plugins:write' } }))
    );
    open([main(), edge()]);
    await choose('Prometheus', 'Main');
    await userEvent.click(save());
    expect(await screen.findByRole('alert', { name: "Settings couldn't be saved" })).toHaveTextContent('plugins:write');
    expect(reload).not.toHaveBeenCalled();
    expect(screen.getByLabelText(/^Prometheus/)).toHaveValue('Main');
    await userEvent.click(save());
    await waitFor(() => expect(reload).toHaveBeenCalledTimes(1));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('LogsSection', () => {
  const labels = () => screen.getByTestId(TEST_IDS.configuration.logLabels);
  const gigabytes = () => screen.findByLabelText(/^Large search threshold/);
  const type = async (value: string) => fireEvent.change(await gigabytes(), { target: { value } });
  const sent = () => JSON.parse(JSON.stringify(fetch.mock.calls[0][0].data)).jsonData;

  async function openLogs(streamLabels: string[], settings: Settings = {}) {
    const loki = Object.assign(fakeLoki(), { streamLabels });
    open([main(), edge(), loki], settings);
    await gigabytes();
    return loki;
  }

  it.each([
    [['namespace', 'pod', 'container', 'node'], 'Detected labels in Loki & co: namespace, pod, container, node'],
    [['namespace', 'container'], 'namespace, container. Structured metadata: pod, node.'],
    [['k8s_namespace_name', 'k8s_pod_name'], 'Structured metadata: k8s_container_name, k8s_node_name.'],
    [[], 'Loki & co has no lines from the last day'],
  ])('shows what the app detects when streams have the labels %j', async (streamLabels, words) => {
    await openLogs(streamLabels);
    await waitFor(() => expect(labels()).toHaveTextContent(words));
  });

  it('says that Loki is unreachable and can still be edited', async () => {
    const loki = fakeLoki();
    loki.getResource = () => Promise.reject({ status: 502 });
    open([loki]);
    await type('3');
    await waitFor(() => expect(labels()).toHaveTextContent("Can't reach Loki & co"));
    expect(save()).toBeEnabled();
  });

  it('describes each set of log labels and saves the selected one', async () => {
    await openLogs(['namespace', 'container']);
    await userEvent.click(screen.getByLabelText(/^Log labels/));
    await userEvent.click(await screen.findByRole('option', { name: /^Pod and node as structured metadata/ }));
    expect(labels()).toHaveTextContent('as in the k8s-monitoring chart');
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(sent()).toMatchObject({ logLabels: 'metadata', theirs: 1 });
  });

  it.each([
    ['0.5', 0.5],
    [' 10 ', 10],
  ])('saves %j as the threshold in gigabytes', async (typed, expected) => {
    await openLogs([]);
    await type(typed);
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(sent().logsAskAboveGb).toBe(expected);
  });

  it('restores the default threshold when the field is cleared', async () => {
    await openLogs([], { largeSearchGb: 7 });
    expect(await gigabytes()).toHaveValue('7');
    expect(save()).toBeDisabled();
    await type('');
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(sent()).not.toHaveProperty('logsAskAboveGb');
  });

  it.each(['0', '-1', 'two', '1,5', '1e9', '0x10', '1 000'])(
    'refuses %j and keeps the typed text and other changes',
    async (typed) => {
      await openLogs([]);
      await choose('Prometheus', 'Main');
      await type(typed);
      expect(screen.getByText('Enter a number above 0, such as 0.5 or 10')).toBeInTheDocument();
      expect(save()).toBeDisabled();
      expect(await gigabytes()).toHaveValue(typed);
      await type('4');
      await userEvent.click(save());
      await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
      expect(sent()).toMatchObject({ logsAskAboveGb: 4, prometheusUid: 'uid-main' });
    }
  );
});

describe('KubernetesSection', () => {
  const CONNECTED = { kubernetesUrl: 'https://k' };
  const stored = (fields: object) => ({ ...META, jsonData: CONNECTED, secureJsonFields: fields });
  const test = () => screen.getByText('Test connection').closest('button')!;
  const enter = (label: string, value: string) =>
    fireEvent.change(screen.getByLabelText(new RegExp(`^${label}`)), { target: { value } });

  it('saves the URL with the other settings and the token among the secrets', async () => {
    open([fakeLoki()], { lokiUid: 'uid-loki' });
    enter('URL', 'https://k:6443 ');
    enter('Read token', ' abc\n');
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(JSON.parse(JSON.stringify(fetch.mock.calls[0][0].data))).toEqual({
      enabled: true,
      pinned: true,
      jsonData: { lokiUid: 'uid-loki', kubernetesUrl: 'https://k:6443', theirs: 1 },
      secureJsonData: { kubernetesReadToken: 'abc' },
    });
  });

  it('refuses a URL without a scheme', () => {
    open([]);
    enter('URL', 'kubernetes.default.svc');
    expect(screen.getByText(/Enter a URL that starts with/)).toBeInTheDocument();
    expect(save()).toBeDisabled();
  });

  it('shows that a token is stored and removes it on reset', async () => {
    open([], CONNECTED, stored({ kubernetesReadToken: true, kubernetesWriteToken: true }));
    expect(screen.getByLabelText(/^Write token/)).toHaveValue('configured');
    expect(screen.getByLabelText(/^Write token/)).toBeDisabled();
    await userEvent.click(screen.getAllByText('Reset')[1]);
    await userEvent.click(save());
    await waitFor(() => expect(fetch).toHaveBeenCalledTimes(1));
    expect(fetch.mock.calls[0][0].data.secureJsonData).toEqual({ kubernetesWriteToken: '' });
  });

  it('tests the saved connection by fetching the version and one kind', async () => {
    fetch.mockReturnValueOnce(of({ data: { gitVersion: 'v1.34.3' } }));
    open([], CONNECTED, stored({ kubernetesReadToken: true }));
    await userEvent.click(test());
    expect(await screen.findByText('Version v1.34.3. Sedna objects can be read.')).toBeInTheDocument();
    const base = '/api/plugin-proxy/kubeedge-sedna-app/kubernetes';
    expect(fetch.mock.calls.map(([{ method, url }]) => `${method} ${url}`)).toEqual([
      `GET ${base}/version`,
      `GET ${base}/apis/sedna.io/v1alpha1/lifelonglearningjobs?limit=1`,
    ]);
    enter('URL', 'https://other');
    expect(test()).toHaveAttribute('aria-disabled', 'true');
  });

  it('shows why the test failed', async () => {
    fetch.mockReturnValue(throwError(() => ({ status: 502, data: { message: 'x509: unknown authority' } })));
    open([], CONNECTED, stored({ kubernetesReadToken: true }));
    await userEvent.click(test());
    expect(await screen.findByText("Can't reach the Kubernetes API")).toBeInTheDocument();
    expect(screen.getByText('x509: unknown authority')).toBeInTheDocument();
  });

  it('explains how to set up the connection with a manifest to apply', async () => {
    open([]);
    await userEvent.click(screen.getByText('How to set up the connection'));
    expect(screen.getByLabelText('Manifest')).toHaveTextContent('name: sedna-ops-grafana-reader');
  });
});
