import React, { lazy, Suspense, useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, Field, MultiCombobox, useStyles2, type ComboboxOption } from '@grafana/ui';
import { ChoiceField } from '../../../ui/ChoiceField';
import type { LogLabel } from '../../../query/logs/logLabels';
import { workersByName } from '../../../query/resources';
import { fetchLabelValues, fetchLogLabelValues } from '../../../data/labelValues';
import { WORKER_TYPES } from '../../../sedna/kinds/workers';
import type { PageTimeRange, RangeEnd } from '../pageTimeRange';
import { buildOptionMatchers, formatWorkerType } from '../queries';
import type { SavedSearch } from '../saved-searches/savedSearches';
import { COMPONENTS, type Selection } from '../selection';
import { KeywordControls } from './KeywordControls';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

const RoundField = lazy(async () => ({ default: (await import('../rounds/RoundField')).RoundField }));

const findComponent = (value: string) => COMPONENTS.find(({ id }) => id === value);

export interface LogsControlsProps {
  selection: Selection;
  /** Start of the selected round (Unix, ms); empty if none is. */
  round: string;
  timeRange: PageTimeRange;
  onSelect: (change: Partial<Selection>) => void;
  onOpenSearch: (search: SavedSearch) => void;
  onSelectRound: (round: string, range?: { from: RangeEnd; to: RangeEnd }) => void;
}

/** Fields that select streams, keywords, and levels. A list fetches its options when it is opened, not before. */
export function LogsControls({
  selection,
  round,
  timeRange,
  onSelect,
  onOpenSearch,
  onSelectRound,
}: LogsControlsProps) {
  const { namespace, pods, container, node, job, component, worker } = selection;
  const styles = useStyles2(getStyles);
  const [counts, setCounts] = useState<Partial<Record<LogLabel, number>>>({});

  const fetchOptions = async (label: LogLabel, typed: string): Promise<ComboboxOption[]> => {
    const values = await fetchLogLabelValues(
      label,
      buildOptionMatchers(selection, label, typed.trim()),
      timeRange.value
    );
    if (typed === '') {
      setCounts((known) => ({ ...known, [label]: values.length }));
    }
    return values.map((value) => ({ value }));
  };
  const fetchJobsAndComponents = async (typed: string): Promise<ComboboxOption[]> => {
    const isMatch = (text: string) => text.toLowerCase().includes(typed.trim().toLowerCase());
    // Without Prometheus, components can still be selected, and a job by its pods.
    const jobs = await fetchLabelValues('prometheus', workersByName(namespace), timeRange.value).catch(() => []);
    return [
      ...COMPONENTS.filter(({ title }) => isMatch(title)).map(({ id, title }) => ({ value: id, label: title })),
      ...jobs.filter(isMatch).map((value) => ({ value })),
    ];
  };

  const titles: Record<LogLabel, string> = {
    namespace: t('logs.namespace', 'Namespace'),
    pod: t('logs.pods', 'Pods'),
    container: t('logs.container', 'Container'),
    node: t('logs.node', 'Node'),
  };
  const formatTitle = (label: LogLabel) =>
    counts[label] === undefined
      ? titles[label]
      : t('logs.title-with-count', '{{title}} ({{number}})', { title: titles[label], number: counts[label] });
  const renderLabelField = (label: 'namespace' | 'container' | 'node', value: string, width: number) => (
    <ChoiceField
      id={`logs-${label}`}
      label={formatTitle(label)}
      width={width}
      placeholder={t('logs.all', 'All')}
      value={value}
      options={(typed) => fetchOptions(label, typed)}
      onChange={(chosen) =>
        onSelect({
          [label]: chosen,
          ...(label === 'namespace' ? { pods: [], job: '', container: '' } : {}),
        })
      }
    />
  );
  const jobOrComponent = component === '' ? job : component;

  return (
    <div className={styles.all} data-testid={TEST_IDS.logs.controls}>
      <div className={styles.row}>
        {renderLabelField('namespace', namespace, 18)}
        <Field label={t('logs.job', 'Job or component')} noMargin>
          <Combobox
            id="logs-job"
            width={26}
            isClearable
            createCustomValue
            placeholder={t('logs.any', 'Any')}
            value={
              jobOrComponent === ''
                ? null
                : { value: jobOrComponent, label: findComponent(jobOrComponent)?.title ?? jobOrComponent }
            }
            options={fetchJobsAndComponents}
            onChange={(option) => {
              const found = findComponent(option?.value ?? '');
              onSelect({ component: found?.id ?? '', job: found ? '' : (option?.value ?? ''), pods: [] });
            }}
          />
        </Field>
        <ChoiceField
          id="logs-worker"
          label={t('logs.worker-label', 'Stage (worker)')}
          width={18}
          placeholder={t('logs.any', 'Any')}
          value={worker}
          options={WORKER_TYPES.map((type) => ({ value: type, label: formatWorkerType(type) }))}
          onChange={(type) => onSelect({ worker: type })}
        />
        <Field label={formatTitle('pod')} noMargin>
          <MultiCombobox
            id="logs-pods"
            width={42}
            placeholder={job === '' ? t('logs.all', 'All') : t('logs.pods-of-job', 'All of {{job}}', { job })}
            value={pods}
            options={(typed) => fetchOptions('pod', typed)}
            onChange={(chosen) => onSelect({ pods: chosen.map(({ value }) => value) })}
          />
        </Field>
        {renderLabelField('container', container, 16)}
        {renderLabelField('node', node, 16)}
        {job !== '' && (
          <Suspense fallback={null}>
            <RoundField
              key={`${namespace}/${job}`}
              {...{ namespace, job, worker, round, timeRange }}
              onSelectRound={onSelectRound}
            />
          </Suspense>
        )}
      </div>
      <KeywordControls {...{ selection, timeRange, onSelect, onOpenSearch }} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  all: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
  row: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1.5), alignItems: 'flex-start' }),
});
