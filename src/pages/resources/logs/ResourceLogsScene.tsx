import React from 'react';
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
} from '@grafana/scenes';
import { FilterPill, LinkButton, Stack, Text } from '@grafana/ui';
import { logsUrl } from '../../../app/links';
import { LEVEL_LABEL, logLines } from '../../../query/logql';
import { componentLines, podLines, volumeOf } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../query/resources';
import { logsLayout } from '../../../scenes/logsLayout';
import { lokiQueries, lokiRunner } from '../../../scenes/queries';
import { manyOf, textToUrl } from '../../../scenes/urlText';
import { findKind, STAGES, type Stage } from '../../../sedna/kinds';

interface ResourceLogsState extends SceneObjectState {
  ref: ObjectRef;
  /** Only lines of the pods that run it, beside those of GM and LC; empty for all. */
  stage: Stage | '';
  body: SceneFlexLayout;
}

/** Lines of each of both parts that one look fetches at most. */
export const LINE_LIMIT = 500;

const selections = (ref: ObjectRef, stage: Stage | '') => ({
  pods: podLines(ref, stage || undefined),
  components: componentLines(ref),
});

function queriesOf(ref: ObjectRef, stage: Stage | '') {
  const { pods, components } = selections(ref, stage);
  return {
    lines: lokiQueries([
      ...(pods ? [{ refId: 'pods', expr: logLines(pods), maxLines: LINE_LIMIT }] : []),
      { refId: 'components', expr: logLines(components), maxLines: LINE_LIMIT },
    ]),
    volume: lokiQueries([
      {
        refId: 'volume',
        expr: volumeOf(pods ? [pods, components] : [components]),
        legendFormat: `{{${LEVEL_LABEL}}}`,
      },
    ]),
  };
}

/** What an object's pods wrote, and what the global manager and the local controllers wrote about it: three queries. */
export class ResourceLogsScene extends SceneObjectBase<ResourceLogsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['stage'] });

  private readonly lines: SceneQueryRunner;
  private readonly volume: SceneQueryRunner;

  constructor({ ref, stage = '' }: { ref: ObjectRef; stage?: Stage | '' }) {
    const lines = lokiRunner([]);
    const volume = lokiRunner([]);
    lines.setState({ queries: queriesOf(ref, stage).lines });
    volume.setState({ queries: queriesOf(ref, stage).volume });
    super({ ref, stage, body: logsLayout({ lines, volume, title: t('resource.logs.lines', 'Newest lines') }) });
    this.lines = lines;
    this.volume = volume;
  }

  getUrlState() {
    return { stage: textToUrl(this.state.stage) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('stage' in values) {
      this.select(manyOf(values.stage, STAGES)[0] ?? '');
    }
  }

  select = (stage: Stage | '') => {
    if (stage === this.state.stage) {
      return;
    }
    const { lines, volume } = queriesOf(this.state.ref, stage);
    this.setState({ stage });
    this.lines.setState({ queries: lines });
    this.volume.setState({ queries: volume });
    if (this.isActive) {
      this.lines.runQueries();
      this.volume.runQueries();
    }
  };

  static Component = ResourceLogs;
}

function ResourceLogs({ model }: SceneComponentProps<ResourceLogsScene>) {
  const { ref, stage, body } = model.useState();
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
          href={logsUrl({
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
      <body.Component model={body} />
    </Stack>
  );
}
