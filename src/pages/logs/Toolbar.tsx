import React, { lazy, Suspense } from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Button, InlineLabel, LinkButton, RadioButtonGroup, Stack } from '@grafana/ui';
import { buildExploreUrl } from '../../platform/links/exploreLink';
import { DownloadButton } from './download/DownloadButton';
import type { LogsScene } from './LogsScene';
import { linesExpression, searchedStreams } from './queries';
import { VOLUMES, type Volume } from './selection';
import { UseMenu } from './UseMenu';
import { ViewSwitch } from './ViewSwitch';

const PageTools = lazy(async () => ({ default: (await import('./PageTools')).PageTools }));

const volumeTitle = (volume: Volume): string =>
  ({
    shown: t('logs.count.shown', 'Shown lines'),
    range: t('logs.count.range', 'Whole range'),
    off: t('logs.count.off', 'Off'),
  })[volume];

/** What can be done with what was found. */
export function Toolbar({ model }: { model: LogsScene }) {
  const { view, volume, live, namespace, job, component, pods } = model.useState();
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  return (
    <Stack direction="row" gap={1} wrap="wrap" alignItems="center" justifyContent="space-between">
      <ViewSwitch view={view} onChange={(chosen) => model.select({ view: chosen })} />
      {view === 'lines' && (
        <Stack direction="row" gap={0} alignItems="center">
          <InlineLabel width="auto" transparent>
            {t('logs.counted', 'Count by level')}
          </InlineLabel>
          <RadioButtonGroup
            size="sm"
            aria-label={t('logs.counted', 'Count by level')}
            options={VOLUMES.map((value) => ({ value, label: volumeTitle(value) }))}
            value={volume}
            onChange={(chosen) => model.select({ volume: chosen })}
          />
        </Stack>
      )}
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        {!live && view === 'lines' && (
          <Button size="sm" variant="secondary" fill="outline" icon="play" onClick={model.startLive}>
            {t('logs.live.start', 'Live')}
          </Button>
        )}
        <Suspense fallback={null}>
          <PageTools model={model} />
        </Suspense>
        {view === 'lines' && (
          <DownloadButton
            expr={linesExpression(model.state)}
            selector={searchedStreams(model.state)}
            range={range}
            name={['sedna', component, namespace, job, ...(pods.length === 1 ? pods : [])].filter(Boolean).join('-')}
          />
        )}
        {/* Task scores have a query of their own. */}
        {view !== 'scores' && (
          <LinkButton
            size="sm"
            variant="secondary"
            fill="outline"
            icon="compass"
            href={buildExploreUrl('loki', linesExpression(model.state), {
              from: range.from.valueOf(),
              to: range.to.valueOf(),
            })}
          >
            {t('logs.explore', 'Open in Explore')}
          </LinkButton>
        )}
        {view === 'lines' && <UseMenu model={model} />}
      </Stack>
    </Stack>
  );
}
