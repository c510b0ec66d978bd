import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, Button, Text, useStyles2, type Column } from '@grafana/ui';
import { LongText } from '../../ui/LongText';
import { RelativeTime } from '../../ui/RelativeTime';
import { getIdentityLabels } from '../../sedna/catalog';
import type { CatalogueRow } from './catalogueRows';
import type { Freshness } from './metricApi';
import type { MetricsScene } from './MetricsScene';
import { aboutText, absenceReason, absenceText, sourceText, unitText } from './words';

interface Options {
  model: MetricsScene;
  /** What the data source says of metrics that the catalogue does not have. */
  helps: ReadonlyMap<string, string>;
  freshness: Freshness;
}

export function catalogueColumns({ model, helps, freshness }: Options): Array<Column<CatalogueRow>> {
  return [
    {
      id: 'name',
      sortType: 'basic',
      header: t('metrics.column.name', 'Metric'),
      cell: ({ row: { original } }) => (
        <Name name={original.name} onClick={() => model.choose({ metric: original.name })} />
      ),
    },
    {
      id: 'help',
      header: t('metrics.column.help', 'Tells'),
      cell: ({ row: { original } }) => <Tells row={original} help={helps.get(original.name)} />,
    },
    {
      id: 'about',
      sortType: 'basic',
      header: t('metrics.column.component', 'About'),
      cell: ({ row: { original } }) => <>{aboutText(original.about)}</>,
    },
    {
      id: 'source',
      sortType: 'basic',
      header: t('metrics.column.source', 'Source'),
      cell: ({ row: { original } }) => <>{original.metric ? sourceText(original.metric.source) : ''}</>,
    },
    {
      id: 'data',
      sortType: 'basic',
      header: t('metrics.column.data', 'In this range'),
      cell: ({ row: { original } }) => <DataState row={original} newest={freshness} />,
    },
  ];
}

/** Names are long: where there is little room, as on a phone, they are broken. */
function Name({ name, onClick }: { name: string; onClick: () => void }) {
  const styles = useStyles2(getStyles);
  return (
    <Button className={styles.name} variant="primary" fill="text" size="sm" onClick={onClick}>
      <LongText text={name} />
    </Button>
  );
}

/** What a metric tells, its unit and labels, and why there is none. */
function Tells({ row: { metric, absence }, help }: { row: CatalogueRow; help?: string }) {
  const details =
    metric &&
    [
      unitText(metric.unit),
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
      {absence && (
        <Text element="p" color="secondary" variant="bodySmall">
          {absenceReason(absence)}
        </Text>
      )}
    </>
  );
}

function DataState({ row: { name, hasData, absence }, newest }: { row: CatalogueRow; newest: Freshness }) {
  if (!hasData) {
    return <Badge color="darkgrey" text={absenceText(absence)} />;
  }
  const seconds = newest.get(name);
  return (
    <>
      <Badge color="green" text={t('metrics.has-data', 'has data')} />
      {seconds !== undefined && (
        <Text element="p" color="secondary" variant="bodySmall">
          {seconds === null ? t('metrics.none-now', 'none of the last minutes') : <RelativeTime seconds={seconds} />}
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
      // Room for the longest of ours in the lines that are shown.
      '& span': { whiteSpace: 'normal', minWidth: '18ch' },
    },
  }),
});
