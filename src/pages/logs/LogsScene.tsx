import React from 'react';
import { t } from '@grafana/i18n';
import {
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneFlexLayout,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type SceneQueryRunner,
} from '@grafana/scenes';
import { Stack } from '@grafana/ui';
import { logsLayout } from '../../scenes/logsLayout';
import { lokiRunner } from '../../scenes/queries';
import { ChooseFirst } from './ChooseFirst';
import { LogsControls } from './LogsControls';
import {
  isSearchable,
  LINE_LIMIT,
  lineQueries,
  SELECTION_KEYS,
  selectionFromUrl,
  selectionToUrl,
  volumeQueries,
  type Selection,
} from './selection';

interface LogsState extends SceneObjectState, Selection {
  /** There once enough is chosen to ask Loki. */
  body?: SceneFlexLayout;
}

/** Logs by pod and keyword: how many of which level, and the lines. */
export class LogsScene extends SceneObjectBase<LogsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: SELECTION_KEYS });

  private runners?: { lines: SceneQueryRunner; volume: SceneQueryRunner };

  getUrlState() {
    return selectionToUrl(this.state);
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.select(selectionFromUrl(values));
  }

  select = (change: Partial<Selection>) => {
    const selection = { ...this.state, ...change };
    if (!isSearchable(selection)) {
      this.runners = undefined;
      this.setState({ ...change, body: undefined });
    } else if (this.runners) {
      this.setState(change);
      this.runners.lines.setState({ queries: lineQueries(selection) });
      this.runners.volume.setState({ queries: volumeQueries(selection) });
      this.runners.lines.runQueries();
      this.runners.volume.runQueries();
    } else {
      this.setState({ ...change, body: this.buildBody(selection) });
    }
  };

  private buildBody(selection: Selection) {
    const lines = lokiRunner(lineQueries(selection));
    const volume = lokiRunner(volumeQueries(selection));
    this.runners = { lines, volume };
    return logsLayout({ lines, volume, title: t('logs.lines', 'Newest {{limit}} lines', { limit: LINE_LIMIT }) });
  }

  static Component = Logs;
}

function Logs({ model }: SceneComponentProps<LogsScene>) {
  const { body } = model.useState();
  return (
    <Stack direction="column" gap={2} width="100%">
      <LogsControls model={model} />
      {body ? <body.Component model={body} /> : <ChooseFirst model={model} />}
    </Stack>
  );
}
