import React, { useCallback, useMemo } from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Badge, Button, InteractiveTable, Text, type Column } from '@grafana/ui';
import { ErrorNotice } from '../../components/ErrorNotice';
import { useAnswer } from '../../components/useAnswer';
import { Waiting } from '../../components/Waiting';
import { metricNamesQuery } from '../../query/metrics';
import { labelValues } from '../../scenes/labelValues';
import { dataSourceName } from '../../scenes/page';
import { CUSTOM_METRIC_PREFIX, METRICS, type Component } from '../../sedna/catalogue';
import { notRecordedText } from './MetricFacts';
import type { MetricsScene } from './MetricsScene';

/** All of the catalogue on one page, so that the browser's own search finds what it says. */
const PAGE_SIZE = 250;

interface CatalogueRow {
  name: string;
  help: string;
  component: string;
  hasData: boolean;
  /** Where what Sedna itself does not record can come from. */
  notRecorded?: string;
}

/** All metrics that there can be and the custom ones that there are; which of them have data in the range. */
export function Catalogue({ model }: { model: MetricsScene }) {
  const { kind, namespace, name } = model.useState();
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const answer = useAnswer(
    useCallback(
      (signal) => labelValues('prometheus', metricNamesQuery({ namespace, name }), range, signal),
      [namespace, name, range]
    )
  );
  const columns = useMemo(() => columnsOf(model), [model]);
  if (answer.state === 'error') {
    return <ErrorNotice error={answer.error} source={dataSourceName('prometheus')} />;
  }
  if (answer.state === 'loading') {
    return <Waiting source={dataSourceName('prometheus')} />;
  }
  const found = new Set(answer.value);
  const custom: CatalogueRow[] = answer.value
    .filter((name) => name.startsWith(CUSTOM_METRIC_PREFIX))
    .map((name) => ({
      name,
      help: t('metrics.custom', 'Custom metric'),
      component: t('metrics.component.custom', 'custom'),
      hasData: true,
    }));
  const known: CatalogueRow[] = METRICS.filter(({ component }) => isAbout(component, kind)).map(
    ({ name, help, component, notRecorded }) => ({ name, help, component, notRecorded, hasData: found.has(name) })
  );
  const rows = [...known, ...(kind === '' ? custom : [])].sort((a, b) => Number(b.hasData) - Number(a.hasData));
  return (
    <div data-testid="metric-catalogue">
      <InteractiveTable columns={columns} data={rows} getRowId={({ name }) => name} pageSize={PAGE_SIZE} />
    </div>
  );
}

/** Which metrics tell about an object of a kind; all where none is chosen. */
function isAbout(component: Component, kind: string): boolean {
  switch (kind) {
    case '':
      return true;
    case 'Dataset':
      return component === 'dataset';
    case 'Model':
      return component === 'model';
    default:
      return component === 'worker' || component === (kind.endsWith('Service') ? 'service' : 'job');
  }
}

function columnsOf(model: MetricsScene): Array<Column<CatalogueRow>> {
  return [
    {
      id: 'name',
      header: t('metrics.column.name', 'Metric'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }) => (
        <Button variant="primary" fill="text" size="sm" onClick={() => model.choose({ metric: original.name })}>
          {original.name}
        </Button>
      ),
    },
    {
      id: 'help',
      header: t('metrics.column.help', 'Tells'),
      cell: ({ row: { original } }) => <Tells row={original} />,
    },
    { id: 'component', header: t('metrics.column.component', 'About'), sortType: 'alphanumeric' },
    {
      id: 'hasData',
      header: t('metrics.column.data', 'In this range'),
      sortType: 'basic',
      cell: ({ row: { original } }) =>
        original.hasData ? (
          <Badge color="green" text={t('metrics.has-data', 'has data')} />
        ) : (
          <Badge color="darkgrey" text={withoutDataText(original)} />
        ),
    },
  ];
}

const withoutDataText = ({ notRecorded }: CatalogueRow) =>
  notRecorded ? t('metrics.not-recorded-badge', 'not recorded by Sedna') : t('metrics.no-data', 'no data');

/** What a metric tells, and what of it Sedna itself does not record. */
function Tells({ row: { help, notRecorded } }: { row: CatalogueRow }) {
  return (
    <>
      {help}
      {notRecorded && (
        <Text element="p" color="secondary" variant="bodySmall">
          {notRecordedText(notRecorded)}
        </Text>
      )}
    </>
  );
}
