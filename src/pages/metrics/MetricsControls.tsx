import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Combobox, Field, MultiCombobox, useStyles2, type ComboboxOption } from '@grafana/ui';
import { ChoiceField } from '../../ui/ChoiceField';
import {
  buildChoicesQuery,
  getVisualization,
  hasRounds,
  buildMetricNamesQuery,
  metricSeries,
} from '../../query/metrics';
import { isLabelName } from '../../query/escape';
import { fetchLabelNames, fetchLabelValues } from '../../data/labelValues';
import { findMetric, METRICS, SYSTEM_METRICS } from '../../sedna/catalog';
import {
  ANY_METRIC_TARGET,
  getNameLabel,
  METRIC_TARGET_KINDS,
  type MetricTarget,
} from '../../sedna/catalog/metricTarget';
import { AGGREGATIONS, EARLIER, type MetricLook } from './look';
import { earlierText } from './metricQueries';
import type { MetricsScene } from './MetricsScene';

/** More choices than that are not shown: typing narrows them. */
const CHOICES = 1000;

const kindText = (kind: MetricTarget['kind']): string => {
  switch (kind) {
    case 'Pod':
      return t('metrics.kind.pod', 'Worker pod');
    case 'Node':
      return t('metrics.kind.node', 'Node');
    case 'Task':
      return t('metrics.kind.task', 'Task of the knowledge base');
    case 'KnowledgeBase':
      return t('metrics.kind.knowledge-base', 'Knowledge base');
    default:
      return kind;
  }
};

const narrowed = (values: readonly string[], typed: string): Array<ComboboxOption<string>> => {
  const wanted = typed.trim().toLowerCase();
  return values
    .filter((value) => value.toLowerCase().includes(wanted))
    .slice(0, CHOICES)
    .map((value) => ({ value }));
};

/** Metric, what it is looked at of, and how; lists ask when they are opened, not before. */
export function MetricsControls({ model }: { model: MetricsScene }) {
  const { look } = model.useState();
  const { metric, target } = look;
  const styles = useStyles2(getStyles);
  const range = () => sceneGraph.getTimeRange(model).state.value;
  const aim = (change: Partial<MetricTarget>) => model.choose({ target: { ...target, ...change } });

  const metricOptions = async (typed: string): Promise<Array<ComboboxOption<string>>> => {
    const found = await fetchLabelValues('prometheus', buildMetricNamesQuery(ANY_METRIC_TARGET, true), range());
    const known = [...METRICS, ...SYSTEM_METRICS].map(({ name }) => name);
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const has = new Set(found);
    return [...new Set([...known, ...found])]
      .map((value) => ({ value, description: findMetric(value)?.help }))
      .filter(({ value, description = '' }) => {
        const text = `${value} ${description}`.toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .sort((a, b) => Number(has.has(b.value)) - Number(has.has(a.value)))
      .slice(0, CHOICES);
  };
  const choices = async (what: 'namespace' | 'name', typed: string) =>
    narrowed(await fetchLabelValues('prometheus', buildChoicesQuery(metric, what, target), range()), typed);

  return (
    <div className={styles.controls} data-testid="metrics-controls">
      <ChoiceField
        id="metrics-metric"
        label={t('metrics.metric', 'Metric')}
        width={44}
        placeholder={t('metrics.metric-placeholder', 'Choose from the catalogue or your own')}
        value={metric}
        options={metricOptions}
        onChange={(value) => model.choose({ metric: value })}
      />
      <ChoiceField
        id="metrics-kind"
        label={t('metrics.kind-label', 'Of')}
        width={28}
        placeholder={t('metrics.any-kind', 'Anything')}
        value={target.kind}
        options={METRIC_TARGET_KINDS.map((value) => ({ value, label: kindText(value) }))}
        onChange={(kind) => aim({ kind, names: [] })}
      />
      <ChoiceField
        id="metrics-namespace"
        label={t('metrics.namespace', 'Namespace')}
        width={18}
        placeholder={t('metrics.all', 'All')}
        value={target.namespace}
        options={(typed) => choices('namespace', typed)}
        onChange={(namespace) => aim({ namespace })}
      />
      {getNameLabel(target.kind) !== undefined && (
        <Field label={t('metrics.component-label', 'Component')} noMargin>
          <MultiCombobox
            // A list that was loaded is of what was chosen then.
            key={`${metric} ${target.kind} ${target.namespace}`}
            id="metrics-component"
            width={32}
            placeholder={t('metrics.all', 'All')}
            value={[...target.names]}
            options={(typed) => choices('name', typed)}
            onChange={(options) => aim({ names: options.map(({ value }) => value) })}
          />
        </Field>
      )}
      {metric !== '' && getVisualization(findMetric(metric)) === 'series' && <LookControls model={model} />}
    </div>
  );
}

/** How numbers are looked at. */
function LookControls({ model }: { model: MetricsScene }) {
  const { look } = model.useState();
  const { metric, target, by, aggregation, earlier, byRound } = look;
  const isOfRounds = hasRounds(metric, target);
  const isByRound = byRound && isOfRounds;
  const labels = async (typed: string) => {
    const names = await fetchLabelNames(metricSeries(metric, target), sceneGraph.getTimeRange(model).state.value);
    return narrowed(
      names.filter((name) => name !== '__name__' && isLabelName(name)),
      typed
    );
  };
  const change = (part: Partial<MetricLook>) => model.choose(part);
  return (
    <>
      {!isByRound && (
        <>
          <ChoiceField
            key={metric}
            id="metrics-by"
            label={t('metrics.by-label', 'Break down by')}
            width={20}
            placeholder={t('metrics.by-none', 'Every series')}
            value={by}
            options={labels}
            onChange={(value) => change({ by: value })}
          />
          {by !== '' && (
            <Field label={t('metrics.as', 'As')} noMargin>
              <Combobox
                id="metrics-as"
                width={12}
                value={aggregation}
                options={AGGREGATIONS.map((value) => ({ value }))}
                onChange={({ value }) => change({ aggregation: value })}
              />
            </Field>
          )}
          <ChoiceField
            id="metrics-compare"
            label={t('metrics.compare', 'Compare with')}
            width={24}
            placeholder={t('metrics.compare-none', 'No other time')}
            value={earlier ?? ''}
            options={EARLIER.map((value) => ({ value, label: earlierText(value) }))}
            onChange={(value) => change({ earlier: value === '' ? undefined : value })}
          />
        </>
      )}
      {isOfRounds && (
        <Field label={t('metrics.x', 'Over')} noMargin>
          <Combobox
            id="metrics-x"
            width={14}
            value={isByRound ? 'round' : 'time'}
            options={[
              { value: 'time', label: t('metrics.x-time', 'time') },
              { value: 'round', label: t('metrics.x-round', 'rounds') },
            ]}
            onChange={({ value }) => change({ byRound: value === 'round' })}
          />
        </Field>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2) }),
});
