import React from 'react';
import { SceneObjectBase, type SceneComponentProps, type SceneObjectState, type VizPanel } from '@grafana/scenes';
import { LEVEL_LABEL } from '../../query/logs/logql';
import { buildVisibleLogVolumePanel, buildLogVolumePanel } from '../builders';
import { buildLokiQueries, createLokiRunner } from '../../data/requests/queryRunners';
import { t } from '../../platform/i18n';

/** Of what lines are counted: of those that are shown, of all of the range, or of none. */
export type LogVolumeQuery = 'shown' | 'range' | 'off';

interface LogVolumeState extends SceneObjectState {
  of: LogVolumeQuery;
  /** LogQL of the count of all lines of the range. */
  expr: string;
  panel?: VizPanel;
}

const HEIGHT = 160;

/**
 * Lines by level over time. Those that are shown are counted here, which asks Loki for nothing; all of the range only
 * where a person wants it, for that may cost far more than the newest lines.
 */
export class LogVolume extends SceneObjectBase<LogVolumeState> {
  constructor(state: { of: LogVolumeQuery; expr: string }) {
    super({ ...state, panel: panelFor(state) });
  }

  count({ of, expr }: { of: LogVolumeQuery; expr: string }) {
    const { panel } = this.state;
    if (of !== this.state.of) {
      this.setState({ of, expr, panel: panelFor({ of, expr }) });
    } else if (expr !== this.state.expr) {
      this.setState({ expr });
      if (of === 'range' && panel) {
        this.setState({ panel: panelFor({ of, expr }) });
      }
    }
  }

  static Component = Volume;
}

function panelFor({ of, expr }: { of: LogVolumeQuery; expr: string }): VizPanel | undefined {
  switch (of) {
    case 'shown':
      return buildVisibleLogVolumePanel({ title: t('logs.volume.shown', 'Log volume, shown lines') });
    case 'range':
      return buildLogVolumePanel({
        title: t('logs.volume.range', 'Log volume, full time range'),
        $data: createLokiRunner(buildLokiQueries([{ refId: 'volume', expr, legendFormat: `{{${LEVEL_LABEL}}}` }])),
      });
    default:
      return undefined;
  }
}

function Volume({ model }: SceneComponentProps<LogVolume>) {
  const { panel } = model.useState();
  return panel ? (
    <div style={{ height: HEIGHT, display: 'flex' }}>
      <panel.Component model={panel} />
    </div>
  ) : null;
}
