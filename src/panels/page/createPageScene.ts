import {
  EmbeddedScene,
  SceneControlsSpacer,
  SceneRefreshPicker,
  SceneTimePicker,
  type EmbeddedSceneState,
  type SceneObject,
} from '@grafana/scenes';
import { chooseDataSource, type DataSourceRole } from '../../platform/dataSources';
import { getCurrentSettings } from '../../platform/settings/currentSettings';
import { MissingDataSource } from './MissingDataSource';
import { RefreshGuardTimeRange } from './RefreshGuardTimeRange';

interface PageOptions {
  /** Data source without which the page shows only that it is missing. */
  requires: DataSourceRole;
  body: () => SceneObject;
  controls?: () => SceneObject[];
  state?: () => Partial<EmbeddedSceneState>;
  /** Start of the time range, such as `now-1h`. */
  from?: string;
  /** False for a page that shows only current data. */
  timePicker?: boolean;
  /** Refresh interval; empty for a page whose reader would lose the position. */
  refresh?: string;
}

/** Pages refresh to follow changes, and to recover when a data source is back. */
const DEFAULT_REFRESH = '15s';

/** Creates the scene of a page: time range, refresh, and a message if a data source is missing. */
export function createPageScene({
  requires,
  body,
  controls,
  state,
  from = 'now-1h',
  timePicker = true,
  refresh = DEFAULT_REFRESH,
}: PageOptions) {
  const choice = chooseDataSource(requires, getCurrentSettings());
  if (choice.state !== 'chosen') {
    return new EmbeddedScene({ body: new MissingDataSource({ role: requires, choice }) });
  }
  return new EmbeddedScene({
    $timeRange: new RefreshGuardTimeRange({ from, to: 'now' }),
    ...state?.(),
    body: body(),
    controls: [
      ...(controls?.() ?? []),
      new SceneControlsSpacer(),
      ...(timePicker ? [new SceneTimePicker({ isOnCanvas: true })] : []),
      new SceneRefreshPicker({ refresh, intervals: ['5s', '15s', '30s', '1m', '5m'], isOnCanvas: true }),
    ],
  });
}

/** Returns the name of the chosen data source for messages; the role if there is none. */
export function getDataSourceName(role: DataSourceRole): string {
  const choice = chooseDataSource(role, getCurrentSettings());
  return choice.state === 'chosen' ? choice.name : role;
}
