import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Field, Icon, InlineSwitch, Input, useStyles2 } from '@grafana/ui';
import { ChoiceField } from '../../../ui/ChoiceField';
import { METRIC_CATEGORIES } from './categories';
import { CustomMetricGuide } from './CustomMetricGuide';
import type { CatalogFilter } from './filter';
import { formatCategory } from './format';
import { t } from '../../../platform/i18n';

interface Props {
  filter: CatalogFilter;
  onChange: (change: Partial<CatalogFilter>) => void;
}

export function CatalogControls({ filter, onChange }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.controls}>
      <Field label={t('metrics.search', 'Search metrics')} noMargin>
        <Input
          id="metrics-search"
          width={48}
          prefix={<Icon name="search" />}
          value={filter.text}
          placeholder={t('metrics.search-placeholder', 'Name, description, unit, label, or source')}
          onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
          onKeyDown={({ key }) => key === 'Escape' && onChange({ text: '' })}
        />
      </Field>
      <ChoiceField
        id="metrics-category"
        label={t('metrics.column.category', 'Category')}
        width={24}
        placeholder={t('metrics.all', 'All')}
        value={filter.category}
        options={METRIC_CATEGORIES.map((value) => ({ value, label: formatCategory(value) }))}
        onChange={(category) => onChange({ category })}
      />
      <InlineSwitch
        id="metrics-only-with-data"
        showLabel
        label={t('metrics.only-with-data', 'Only metrics with data')}
        value={filter.onlyWithData}
        onChange={({ currentTarget }) => onChange({ onlyWithData: currentTarget.checked })}
      />
      <InlineSwitch
        id="metrics-include-foreign"
        showLabel
        label={t('metrics.include-foreign', 'All metrics of the data source')}
        value={filter.includeForeign}
        onChange={({ currentTarget }) => onChange({ includeForeign: currentTarget.checked })}
      />
      <CustomMetricGuide />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(1, 2) }),
});
