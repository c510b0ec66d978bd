import React, { useCallback, useDeferredValue, useMemo } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Field, InlineSwitch, Input, Icon, Stack, Text, useStyles2 } from '@grafana/ui';
import { ChoiceField } from '../../ui/ChoiceField';
import { QueryErrorAlert } from '../../ui/feedback/QueryErrorAlert';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { useRequest } from '../../data/requests/useRequest';
import { LoadingIndicator } from '../../ui/feedback/LoadingIndicator';
import { buildMetricNamesQuery } from '../../query/metrics';
import { fetchLabelValues } from '../../data/labelValues';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { PagedTable } from '../../panels/table/PagedTable';
import { Bookmarks } from './Bookmarks';
import { ABOUTS, catalogueRows, findRows, sortCatalogue } from './catalogueRows';
import { catalogueColumns } from './columns';
import { CustomGuide } from './CustomGuide';
import { useFreshness, useHelps } from './metricApi';
import type { MetricsScene } from './MetricsScene';
import { aboutText } from './words';

const PAGE_SIZE = 25;
const keyOf = ({ name }: { name: string }) => name;
/** They are sorted already: which of them are seen has to be known before. */
const asTheyAre = <T,>(rows: readonly T[]) => rows;

/** All metrics that there can be, and all that there are. */
export function Catalogue({ model }: { model: MetricsScene }) {
  const { look, catalogue } = model.useState();
  const { target } = look;
  const { all } = catalogue;
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const answer = useRequest(
    useCallback(
      (signal) => fetchLabelValues('prometheus', buildMetricNamesQuery(target, all), range, signal),
      [target, all, range]
    )
  );
  return (
    <Stack direction="column" gap={2}>
      <CatalogueControls model={model} />
      <Bookmarks model={model} />
      {answer.state === 'error' && <QueryErrorAlert error={answer.error} source={getDataSourceName('prometheus')} />}
      {answer.state === 'loading' && <LoadingIndicator source={getDataSourceName('prometheus')} />}
      {answer.state === 'done' && <Found model={model} names={answer.value} />}
    </Stack>
  );
}

function Found({ model, names }: { model: MetricsScene; names: readonly string[] }) {
  const { look, catalogue, table } = model.useState();
  const { target } = look;
  const { text, about, withData } = catalogue;
  const { sort, page } = table.useState();
  const all = useMemo(() => catalogueRows(names, target), [names, target]);
  const helps = useHelps(all);
  // Typing comes first: the rows follow when there is time.
  const calmText = useDeferredValue(text);
  const rows = useMemo(
    () => findRows(all, { text: calmText, about, withData }, helps),
    [all, calmText, about, withData, helps]
  );
  const sorted = useMemo(() => sortCatalogue(rows, sort), [rows, sort]);
  const shown = useMemo(() => {
    const last = Math.max(1, Math.ceil(sorted.length / PAGE_SIZE));
    const at = (Math.min(page, last) - 1) * PAGE_SIZE;
    return sorted.slice(at, at + PAGE_SIZE);
  }, [sorted, page]);
  const freshness = useFreshness(model, shown);
  const columns = useMemo(() => catalogueColumns({ model, helps, freshness }), [model, helps, freshness]);
  const withDataCount = useMemo(() => rows.filter(({ hasData }) => hasData).length, [rows]);
  return (
    <div data-testid="metric-catalogue">
      <Text variant="bodySmall" color="secondary">
        <span role="status">
          {t('metrics.count', '{{found}} of {{total}} metrics, {{withData}} of them with data in this time range.', {
            found: rows.length,
            total: all.length,
            withData: withDataCount,
          })}
        </span>
      </Text>
      {rows.length === 0 ? (
        <EmptyState title={t('metrics.no-match.title', 'No metric matches')}>
          {t(
            'metrics.no-match.text',
            'Shorten what you typed, choose less, or look among all metrics of the data source.'
          )}
        </EmptyState>
      ) : (
        <PagedTable
          table={table}
          columns={columns}
          rows={sorted}
          sortRows={asTheyAre}
          rowId={keyOf}
          pageSize={PAGE_SIZE}
        />
      )}
    </div>
  );
}

function CatalogueControls({ model }: { model: MetricsScene }) {
  const { catalogue } = model.useState();
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.controls}>
      <Field label={t('metrics.find', 'Find')} noMargin>
        <Input
          id="metrics-find"
          width={48}
          prefix={<Icon name="search" />}
          value={catalogue.text}
          placeholder={t('metrics.find-placeholder', 'Words of name, help, unit, label or source')}
          onChange={({ currentTarget }) => model.find({ text: currentTarget.value })}
          onKeyDown={({ key }) => key === 'Escape' && model.find({ text: '' })}
        />
      </Field>
      <ChoiceField
        id="metrics-about"
        label={t('metrics.column.component', 'About')}
        width={24}
        placeholder={t('metrics.all', 'All')}
        value={catalogue.about}
        options={ABOUTS.map((value) => ({ value, label: aboutText(value) }))}
        onChange={(value) => model.find({ about: value })}
      />
      <InlineSwitch
        id="metrics-with-data"
        showLabel
        label={t('metrics.with-data', 'Only with data')}
        value={catalogue.withData}
        onChange={({ currentTarget }) => model.find({ withData: currentTarget.checked })}
      />
      <InlineSwitch
        id="metrics-of-all"
        showLabel
        label={t('metrics.of-all', 'All metrics of the data source')}
        value={catalogue.all}
        onChange={({ currentTarget }) => model.find({ all: currentTarget.checked })}
      />
      <CustomGuide />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(1, 2) }),
});
