import React from 'react';
import type { TimeRange } from '@grafana/data';
import { Combobox, Field } from '@grafana/ui';
import { ChoiceField } from '../../../ui/ChoiceField';
import { hasRounds } from '../../../query/metrics';
import { formatOffset } from '../format';
import { AGGREGATIONS, COMPARISON_OFFSETS, type MetricSelection } from '../selection';
import { fetchGroupByOptions } from './options';
import { t } from '../../../platform/i18n';

interface Props {
  selection: MetricSelection;
  timeRange: TimeRange;
  onSelect: (change: Partial<MetricSelection>) => void;
}

/** Fields for metrics that are numbers: grouping, comparison, and x axis. */
export function SeriesControls({ selection, timeRange, onSelect }: Props) {
  const { metric, target, groupBy, aggregation, compareWith, byRound } = selection;
  const canShowRounds = hasRounds(metric, target);
  const showsRounds = byRound && canShowRounds;
  return (
    <>
      {!showsRounds && (
        <>
          <ChoiceField
            key={metric}
            id="metrics-group-by"
            label={t('metrics.group-by', 'Group by')}
            width={20}
            placeholder={t('metrics.no-grouping', 'No grouping')}
            value={groupBy}
            options={(typed) => fetchGroupByOptions(typed, { metric, target, timeRange })}
            onChange={(value) => onSelect({ groupBy: value })}
          />
          {groupBy !== '' && (
            <Field label={t('metrics.aggregation', 'Aggregation')} noMargin>
              <Combobox
                id="metrics-aggregation"
                width={12}
                value={aggregation}
                options={AGGREGATIONS.map((value) => ({ value }))}
                onChange={({ value }) => onSelect({ aggregation: value })}
              />
            </Field>
          )}
          <ChoiceField
            id="metrics-compare"
            label={t('metrics.compare', 'Compare with')}
            width={24}
            placeholder={t('metrics.no-comparison', 'No comparison')}
            value={compareWith ?? ''}
            options={COMPARISON_OFFSETS.map((value) => ({ value, label: formatOffset(value) }))}
            onChange={(value) => onSelect({ compareWith: value === '' ? undefined : value })}
          />
        </>
      )}
      {canShowRounds && (
        <Field label={t('metrics.x-axis', 'X axis')} noMargin>
          <Combobox
            id="metrics-x-axis"
            width={14}
            value={showsRounds ? 'round' : 'time'}
            options={[
              { value: 'time', label: t('metrics.x-axis-time', 'Time') },
              { value: 'round', label: t('metrics.x-axis-round', 'Rounds') },
            ]}
            onChange={({ value }) => onSelect({ byRound: value === 'round' })}
          />
        </Field>
      )}
    </>
  );
}
