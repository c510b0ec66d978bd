import React, { lazy, Suspense, useState } from 'react';
import type { Labels, TimeRange } from '@grafana/data';
import { Button, ClipboardButton, Dropdown, Stack } from '@grafana/ui';
import { AppLinkButton } from '../../../ui/links/AppLinkButton';
import { canExplore, canCreateAlertRules, canEditDashboards } from '../../../platform/permissions';
import { buildExploreUrl } from '../../../platform/links/exploreLink';
import { buildCurrentUrl } from '../../../platform/links/buildCurrentUrl';
import { BookmarkButton } from '../bookmarks/BookmarkButton';
import { getSupportedSelection, type MetricSelection } from '../selection';
import { buildMetricQuery } from './queries';
import { t } from '../../../platform/i18n';

// Most users never open the menu: its code is loaded with the first click.
const loadItems = () => import('./ActionsMenuItems');
const ActionsMenuItems = lazy(async () => ({ default: (await loadItems()).ActionsMenuItems }));
const AddMetricToDashboard = lazy(async () => ({ default: (await loadItems()).AddMetricToDashboard }));

export interface MetricActionsProps {
  selection: MetricSelection;
  /** Number of series without a limit; undefined: unknown. */
  seriesCount?: number;
  timeRange: TimeRange;
  /** Returns the labels of the series that the page shows. */
  getShownLabels: () => Labels[];
  onShowCatalog: () => void;
}

export function MetricActions({
  selection,
  seriesCount,
  timeRange,
  getShownLabels,
  onShowCatalog,
}: MetricActionsProps) {
  const [isAdding, setAdding] = useState(false);
  const supported = getSupportedSelection(selection);
  const absoluteRange = { from: timeRange.from.valueOf(), to: timeRange.to.valueOf() };
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <Button size="sm" variant="secondary" fill="outline" icon="arrow-left" onClick={onShowCatalog}>
        {t('metrics.view-all', 'View all metrics')}
      </Button>
      <BookmarkButton selection={supported} />
      {canExplore() && (
        <AppLinkButton
          size="sm"
          variant="secondary"
          fill="outline"
          icon="compass"
          href={buildExploreUrl('prometheus', buildMetricQuery(supported, seriesCount), absoluteRange)}
        >
          {t('metrics.explore', 'Open in Explore')}
        </AppLinkButton>
      )}
      <ClipboardButton
        size="sm"
        variant="secondary"
        fill="outline"
        icon="share-alt"
        getText={() => buildCurrentUrl(absoluteRange).toString()}
        tooltip={t('metrics.copy-link-help', 'Copy a link to this page with the current time range')}
        aria-label={t('metrics.copy-link', 'Copy link')}
      />
      {(canCreateAlertRules() || canEditDashboards()) && (
        <Dropdown
          overlay={
            <Suspense fallback={null}>
              <ActionsMenuItems
                selection={supported}
                seriesCount={seriesCount}
                onAddToDashboard={() => setAdding(true)}
              />
            </Suspense>
          }
        >
          <Button size="sm" variant="secondary" fill="outline" icon="angle-down">
            {t('metrics.actions', 'Actions')}
          </Button>
        </Dropdown>
      )}
      {isAdding && (
        <Suspense fallback={null}>
          <AddMetricToDashboard
            selection={supported}
            seriesCount={seriesCount}
            shownLabels={getShownLabels()}
            timeRange={timeRange}
            onClose={() => setAdding(false)}
          />
        </Suspense>
      )}
    </Stack>
  );
}
