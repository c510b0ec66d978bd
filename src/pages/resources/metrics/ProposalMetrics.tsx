import React, { useMemo } from 'react';
import { InteractiveTable, Stack, Text, type Column } from '@grafana/ui';
import { buildMetricsUrl, type LinkRange } from '../../../platform/links/links';
import { AppLink } from '../../../ui/links/AppLink';
import type { ObjectRef } from '../../../sedna/objectRef';
import { findMetric } from '../../../sedna/catalog';
import { FEATURES, type FeatureRow } from '../../../sedna/catalog/features';
import { isMetricOfKind } from '../../../sedna/catalog/metricTarget';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  object: ObjectRef;
  /** Time range of links. */
  range: LinkRange;
  /** Names of metrics that the object has in the time range. */
  found: ReadonlySet<string>;
}

const getRowId = ({ asked }: FeatureRow) => asked;

/** Lists what Sedna's observability proposal requires of a kind, with the metric that fulfills it. */
export function ProposalMetrics({ object, range, found }: Props) {
  const rows = FEATURES[object.kind];
  const columns = useMemo(
    (): Array<Column<FeatureRow>> => [
      { id: 'asked', header: t('resource.metrics.asked', 'Requirement') },
      {
        id: 'metric',
        header: t('resource.metrics.answer', 'Metric'),
        cell: ({ row: { original } }) => <MetricCell row={original} object={object} range={range} found={found} />,
      },
      {
        id: 'note',
        header: t('resource.metrics.note', 'Note'),
        cell: ({ row: { original } }) => (
          <Text color="secondary" variant="bodySmall">
            {original.note ?? ''}
          </Text>
        ),
      },
    ],
    [object, range, found]
  );
  return rows ? (
    <Stack direction="column" gap={1}>
      <Text element="h2" variant="h4">
        {t('resource.metrics.proposal', "Metrics of Sedna's observability proposal")}
      </Text>
      <div data-testid={TEST_IDS.resource.featureMetrics}>
        <InteractiveTable columns={columns} data={[...rows]} getRowId={getRowId} />
      </div>
    </Stack>
  ) : null;
}

function MetricCell({ row: { metric }, object: { kind, namespace, name }, range, found }: Props & { row: FeatureRow }) {
  if (metric === undefined) {
    return <Text color="secondary">{t('resource.metrics.not-recorded', 'Not recorded by Sedna')}</Text>;
  }
  const entry = findMetric(metric);
  // A metric of another object, such as the dataset of a job, shares only the namespace.
  const isOwn = entry !== undefined && isMetricOfKind(kind, entry);
  return (
    <>
      <AppLink href={buildMetricsUrl({ metric, namespace, span: range, ...(isOwn && { kind, name }) })}>
        {metric}
      </AppLink>
      {isOwn && !found.has(metric) && (
        <Text color="secondary" variant="bodySmall">
          {' '}
          {t('resource.metrics.not-now', 'No data in this time range')}
        </Text>
      )}
    </>
  );
}
