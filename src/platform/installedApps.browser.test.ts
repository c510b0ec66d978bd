import { config } from '@grafana/runtime';
import { mockGrafana } from '../test/mockGrafana';
import { isAppInstalled, LOGS_DRILLDOWN } from './installedApps';

beforeEach(() => {
  mockGrafana();
  Object.assign(config, { apps: { [LOGS_DRILLDOWN]: {} } });
});

describe('installedApps', () => {
  it.each([
    ['stands in the menu', [{ text: 'Drilldown', children: [{ text: 'Logs', pluginId: LOGS_DRILLDOWN }] }], true],
    ['is installed but off', [{ text: 'Drilldown' }], false],
  ])('finds out whether an app %s', (_, navTree, expected) => {
    Object.assign(config.bootData, { navTree });
    expect(isAppInstalled(LOGS_DRILLDOWN)).toBe(expected);
  });
});
