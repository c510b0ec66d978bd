import React, { lazy, Suspense, useState } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Combobox, Field, MultiCombobox, useStyles2, type ComboboxOption } from '@grafana/ui';
import { ChoiceField } from '../../ui/ChoiceField';
import type { LogLabel } from '../../query/logs/logLabels';
import { workersByName } from '../../query/resources';
import { fetchLabelValues, fetchLogLabelValues } from '../../data/labelValues';
import { WORKER_TYPES } from '../../sedna/kinds/workers';
import { KeywordControls } from './KeywordControls';
import type { LogsScene } from './LogsScene';
import { choiceMatchers, workerTitle } from './queries';
import { COMPONENTS } from './selection';

const RoundField = lazy(async () => ({ default: (await import('./RoundField')).RoundField }));

const isComponent = (value: string) => COMPONENTS.find(({ id }) => id === value);

/** What to search: whose lines, and which of them. Asks for values when a list is opened, not before. */
export function LogsControls({ model }: { model: LogsScene }) {
  const selection = model.useState();
  const { namespace, pods, container, node, job, component, worker } = selection;
  const styles = useStyles2(getStyles);
  const [counts, setCounts] = useState<Partial<Record<LogLabel, number>>>({});

  const range = () => sceneGraph.getTimeRange(model).state.value;
  const values = async (label: LogLabel, typed: string): Promise<ComboboxOption[]> => {
    const found = await fetchLogLabelValues(label, choiceMatchers(selection, label, typed.trim()), range());
    if (typed === '') {
      setCounts((known) => ({ ...known, [label]: found.length }));
    }
    return found.map((value) => ({ value }));
  };
  const jobsAndComponents = async (typed: string): Promise<ComboboxOption[]> => {
    const fits = (text: string) => text.toLowerCase().includes(typed.trim().toLowerCase());
    // Without Prometheus the parts of Sedna can still be chosen, and a job by its pods.
    const jobs = await fetchLabelValues('prometheus', workersByName(namespace), range()).catch(() => []);
    return [
      ...COMPONENTS.filter(({ title }) => fits(title)).map(({ id, title }) => ({ value: id, label: title })),
      ...jobs.filter(fits).map((value) => ({ value })),
    ];
  };
  const labelled = (label: LogLabel, title: string) =>
    counts[label] === undefined ? title : `${title} (${counts[label]})`;

  const titles: Record<LogLabel, string> = {
    namespace: t('logs.namespace', 'Namespace'),
    pod: t('logs.pods', 'Pods'),
    container: t('logs.container', 'Container'),
    node: t('logs.node', 'Node'),
  };
  const single = (label: 'namespace' | 'container' | 'node', value: string, width: number) => (
    <ChoiceField
      id={`logs-${label}`}
      label={labelled(label, titles[label])}
      width={width}
      placeholder={t('logs.all', 'All')}
      value={value}
      options={(typed) => values(label, typed)}
      onChange={(chosen) =>
        model.select({
          [label]: chosen,
          ...(label === 'namespace' ? { pods: [], job: '', container: '' } : {}),
        })
      }
    />
  );
  const chosen = component === '' ? job : component;

  return (
    <div className={styles.all} data-testid="logs-controls">
      <div className={styles.row}>
        {single('namespace', namespace, 18)}
        <Field label={t('logs.job', 'Job or component')} noMargin>
          <Combobox
            id="logs-job"
            width={26}
            isClearable
            createCustomValue
            placeholder={t('logs.any', 'Any')}
            value={chosen === '' ? null : { value: chosen, label: isComponent(chosen)?.title ?? chosen }}
            options={jobsAndComponents}
            onChange={(option) => {
              const part = isComponent(option?.value ?? '');
              model.select({ component: part?.id ?? '', job: part ? '' : (option?.value ?? ''), pods: [] });
            }}
          />
        </Field>
        <ChoiceField
          id="logs-worker"
          label={t('logs.worker-label', 'Stage (worker)')}
          width={18}
          placeholder={t('logs.any', 'Any')}
          value={worker}
          options={WORKER_TYPES.map((type) => ({ value: type, label: workerTitle(type) }))}
          onChange={(type) => model.select({ worker: type })}
        />
        <Field label={labelled('pod', titles.pod)} noMargin>
          <MultiCombobox
            id="logs-pods"
            width={30}
            placeholder={job === '' ? t('logs.all', 'All') : t('logs.pods-of-job', 'All of {{job}}', { job })}
            value={pods}
            options={(typed) => values('pod', typed)}
            onChange={(some) => model.select({ pods: some.map(({ value }) => value) })}
          />
        </Field>
        {single('container', container, 16)}
        {single('node', node, 16)}
        {job !== '' && (
          <Suspense fallback={null}>
            <RoundField key={`${namespace}/${job}`} model={model} />
          </Suspense>
        )}
      </div>
      <KeywordControls model={model} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  all: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
  row: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1.5), alignItems: 'flex-start' }),
});
