import React, { lazy, Suspense, useState } from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph, type SceneQueryRunner } from '@grafana/scenes';
import { Button, ClipboardButton, Dropdown, LinkButton, Stack, Text } from '@grafana/ui';
import { canCreateAlertRules, canEditDashboards } from '../../platform/permissions';
import { RelativeTime } from '../../ui/RelativeTime';
import { getVisualization } from '../../query/metrics';
import { buildExploreUrl } from '../../platform/links/exploreLink';
import { buildCurrentUrl } from '../../platform/links/buildCurrentUrl';
import { toRows } from '../../data/rows';
import { CUSTOM_METRIC_PREFIX, findMetric } from '../../sedna/catalog';
import { BookmarkButton } from './Bookmarks';
import { fittingLook, type MetricLook } from './look';
import { mainQuery } from './metricQueries';
import { useHelp } from './metricApi';
import type { MetricsScene } from './MetricsScene';
import { notRecordedText, sourceText, unitText } from './words';

interface Props {
  model: MetricsScene;
  facts: SceneQueryRunner;
}

const linesText = ({ metric, by }: MetricLook, count: number): string =>
  by !== '' || getVisualization(findMetric(metric)) === 'states'
    ? t('metrics.lines.groups', '{{count}} lines', { count })
    : t('metrics.lines.range', '{{count}} series in this time range', { count });

/** What the catalogue says about a metric, how fresh it is, and where it can be taken. */
export function MetricHead({ model, facts }: Props) {
  const { look } = model.useState();
  const { data } = facts.useState();
  const metric = findMetric(look.metric);
  const help = useHelp(look.metric);
  const lines = toRows(data, 'lines')[0]?.value;
  const newest = toRows(data, 'newest')[0]?.value;
  return (
    <Stack direction="column" gap={0.5}>
      <Stack direction="row" justifyContent="space-between" alignItems="flex-start" wrap="wrap" gap={2}>
        <Text>
          {metric?.help ??
            help ??
            (look.metric.startsWith(CUSTOM_METRIC_PREFIX)
              ? t('metrics.custom-help', 'A custom metric: a job records it in the knowledge base.')
              : t(
                  'metrics.not-in-catalogue',
                  'Not in the catalogue: a metric of another source, or of another version.'
                ))}
        </Text>
        <Actions model={model} lines={lines} />
      </Stack>
      <Text color="secondary" variant="bodySmall">
        {[
          metric && sourceText(metric.source),
          metric && unitText(metric.unit),
          lines !== undefined && linesText(look, lines),
          metric?.caveat,
        ]
          .filter(Boolean)
          .join(' · ')}
        {newest !== undefined && (
          <>
            {' · '}
            {t('metrics.newest', 'newest sample')} <RelativeTime seconds={newest} />
          </>
        )}
      </Text>
      {metric?.notRecorded && (
        <Text color="secondary" variant="bodySmall">
          {notRecordedText(metric.notRecorded)}
        </Text>
      )}
    </Stack>
  );
}

// Loaded with the first click.
const load = () => import('./UseItems');
const UseItems = lazy(async () => ({ default: (await load()).UseItems }));
const AddMetric = lazy(async () => ({ default: (await load()).AddMetric }));

function Actions({ model, lines }: { model: MetricsScene; lines?: number }) {
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const [isAdding, setAdding] = useState(false);
  const look = fittingLook(model.useState().look);
  const span = { from: range.from.valueOf(), to: range.to.valueOf() };
  return (
    <Stack direction="row" gap={1} wrap="wrap">
      <Button
        size="sm"
        variant="secondary"
        fill="outline"
        icon="arrow-left"
        onClick={() => model.choose({ metric: '' })}
      >
        {t('metrics.back', 'All metrics')}
      </Button>
      <BookmarkButton look={look} />
      <LinkButton
        size="sm"
        variant="secondary"
        fill="outline"
        icon="compass"
        href={buildExploreUrl('prometheus', mainQuery(look, lines), span)}
      >
        {t('metrics.explore', 'Open in Explore')}
      </LinkButton>
      <ClipboardButton
        size="sm"
        variant="secondary"
        fill="outline"
        icon="share-alt"
        getText={() => buildCurrentUrl(span).toString()}
        tooltip={t('metrics.link', 'Copy a link to this page, with the time range as it is now')}
        aria-label={t('metrics.copy-link', 'Copy link')}
      />
      {(canCreateAlertRules() || canEditDashboards()) && (
        <Dropdown
          overlay={
            <Suspense fallback={null}>
              <UseItems look={look} lines={lines} onAdd={() => setAdding(true)} />
            </Suspense>
          }
        >
          <Button size="sm" variant="secondary" fill="outline" icon="angle-down">
            {t('metrics.use', 'Use')}
          </Button>
        </Dropdown>
      )}
      {isAdding && (
        <Suspense fallback={null}>
          <AddMetric
            look={look}
            lines={lines}
            drawn={model.drawnLabels()}
            timeRange={range}
            onClose={() => setAdding(false)}
          />
        </Suspense>
      )}
    </Stack>
  );
}
