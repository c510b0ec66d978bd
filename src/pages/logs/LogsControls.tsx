import React from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import {
  Checkbox,
  Combobox,
  Field,
  FilterPill,
  MultiCombobox,
  Stack,
  TagsInput,
  useStyles2,
  type ComboboxOption,
} from '@grafana/ui';
import { valuesOf, type LabelQuery } from '../../query/text';
import { labelValues } from '../../scenes/labelValues';
import { LOG_LEVELS, type LogLevel } from '../../sedna/logs';
import type { LogsScene } from './LogsScene';
import { podValuesQuery } from './selection';

const levelTitle = (level: LogLevel): string =>
  ({
    error: t('logs.level.error', 'Error'),
    warning: t('logs.level.warning', 'Warning'),
    info: t('logs.level.info', 'Info'),
    debug: t('logs.level.debug', 'Debug'),
    unknown: t('logs.level.unknown', 'No level'),
  })[level];

/** What to search: namespace, pods, keywords, levels. Asks for values when a list is opened, not before. */
export function LogsControls({ model }: { model: LogsScene }) {
  const selection = model.useState();
  const { namespace, pods, job, include, exclude, matchCase, levels } = selection;
  const styles = useStyles2(getStyles);

  const options = async (query: LabelQuery): Promise<ComboboxOption[]> =>
    (await labelValues('loki', query, sceneGraph.getTimeRange(model).state.value)).map((value) => ({ value }));
  const toggle = (level: LogLevel) =>
    model.select({ levels: levels.includes(level) ? levels.filter((each) => each !== level) : [...levels, level] });

  return (
    <div className={styles.controls} data-testid="logs-controls">
      <Field label={t('logs.namespace', 'Namespace')} noMargin>
        <Combobox
          id="logs-namespace"
          width={24}
          isClearable
          placeholder={t('logs.all-namespaces', 'All')}
          value={namespace === '' ? null : namespace}
          options={async (typed) =>
            (await options(valuesOf('namespace'))).filter(({ value }) => value.includes(typed.trim()))
          }
          onChange={(option) => model.select({ namespace: option?.value ?? '', pods: [], job: '' })}
        />
      </Field>
      <Field label={t('logs.pods', 'Pods')} noMargin>
        <MultiCombobox
          id="logs-pods"
          width={48}
          placeholder={job === '' ? t('logs.all-pods', 'All') : t('logs.pods-of-job', 'All of {{job}}', { job })}
          value={pods}
          options={(typed) => options(podValuesQuery(selection, typed))}
          onChange={(chosen) => model.select({ pods: chosen.map(({ value }) => value), job: '' })}
        />
      </Field>
      <Field label={t('logs.include', 'Contains all of')} noMargin className={styles.keywords}>
        <TagsInput
          id="logs-include"
          tags={include}
          placeholder={t('logs.keyword-placeholder', 'Keyword, then Enter')}
          onChange={(texts) => model.select({ include: texts })}
        />
      </Field>
      <Field label={t('logs.exclude', 'Contains none of')} noMargin className={styles.keywords}>
        <TagsInput
          id="logs-exclude"
          tags={exclude}
          placeholder={t('logs.keyword-placeholder', 'Keyword, then Enter')}
          onChange={(texts) => model.select({ exclude: texts })}
        />
      </Field>
      <Field label={t('logs.level-label', 'Level')} noMargin>
        <Stack direction="row" gap={0.5} alignItems="center" wrap="wrap">
          {LOG_LEVELS.map((level) => (
            <FilterPill
              key={level}
              label={levelTitle(level)}
              selected={levels.includes(level)}
              onClick={() => toggle(level)}
            />
          ))}
          <Checkbox
            label={t('logs.match-case', 'Match case')}
            value={matchCase}
            onChange={({ currentTarget }) => model.select({ matchCase: currentTarget.checked })}
          />
        </Stack>
      </Field>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  controls: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2), alignItems: 'flex-start' }),
  keywords: css({ minWidth: 240, flex: '1 1 240px', maxWidth: 420 }),
});
