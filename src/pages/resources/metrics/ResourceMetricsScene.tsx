import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  behaviors,
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
  type VizPanel,
} from '@grafana/scenes';
import { DashboardCursorSync } from '@grafana/schema';
import { Button, LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { buildMetricsUrl } from '../../../platform/links/links';
import { AppLink } from '../../../ui/AppLink';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import { StalenessNotice } from '../../../ui/feedback/Staleness';
import { useLastGoodData } from '../../../data/requests/useLastGoodData';
import { MAX_DRAWN_SERIES, getVisualization, isPodMetric } from '../../../query/metrics';
import { objectMetrics, objectMetric } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../query/resources';
import { useLinkRange } from '../../../platform/links/linkRange';
import { getStalenessFromSubqueries } from '../../../data/objectStaleness';
import { buildMetricPanel } from '../../../panels/metricPanel';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { createInstantRunner, createRangeRunner } from '../../../data/requests/queryRunners';
import { toRows } from '../../../data/rows';
import { parseString } from '../../../platform/links/urlParams';
import { METRICS, type Metric } from '../../../sedna/catalog';
import { Proposal } from './Proposal';

interface ResourceMetricsState extends SceneObjectState {
  ref: ObjectRef;
  /** How many panels are shown at most. */
  shown: number;
  /** Panels that were shown so far, keyed by metric: one asks once it is shown, and not again when more are. */
  panels: VizPanel[];
}

/** With the queries for what there is and for stage changes, opening asks eight times. */
export const PANELS_AT_FIRST = 6;
const MORE = 8;

function panelOf(metric: Metric, ref: ObjectRef): VizPanel {
  const expression = { metric: objectMetric(metric, ref) };
  const $data = getVisualization(metric) === 'table' ? createInstantRunner(expression) : createRangeRunner(expression);
  return buildMetricPanel(metric.name, { $data });
}

/** Everything of the catalogue that the object had within the range, as many panels as a person wants. */
export class ResourceMetricsScene extends SceneObjectBase<ResourceMetricsState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['panels'] });

  constructor({ ref }: { ref: ObjectRef }) {
    super({
      ref,
      shown: PANELS_AT_FIRST,
      panels: [],
      $data: createInstantRunner({ metrics: objectMetrics(ref) }),
      $behaviors: [new behaviors.CursorSync({ sync: DashboardCursorSync.Crosshair })],
    });
    this.addActivationHandler(() => {
      const source = sceneGraph.getData(this);
      this._subs.add(source.subscribeToState(this.build));
      this.build();
    });
  }

  getUrlState() {
    return { panels: this.state.shown === PANELS_AT_FIRST ? null : String(this.state.shown) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('panels' in values) {
      const wanted = Number(parseString(values.panels));
      this.show(
        Number.isInteger(wanted) ? Math.min(Math.max(wanted, PANELS_AT_FIRST), METRICS.length) : PANELS_AT_FIRST
      );
    }
  }

  show = (shown: number) => {
    this.setState({ shown });
    this.build();
  };

  /** Metrics that are there, in the order of the catalogue. */
  found(): Metric[] {
    const names = new Set(toRows(sceneGraph.getData(this).state.data, 'metrics').map(({ labels }) => labels.__name__));
    return METRICS.filter(({ name }) => names.has(name));
  }

  private build = () => {
    const { panels, ref, shown } = this.state;
    const lacking = this.found()
      .slice(0, shown)
      .filter(({ name }) => !panels.some(({ state }) => state.key === name));
    if (lacking.length > 0) {
      const built = lacking.map((metric) => {
        const panel = panelOf(metric, ref);
        panel.setState({ key: metric.name });
        return panel;
      });
      this.setState({ panels: [...panels, ...built] });
    }
  };

  static Component = ResourceMetrics;
}

function ResourceMetrics({ model }: SceneComponentProps<ResourceMetricsScene>) {
  const { ref, shown, panels } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const answer = useLastGoodData(data);
  const styles = useStyles2(getStyles);
  const span = useLinkRange(model);
  const { kind, namespace, name } = ref;
  const found = new Set(toRows(answer, 'metrics').map(({ labels }) => labels.__name__));
  const metrics = METRICS.filter((metric) => found.has(metric.name));
  return (
    <QueryState
      data={data}
      shown={answer}
      source={getDataSourceName('prometheus')}
      isEmpty={metrics.length === 0}
      empty={
        <EmptyState title={t('resource.metrics.none.title', 'No metric of it in this time range')}>
          {t('resource.metrics.none.text', 'Choose a longer time range, or see whether its kind is collected.')}
        </EmptyState>
      }
    >
      <StalenessNotice staleness={getStalenessFromSubqueries(answer, 'metrics')} />
      <Stack direction="column" gap={2} width="100%">
        <div className={styles.grid} data-testid="metric-panels">
          {metrics.slice(0, shown).map((metric) => {
            const panel = panels.find(({ state }) => state.key === metric.name);
            return (
              panel && (
                <figure key={metric.name} className={styles.item} data-metric={metric.name}>
                  <div className={styles.panel}>
                    <panel.Component model={panel} />
                  </div>
                  <figcaption>
                    <Text variant="bodySmall" color="secondary">
                      {metric.help} {metric.caveat}{' '}
                      {isPodMetric(metric) &&
                        t('resource.metrics.limited', 'Not more than {{lines}} lines, whose last sample is highest.', {
                          lines: MAX_DRAWN_SERIES,
                        })}{' '}
                      <AppLink href={buildMetricsUrl({ metric: metric.name, kind, namespace, name, span })}>
                        {t('resource.metrics.closer', 'Look closer')}
                      </AppLink>
                    </Text>
                  </figcaption>
                </figure>
              )
            );
          })}
        </div>
        <Stack direction="row" gap={1}>
          {metrics.length > shown && (
            <Button variant="secondary" onClick={() => model.show(shown + MORE)}>
              {t('resource.metrics.more', 'Show more ({{count}} are left)', { count: metrics.length - shown })}
            </Button>
          )}
          <LinkButton variant="secondary" icon="graph-bar" href={buildMetricsUrl({ kind, namespace, name, span })}>
            {t('resource.metrics.browser', 'Metric browser')}
          </LinkButton>
        </Stack>
        <Proposal object={ref} span={span} found={found} />
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
  item: css({ margin: 0, minWidth: 0 }),
  panel: css({ height: 220, display: 'flex', position: 'relative' }),
});
