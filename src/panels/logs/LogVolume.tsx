import React from 'react';
import { SceneObjectBase, type SceneComponentProps, type SceneObjectState, type VizPanel } from '@grafana/scenes';
import { LEVEL_LABEL } from '../../query/logs/logql';
import { buildVisibleLogVolumePanel, buildLogVolumePanel } from '../builders';
import { buildLokiQueries, createLokiRunner } from '../../data/requests/queryRunners';
import { t } from '../../platform/i18n';

/** Lines to count: those that are shown, all of the time range, or none. */
export type LogVolumeQuery = 'shown' | 'range' | 'off';

interface LogVolumeState extends SceneObjectState {
  of: LogVolumeQuery;
  /** LogQL that counts all lines of the time range. */
  expr: string;
  panel?: VizPanel;
}

const HEIGHT_PX = 160;

/**
 * Graph of the number of log lines by level. It counts the shown lines without a query. It counts all lines only if the
 * user selects it, because that query may read far more than the shown lines.
 */
export class LogVolume extends SceneObjectBase<LogVolumeState> {
  constructor(state: { of: LogVolumeQuery; expr: string }) {
    super({ ...state, panel: createPanel(state) });
  }

  count({ of, expr }: { of: LogVolumeQuery; expr: string }) {
    const { panel } = this.state;
    if (of !== this.state.of) {
      this.setState({ of, expr, panel: createPanel({ of, expr }) });
    } else if (expr !== this.state.expr) {
      this.setState({ expr });
      if (of === 'range' && panel) {
        this.setState({ panel: createPanel({ of, expr }) });
      }
    }
  }

  static Component = LogVolumeRenderer;
}

function createPanel({ of, expr }: { of: LogVolumeQuery; expr: string }): VizPanel | undefined {
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

function LogVolumeRenderer({ model }: SceneComponentProps<LogVolume>) {
  const { panel } = model.useState();
  return panel ? (
    <div style={{ height: HEIGHT_PX, display: 'flex' }}>
      <panel.Component model={panel} />
    </div>
  ) : null;
}
