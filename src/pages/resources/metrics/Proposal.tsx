import React, { useMemo } from 'react';
import { t } from '@grafana/i18n';
import { InteractiveTable, Stack, Text, type Column } from '@grafana/ui';
import { buildMetricsUrl, type LinkRange } from '../../../platform/links/links';
import { AppLink } from '../../../ui/AppLink';
import type { ObjectRef } from '../../../query/resources';
import { findMetric } from '../../../sedna/catalog';
import { FEATURES, type FeatureRow } from '../../../sedna/catalog/features';
import { isMetricOfKind } from '../../../sedna/catalog/metricTarget';

interface Props {
  object: ObjectRef;
  span: LinkRange;
  /** Names of metrics that the object has in the time range. */
  found: ReadonlySet<string>;
}

const keyOf = ({ asked }: FeatureRow) => asked;

/** What Sedna's observability proposal asks for of such an object, and where it is; nothing of kinds without any. */
export function Proposal({ object, span, found }: Props) {
  const rows = FEATURES[object.kind];
  const columns = useMemo(
    (): Array<Column<FeatureRow>> => [
      { id: 'asked', header: t('resource.metrics.asked', 'Asked for') },
      {
        id: 'metric',
        header: t('resource.metrics.answer', 'Metric'),
        cell: ({ row: { original } }) => <Answer row={original} object={object} span={span} found={found} />,
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
    [object, span, found]
  );
  return rows ? (
    <Stack direction="column" gap={1}>
      <Text element="h2" variant="h4">
        {t('resource.metrics.proposal', "What Sedna's observability proposal asks for")}
      </Text>
      <div data-testid="feature-metrics">
        <InteractiveTable columns={columns} data={[...rows]} getRowId={keyOf} />
      </div>
    </Stack>
  ) : null;
}

function Answer({ row: { metric }, object: { kind, namespace, name }, span, found }: Props & { row: FeatureRow }) {
  if (metric === undefined) {
    return <Text color="secondary">{t('resource.metrics.not-recorded', 'not recorded by Sedna')}</Text>;
  }
  const entry = findMetric(metric);
  // Of a metric of something that the object works with, only the namespace is the same.
  const isOwn = entry !== undefined && isMetricOfKind(kind, entry);
  return (
    <>
      <AppLink href={buildMetricsUrl({ metric, namespace, span, ...(isOwn && { kind, name }) })}>{metric}</AppLink>
      {isOwn && !found.has(metric) && (
        <Text color="secondary" variant="bodySmall">
          {' '}
          {t('resource.metrics.not-now', 'nothing in this time range')}
        </Text>
      )}
    </>
  );
}
