import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { Text, useStyles2 } from '@grafana/ui';
import { buildMetricsUrl, type LinkRange } from '../../../platform/links/links';
import { AppLink } from '../../../ui/links/AppLink';
import { MAX_DRAWN_SERIES, isPodMetric } from '../../../query/metrics';
import type { ObjectRef } from '../../../sedna/objectRef';
import type { Metric } from '../../../sedna/catalog';
import { t } from '../../../platform/i18n';

interface Props {
  metric: Metric;
  objectRef: ObjectRef;
  /** Time range of the link. */
  range: LinkRange;
  /** Panel of the metric. */
  children: ReactNode;
}

/** Shows the panel of a metric with its description and a link to the Metrics page. */
export function MetricFigure({ metric, objectRef: { kind, namespace, name }, range, children }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <figure className={styles.item} data-metric={metric.name}>
      <div className={styles.panel}>{children}</div>
      <figcaption>
        <Text variant="bodySmall" color="secondary">
          {metric.help} {metric.caveat}{' '}
          {isPodMetric(metric) &&
            t('resource.metrics.limited', 'Shows at most {{count}} series, highest last value first.', {
              count: MAX_DRAWN_SERIES,
            })}{' '}
          <AppLink href={buildMetricsUrl({ metric: metric.name, kind, namespace, name, span: range })}>
            {t('resource.metrics.closer', 'Open in Metrics')}
          </AppLink>
        </Text>
      </figcaption>
    </figure>
  );
}

const getStyles = () => ({
  item: css({ margin: 0, minWidth: 0 }),
  panel: css({ height: 220, display: 'flex', position: 'relative' }),
});
