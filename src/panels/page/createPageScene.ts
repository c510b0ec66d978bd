/** The frame that all pages share: time range, refresh, and what to say where a data source is missing. */
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
  /** What the page cannot do without. */
  requires: DataSourceRole;
  body: () => SceneObject;
  controls?: () => SceneObject[];
  state?: () => Partial<EmbeddedSceneState>;
  /** Start of the time range as Grafana writes it. */
  from?: string;
  /** Whether the page shows more than what is now. */
  timePicker?: boolean;
  /** How often it asks again; empty where a person reads, and would lose the place. */
  refresh?: string;
}

/** Pages ask again by themselves: they follow what happens, and recover when a server is back. */
const REFRESH = '15s';

export function createPageScene({
  requires,
  body,
  controls,
  state,
  from = 'now-1h',
  timePicker = true,
  refresh = REFRESH,
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

/** Name of the chosen data source, for words about it. */
export function getDataSourceName(role: DataSourceRole): string {
  const choice = chooseDataSource(role, getCurrentSettings());
  return choice.state === 'chosen' ? choice.name : role;
}
