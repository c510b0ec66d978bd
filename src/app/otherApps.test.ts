import { config } from '@grafana/runtime';
import { startGrafana } from '../test/grafana';
import { hasApp, LOGS_DRILLDOWN } from './otherApps';

beforeEach(() => {
  startGrafana();
  Object.assign(config, { apps: { [LOGS_DRILLDOWN]: {} } });
});

it.each([
  ['stands in the menu', [{ text: 'Drilldown', children: [{ text: 'Logs', pluginId: LOGS_DRILLDOWN }] }], true],
  ['is installed but off', [{ text: 'Drilldown' }], false],
])('tells whether an app is there that %s', (_, navTree, expected) => {
  Object.assign(config.bootData, { navTree });
  expect(hasApp(LOGS_DRILLDOWN)).toBe(expected);
});
