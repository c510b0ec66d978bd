import React, { lazy, Suspense } from 'react';
import { Button, InlineLabel, RadioButtonGroup, Stack } from '@grafana/ui';
import { canExplore } from '../../../platform/permissions';
import { AppLinkButton } from '../../../ui/links/AppLinkButton';
import { buildExploreUrl } from '../../../platform/links/exploreLink';
import { ActionsMenu } from '../actions/ActionsMenu';
import { DownloadButton } from '../download/DownloadButton';
import type { PageTimeRange, RangeEnd } from '../pageTimeRange';
import { buildLinesExpression, buildSearchStreamSelector } from '../queries';
import { VOLUMES, type Selection, type Volume } from '../selection';
import { ViewSwitch } from './ViewSwitch';
import { t } from '../../../platform/i18n';

const ToolbarButtons = lazy(async () => ({ default: (await import('./ToolbarButtons')).ToolbarButtons }));

const formatVolume = (volume: Volume): string =>
  ({
    shown: t('logs.log-volume.shown', 'Shown lines'),
    range: t('logs.log-volume.range', 'Full range'),
    off: t('logs.log-volume.off', 'Off'),
  })[volume];

export interface ToolbarProps {
  selection: Selection;
  timeRange: PageTimeRange;
  isLive: boolean;
  /** A link that the browser didn't copy. */
  uncopiedLink?: string;
  onSelect: (change: Partial<Selection>) => void;
  onStartLive: () => void;
  onSetTimeRange: (from: RangeEnd, to: RangeEnd) => void;
  onCopyLink: (link: string) => void;
  onDismissLink: () => void;
}

/** View, log volume, and actions of a search. */
export function Toolbar({
  selection,
  timeRange,
  isLive,
  uncopiedLink,
  onSelect,
  onStartLive,
  onSetTimeRange,
  onCopyLink,
  onDismissLink,
}: ToolbarProps) {
  const { view, volume, namespace, job, component, pods } = selection;
  const { value: range } = timeRange;
  return (
    <Stack direction="row" gap={1} wrap="wrap" alignItems="center" justifyContent="space-between">
      <ViewSwitch view={view} onChange={(chosen) => onSelect({ view: chosen })} />
      {view === 'lines' && (
        <Stack direction="row" gap={0} alignItems="center">
          <InlineLabel width="auto" transparent>
            {t('logs.log-volume.label', 'Log volume')}
          </InlineLabel>
          <RadioButtonGroup
            size="sm"
            aria-label={t('logs.log-volume.label', 'Log volume')}
            options={VOLUMES.map((value) => ({ value, label: formatVolume(value) }))}
            value={volume}
            onChange={(chosen) => onSelect({ volume: chosen })}
          />
        </Stack>
      )}
      <Stack direction="row" gap={1} wrap="wrap" alignItems="center">
        {!isLive && view === 'lines' && (
          <Button size="sm" variant="secondary" fill="outline" icon="play" onClick={onStartLive}>
            {t('logs.live.start', 'Live')}
          </Button>
        )}
        <Suspense fallback={null}>
          <ToolbarButtons {...{ timeRange, uncopiedLink, onSetTimeRange, onCopyLink, onDismissLink }} />
        </Suspense>
        {view === 'lines' && (
          <DownloadButton
            expr={buildLinesExpression(selection)}
            selector={buildSearchStreamSelector(selection)}
            range={range}
            timeZone={timeRange.timeZone}
            name={['sedna', component, namespace, job, ...(pods.length === 1 ? pods : [])].filter(Boolean).join('-')}
          />
        )}
        {/* Task scores have a query and an Explore link of their own. */}
        {view !== 'scores' && canExplore() && (
          <AppLinkButton
            size="sm"
            variant="secondary"
            fill="outline"
            icon="compass"
            href={buildExploreUrl('loki', buildLinesExpression(selection), {
              from: range.from.valueOf(),
              to: range.to.valueOf(),
            })}
          >
            {t('logs.explore', 'Open in Explore')}
          </AppLinkButton>
        )}
        {view === 'lines' && <ActionsMenu {...{ selection, range }} />}
      </Stack>
    </Stack>
  );
}
