import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelData } from '@grafana/data';
import type { VizPanel } from '@grafana/scenes';
import { Button, Stack, useStyles2 } from '@grafana/ui';
import { AppLinkButton } from '../../../ui/links/AppLinkButton';
import { buildMetricsUrl, type LinkRange } from '../../../platform/links/links';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import { StalenessNotice } from '../../../ui/feedback/Staleness';
import type { ObjectRef } from '../../../sedna/objectRef';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { getStalenessFromSubqueries } from '../../../data/objectStaleness';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { toRows } from '../../../data/rows';
import { METRICS } from '../../../sedna/catalog';
import { MetricFigure } from './MetricFigure';
import { ProposalMetrics } from './ProposalMetrics';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  objectRef: ObjectRef;
  data: PanelData | undefined;
  /** Time range of links. */
  range: LinkRange;
  /** Panels that are shown at most. */
  shown: number;
  /** Panels by metric, which is their key. */
  panels: readonly VizPanel[];
  onShowMore: () => void;
}

/** Shows panels of an object's metrics in the order of the catalog, and links to the Metrics page. */
export function ResourceMetrics({ objectRef, data, range, shown, panels, onShowMore }: Props) {
  const request = useQueryRequest(data);
  const shownData = request.value;
  const styles = useStyles2(getStyles);
  const { kind, namespace, name } = objectRef;
  const found = new Set(toRows(shownData, 'metrics').map(({ labels }) => labels.__name__));
  const metrics = METRICS.filter((metric) => found.has(metric.name));
  return (
    <QueryState
      request={request}
      source={getDataSourceName('prometheus')}
      isEmpty={metrics.length === 0}
      empty={
        <EmptyState title={t('resource.metrics.none.title', 'No metrics in this time range')}>
          {t(
            'resource.metrics.none.text',
            'Select a longer time range, or check that kube-state-metrics collects this kind'
          )}
        </EmptyState>
      }
    >
      <StalenessNotice staleness={getStalenessFromSubqueries(shownData, 'metrics')} />
      <Stack direction="column" gap={2} width="100%">
        <div className={styles.grid} data-testid={TEST_IDS.resource.metricPanels}>
          {metrics.slice(0, shown).map((metric) => {
            const panel = panels.find(({ state }) => state.key === metric.name);
            return (
              panel && (
                <MetricFigure key={metric.name} metric={metric} objectRef={objectRef} range={range}>
                  <panel.Component model={panel} />
                </MetricFigure>
              )
            );
          })}
        </div>
        <Stack direction="row" gap={1}>
          {metrics.length > shown && (
            <Button variant="secondary" onClick={onShowMore}>
              {t('resource.metrics.more', 'Show more ({{count}} left)', { count: metrics.length - shown })}
            </Button>
          )}
          <AppLinkButton
            variant="secondary"
            icon="graph-bar"
            href={buildMetricsUrl({ kind, namespace, name, span: range })}
          >
            {t('resource.metrics.browser', 'Browse metrics')}
          </AppLinkButton>
        </Stack>
        <ProposalMetrics object={objectRef} range={range} found={found} />
      </Stack>
    </QueryState>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(420px, 100%), 1fr))',
  }),
});
