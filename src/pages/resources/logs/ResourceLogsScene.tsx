import React from 'react';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneFlexLayout,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type SceneQueryRunner,
  type VizPanel,
} from '@grafana/scenes';
import type { ObjectRef } from '../../../sedna/objectRef';
import { withLogLabels } from '../../../data/logs/detectLogLabels';
import { createLogsLayout } from '../../../panels/logs/logsLayout';
import { createLokiRunner } from '../../../data/requests/queryRunners';
import { parseEnumList, formatString } from '../../../platform/links/urlParams';
import { STAGES, type Stage } from '../../../sedna/kinds';
import { buildLineQueries, MAX_LINES } from './queries';
import { ResourceLogs } from './ResourceLogs';
import { buildTimelinePanel } from './timelinePanel';
import { t } from '../../../platform/i18n';

interface ResourceLogsState extends SceneObjectState {
  ref: ObjectRef;
  /** Stage whose worker pods are shown, beside the lines of GM and LC; empty for all stages. */
  stage: Stage | '';
  /** States of the object over the same time range; undefined for kinds without conditions. */
  timeline?: VizPanel;
  body: SceneFlexLayout;
}

/** Shows lines of the pods of an object, and lines of GM and LC that mention it, below its states. Sends three queries. */
export class ResourceLogsScene extends SceneObjectBase<ResourceLogsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['stage'] });

  private readonly lines: SceneQueryRunner;

  constructor({ ref, stage = '' }: { ref: ObjectRef; stage?: Stage | '' }) {
    const lines = createLokiRunner([]);
    const { layout } = createLogsLayout({ lines, limit: MAX_LINES, title: t('resource.logs.lines', 'Newest lines') });
    super({ ref, stage, timeline: buildTimelinePanel(ref), body: layout });
    this.lines = lines;
    this.addActivationHandler(() => this.runQueries());
  }

  getUrlState() {
    return { stage: formatString(this.state.stage) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('stage' in values) {
      this.setStage(parseEnumList(values.stage, STAGES)[0] ?? '');
    }
  }

  setStage = (stage: Stage | '') => {
    if (stage === this.state.stage) {
      return;
    }
    this.setState({ stage });
    if (this.isActive) {
      this.runQueries();
    }
  };

  private runQueries() {
    withLogLabels(() => {
      this.lines.setState({ queries: buildLineQueries(this.state.ref, this.state.stage) });
      // An inactive runner runs its queries on activation.
      if (this.lines.isActive) {
        this.lines.runQueries();
      }
    });
  }

  static Component = ResourceLogsRenderer;
}

function ResourceLogsRenderer({ model }: SceneComponentProps<ResourceLogsScene>) {
  const { ref, stage, timeline, body } = model.useState();
  const { value } = sceneGraph.getTimeRange(model).useState();
  return (
    <ResourceLogs
      objectRef={ref}
      stage={stage}
      onSelectStage={model.setStage}
      searchRange={{ from: value.from.valueOf(), to: value.to.valueOf() }}
      timeline={timeline && <timeline.Component model={timeline} />}
    >
      <body.Component model={body} />
    </ResourceLogs>
  );
}
