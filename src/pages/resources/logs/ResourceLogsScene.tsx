import React from 'react';
import { css } from '@emotion/css';
import { Trans, t } from '@grafana/i18n';
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
import { FilterPill, LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { buildLogsUrl } from '../../../platform/links/links';
import { logLines } from '../../../query/logs/logql';
import { componentLines, podLines } from '../../../query/resourceDetail';
import { objectCondition, type ObjectRef } from '../../../query/resources';
import { getCurrentLogLabels, withLogLabels } from '../../../data/logs/detectLogLabels';
import { createLogsLayout } from '../../../panels/logs/logsLayout';
import { buildStageTimelinePanel, buildStateTimelinePanel } from '../../../panels/panels';
import { getDataSourceRef } from '../../../platform/dataSources';
import { buildLokiQueries, createLokiRunner, createRangeRunner } from '../../../data/requests/queryRunners';
import { parseEnumList, formatString } from '../../../platform/links/urlParams';
import { findKind, STAGES, type Stage } from '../../../sedna/kinds';

interface ResourceLogsState extends SceneObjectState {
  ref: ObjectRef;
  /** Only lines of the pods that run it, beside those of GM and LC; empty for all. */
  stage: Stage | '';
  /** Its states over the same time, where it has any. */
  timeline?: VizPanel;
  body: SceneFlexLayout;
}

/** Lines of each of both parts that one look fetches at most. */
export const LINE_LIMIT = 500;

const selections = (ref: ObjectRef, stage: Stage | '') => ({
  pods: podLines(ref, stage || undefined),
  components: componentLines(ref),
});

function lineQueries(ref: ObjectRef, stage: Stage | '') {
  const { pods, components } = selections(ref, stage);
  return buildLokiQueries([
    ...(pods ? [{ refId: 'pods', expr: logLines(pods, getCurrentLogLabels()), maxLines: LINE_LIMIT }] : []),
    { refId: 'components', expr: logLines(components, getCurrentLogLabels()), maxLines: LINE_LIMIT },
  ]);
}

/** Label of the series that are conditions. */
const STATE = 'condition';

/** The lines below it are read by it: which stage was it in when this was written? */
function timelineOf(ref: ObjectRef): VizPanel | undefined {
  const kind = findKind(ref.kind);
  if (!kind || kind.conditionTypes.length === 0 || getDataSourceRef('prometheus').uid === '') {
    return undefined;
  }
  const title = t('resource.timeline.title', 'State over time');
  const $data = createRangeRunner({ condition: objectCondition(ref) });
  return kind.staged
    ? buildStageTimelinePanel({ title, refId: 'condition', $data })
    : buildStateTimelinePanel({ title, label: STATE, $data });
}

/**
 * What an object's pods wrote, and what the global manager and the local controllers wrote about it, under its states at
 * the same time: three queries.
 */
export class ResourceLogsScene extends SceneObjectBase<ResourceLogsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['stage'] });

  private readonly lines: SceneQueryRunner;

  constructor({ ref, stage = '' }: { ref: ObjectRef; stage?: Stage | '' }) {
    const lines = createLokiRunner([]);
    const { layout } = createLogsLayout({ lines, limit: LINE_LIMIT, title: t('resource.logs.lines', 'Newest lines') });
    super({ ref, stage, timeline: timelineOf(ref), body: layout });
    this.lines = lines;
    this.addActivationHandler(() => this.ask());
  }

  getUrlState() {
    return { stage: formatString(this.state.stage) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('stage' in values) {
      this.select(parseEnumList(values.stage, STAGES)[0] ?? '');
    }
  }

  select = (stage: Stage | '') => {
    if (stage === this.state.stage) {
      return;
    }
    this.setState({ stage });
    if (this.isActive) {
      this.ask();
    }
  };

  private ask() {
    withLogLabels(() => {
      this.lines.setState({ queries: lineQueries(this.state.ref, this.state.stage) });
      // One that is not active yet asks when it is.
      if (this.lines.isActive) {
        this.lines.runQueries();
      }
    });
  }

  static Component = ResourceLogs;
}

function ResourceLogs({ model }: SceneComponentProps<ResourceLogsScene>) {
  const { ref, stage, timeline, body } = model.useState();
  const styles = useStyles2(getStyles);
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const kind = findKind(ref.kind);
  return (
    <Stack direction="column" gap={2} width="100%">
      <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
        {kind?.staged && (
          <div role="group" aria-label={t('resource.logs.stage', 'Stage')}>
            <Stack direction="row" gap={1}>
              <FilterPill
                label={t('resource.logs.all-stages', 'All stages')}
                selected={stage === ''}
                onClick={() => model.select('')}
              />
              {STAGES.map((each) => (
                <FilterPill key={each} label={each} selected={stage === each} onClick={() => model.select(each)} />
              ))}
            </Stack>
          </div>
        )}
        <LinkButton
          variant="secondary"
          size="sm"
          icon="search"
          href={buildLogsUrl({
            namespace: ref.namespace,
            job: kind?.hasWorkers ? ref.name : undefined,
            span: { from: range.from.valueOf(), to: range.to.valueOf() },
          })}
        >
          {t('resource.logs.search', 'Search by keyword')}
        </LinkButton>
      </Stack>
      <Text element="p" color="secondary" variant="bodySmall">
        <Trans i18nKey="resource.logs.about">
          Lines of its pods, and of the global manager (GM) and local controllers (LC) that name it. The range of a
          stage is padded by five minutes on both sides, for clocks of edge nodes drift.
        </Trans>
      </Text>
      {timeline && (
        <div className={styles.timeline} data-testid="logs-timeline">
          <timeline.Component model={timeline} />
        </div>
      )}
      <body.Component model={body} />
    </Stack>
  );
}

const getStyles = () => ({ timeline: css({ height: 140, display: 'flex', position: 'relative' }) });
