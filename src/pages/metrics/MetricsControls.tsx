import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Combobox, Field, useStyles2, type ComboboxOption } from '@grafana/ui';
import { componentsQuery, metricNamesQuery } from '../../query/metrics';
import type { LabelQuery } from '../../query/text';
import { labelValues } from '../../scenes/labelValues';
import { findMetric, METRICS } from '../../sedna/catalogue';
import type { MetricsScene } from './MetricsScene';

/** Metric and component; lists ask when they are opened, not before. */
export function MetricsControls({ model }: { model: MetricsScene }) {
  const { metric, namespace, name } = model.useState();
  const styles = useStyles2(getStyles);
  const values = (query: LabelQuery) => labelValues('prometheus', query, sceneGraph.getTimeRange(model).state.value);

  const metricOptions = async (typed: string): Promise<ComboboxOption[]> => {
    const found = await values(metricNamesQuery());
    const names = [...new Set([...METRICS.map((entry) => entry.name), ...found])];
    const wanted = typed.trim().toLowerCase();
    return names
      .map((value) => ({ value, description: findMetric(value)?.help ?? t('metrics.custom', 'Custom metric') }))
      .filter(({ value, description }) => `${value} ${description}`.toLowerCase().includes(wanted))
      .sort((a, b) => Number(found.includes(b.value)) - Number(found.includes(a.value)));
  };
  const componentOptions = async (label: 'namespace' | 'name', typed: string): Promise<ComboboxOption[]> => {
    const filter = { namespace: label === 'name' ? namespace : '', name: '' };
    return (await values(componentsQuery(metric, label, filter)))
      .filter((value) => value.includes(typed.trim()))
      .map((value) => ({ value }));
  };

  return (
    <div className={styles.controls} data-testid="metrics-controls">
      <Field label={t('metrics.metric', 'Metric')} noMargin>
        <Combobox
          id="metrics-metric"
          width={60}
          isClearable
          placeholder={t('metrics.metric-placeholder', 'Choose from the catalogue or your own')}
          value={metric === '' ? null : metric}
          options={metricOptions}
          onChange={(option) => model.choose({ metric: option?.value ?? '' })}
        />
      </Field>
      <Field label={t('metrics.namespace', 'Namespace')} noMargin>
        <Combobox
          id="metrics-namespace"
          width={24}
          isClearable
          disabled={metric === ''}
          placeholder={t('metrics.all', 'All')}
          value={namespace === '' ? null : namespace}
          options={(typed) => componentOptions('namespace', typed)}
          onChange={(option) => model.choose({ namespace: option?.value ?? '' })}
        />
      </Field>
      <Field label={t('metrics.component-label', 'Component')} noMargin>
        <Combobox
          id="metrics-component"
          width={40}
          isClearable
          disabled={metric === ''}
          placeholder={t('metrics.all', 'All')}
          value={name === '' ? null : name}
          options={(typed) => componentOptions('name', typed)}
          onChange={(option) => model.choose({ name: option?.value ?? '' })}
        />
      </Field>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2) }),
});
