import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, Button, Text, useStyles2, type Column } from '@grafana/ui';
import { LongText } from '../../../ui/LongText';
import { RelativeTime } from '../../../ui/RelativeTime';
import { getIdentityLabels } from '../../../sedna/catalog';
import { formatSource, formatUnit } from '../format';
import { formatCategory, formatMissingData, formatMissingDataHelp } from './format';
import type { CatalogRow } from './rows';
import type { NewestSamples } from './useNewestSamples';
import { t } from '../../../platform/i18n';

interface Options {
  /** Descriptions from the data source, by name of metrics that are not in the catalog. */
  helps: ReadonlyMap<string, string>;
  newestSamples: NewestSamples;
  onSelectMetric: (name: string) => void;
}

export function createCatalogColumns({ helps, newestSamples, onSelectMetric }: Options): Array<Column<CatalogRow>> {
  return [
    {
      id: 'name',
      sortType: 'basic',
      header: t('metrics.column.name', 'Metric'),
      cell: ({ row: { original } }) => (
        <MetricName name={original.name} onClick={() => onSelectMetric(original.name)} />
      ),
    },
    {
      id: 'help',
      header: t('metrics.column.description', 'Description'),
      cell: ({ row: { original } }) => <MetricDescription row={original} help={helps.get(original.name)} />,
    },
    {
      id: 'about',
      sortType: 'basic',
      header: t('metrics.column.category', 'Category'),
      cell: ({ row: { original } }) => <>{formatCategory(original.category)}</>,
    },
    {
      id: 'source',
      sortType: 'basic',
      header: t('metrics.column.source', 'Source'),
      cell: ({ row: { original } }) => <>{original.metric ? formatSource(original.metric.source) : ''}</>,
    },
    {
      id: 'data',
      sortType: 'basic',
      header: t('metrics.column.data', 'Data'),
      cell: ({ row: { original } }) => <DataStatus row={original} newestSamples={newestSamples} />,
    },
  ];
}

/** Wraps long names on narrow screens, such as phones. */
function MetricName({ name, onClick }: { name: string; onClick: () => void }) {
  const styles = useStyles2(getStyles);
  return (
    <Button className={styles.name} variant="primary" fill="text" size="sm" onClick={onClick}>
      <LongText text={name} />
    </Button>
  );
}

function MetricDescription({ row: { metric, missingReason }, help }: { row: CatalogRow; help?: string }) {
  const details =
    metric &&
    [
      formatUnit(metric.unit),
      [...getIdentityLabels(metric), ...metric.labels].join(', '),
      metric.proposal?.map((row) => row.metric).join(', '),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <>
      <LongText text={metric?.help ?? help ?? ''} />
      {details && (
        <Text element="p" color="secondary" variant="bodySmall">
          {details}
        </Text>
      )}
      {missingReason && (
        <Text element="p" color="secondary" variant="bodySmall">
          {formatMissingDataHelp(missingReason)}
        </Text>
      )}
    </>
  );
}

function DataStatus({
  row: { name, hasData, missingReason },
  newestSamples,
}: {
  row: CatalogRow;
  newestSamples: NewestSamples;
}) {
  if (!hasData) {
    return <Badge color="darkgrey" text={formatMissingData(missingReason)} />;
  }
  const seconds = newestSamples.get(name);
  return (
    <>
      <Badge color="green" text={t('metrics.has-data', 'Has data')} />
      {seconds !== undefined && (
        <Text element="p" color="secondary" variant="bodySmall">
          {seconds === null ? t('metrics.no-recent-samples', 'No recent samples') : <RelativeTime seconds={seconds} />}
        </Text>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  name: css({
    [theme.breakpoints.down('md')]: {
      height: 'auto',
      textAlign: 'left',
      // Room for the longest Sedna metric name in the lines that LongText shows.
      '& span': { whiteSpace: 'normal', minWidth: '18ch' },
    },
  }),
});
