import React from 'react';
import { config, setPluginComponentHook } from '@grafana/runtime';
import type { Panel } from '@grafana/schema';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { LOGS_DRILLDOWN } from '../../../platform/installedApps';
import { fakeLoki, createSample, mockGrafana } from '../../../test/mockGrafana';
import { renderPage } from '../../../test/render';
import { LogsScene } from '../LogsScene';
import { DEFAULT_SELECTION } from '../selection';

interface FormProps {
  buildPanel: () => Panel;
  timeRange: object;
  options: object;
  onClose: () => void;
  children: React.ReactNode;
}

/** Panels added to a dashboard, with the other props of Grafana's form. */
let added: Array<Panel & Record<string, unknown>>;

function Form({ buildPanel, timeRange, options, onClose, children }: FormProps) {
  const add = () => {
    added.push({ ...buildPanel(), timeRange, formOptions: options } as (typeof added)[0]);
    onClose();
  };
  return (
    <form>
      {children}
      <button type="button" onClick={add}>
        Add it
      </button>
    </form>
  );
}

interface Options {
  permissions?: string[];
  hasDrilldown?: boolean;
  hasForm?: boolean;
  url?: Record<string, string | string[]>;
}

async function openLogs({ permissions = [], hasDrilldown = false, hasForm = true, url = {} }: Options) {
  added = [];
  setPluginComponentHook((() => ({ isLoading: false, component: hasForm ? Form : null })) as never);
  const loki = fakeLoki();
  Object.assign(loki, {
    answers: { lines: [createSample({ pod: 'dog-train-a' })] },
    resources: { 'index/stats': { bytes: 0 } },
  });
  mockGrafana({ dataSources: [loki] });
  config.unifiedAlertingEnabled = true;
  config.bootData.user.permissions = Object.fromEntries(permissions.map((action) => [action, true]));
  config.bootData.navTree = hasDrilldown ? [{ text: 'Logs', pluginId: LOGS_DRILLDOWN }] : [];
  const logs = new LogsScene(DEFAULT_SELECTION);
  logs.updateFromUrl({ namespace: 'robots', job: 'dog', include: ['Traceback'], ...url });
  renderPage(logs, 'loki');
  await act(async () => {});
}
const openMenu = async () => userEvent.click(screen.getByRole('button', { name: 'Actions' }));
const getUrl = (item: HTMLElement) => new URL(item.getAttribute('href')!, 'http://grafana.example');

it('prefills an alert rule that fires on any matching line', async () => {
  await openLogs({ permissions: ['alert.rules:create'] });
  await openMenu();
  const { pathname, searchParams } = getUrl(await screen.findByRole('menuitem', { name: 'Create alert rule' }));
  const { name, queries, annotations } = JSON.parse(searchParams.get('defaults')!);
  expect(pathname).toBe('/alerting/new/alerting');
  expect(name).toBe('Log lines of robots / dog: "Traceback"');
  expect(queries[0].model.expr).toMatch(
    /^sum\(count_over_time\(\{namespace="robots", pod=~"dog.+"\} \| decolorize \|~ "\(\?i\)Traceback" .+ \[5m\]\)\)$/
  );
  expect(annotations[0].value).toContain('robots / dog: "Traceback"');
  expect(screen.queryByRole('menuitem', { name: 'Add to dashboard' })).not.toBeInTheDocument();
});

it('adds the lines to a dashboard', async () => {
  await openLogs({ permissions: ['dashboards:write'] });
  await openMenu();
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Add to dashboard' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Add it' }));
  const [panel] = added;
  expect(panel).toMatchObject({
    type: 'logs',
    title: 'robots / dog: "Traceback"',
    datasource: { uid: 'uid-loki', type: 'loki' },
    targets: [{ expr: expect.stringContaining('Traceback'), datasource: { uid: 'uid-loki' } }],
    timeRange: { raw: { from: 'now-1h', to: 'now' } },
    formOptions: { useAbsolutePath: true },
  });
  expect(panel.options).toEqual(JSON.parse(JSON.stringify(panel.options)));
  expect(panel.options).not.toHaveProperty('controlsStorageKey');
  expect(screen.queryByRole('button', { name: 'Add it' })).not.toBeInTheDocument();
});

it('offers the log volume as well if it counts the full range', async () => {
  await openLogs({ permissions: ['dashboards:create'], url: { volume: 'range' } });
  await openMenu();
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Add to dashboard' }));
  await userEvent.click(await screen.findByRole('radio', { name: 'Log volume by level' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add it' }));
  expect(added).toMatchObject([
    { type: 'timeseries', targets: [{ expr: expect.stringContaining('sum by (detected_level) (count_over_time(') }] },
  ]);
});

it('links to Logs Drilldown if it is installed', async () => {
  await openLogs({ hasDrilldown: true });
  await openMenu();
  const { pathname, searchParams } = getUrl(await screen.findByRole('menuitem', { name: 'Open in Logs Drilldown' }));
  expect(pathname).toBe('/a/grafana-lokiexplore-app/explore/namespace/robots/logs');
  expect(searchParams.get('var-lineFilters')).toBe('caseInsensitive|__gfp__~|Traceback');
});

it('hides actions that this Grafana lacks', async () => {
  await openLogs({ permissions: ['alert.rules:create', 'dashboards:write'], hasForm: false });
  await openMenu();
  expect(await screen.findAllByRole('menuitem')).toHaveLength(1);
});

it('hides the menu if the user may use none of its actions', async () => {
  await openLogs({ permissions: ['datasources:explore'] });
  expect(screen.getByRole('link', { name: 'Open in Explore' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Actions' })).not.toBeInTheDocument();
});

it('hides the link to Explore, which Grafana would redirect to its start page, from users without the permission', async () => {
  await openLogs({});
  expect(screen.queryByRole('link', { name: 'Open in Explore' })).not.toBeInTheDocument();
});
