import React, { lazy, Suspense } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Dropdown, Field, FilterPill, Menu, Stack, TagsInput, useStyles2 } from '@grafana/ui';
import { LOG_LEVELS, ERROR_PHRASES, type LogLevel } from '../../sedna/logs';
import type { LogsScene } from './LogsScene';
import { KEYWORD_SWITCHES, type KeywordSwitch } from './selection';

const SavedSearches = lazy(async () => ({ default: (await import('./SavedSearches')).SavedSearches }));

const levelTitle = (level: LogLevel): string =>
  ({
    error: t('logs.level.error', 'Error'),
    warning: t('logs.level.warning', 'Warning'),
    info: t('logs.level.info', 'Info'),
    debug: t('logs.level.debug', 'Debug'),
    unknown: t('logs.level.unknown', 'No level'),
  })[level];

const switchTitle = (one: KeywordSwitch): string =>
  ({
    any: t('logs.switch.any', 'Any keyword'),
    case: t('logs.switch.case', 'Match case'),
    word: t('logs.switch.word', 'Whole words'),
    regex: t('logs.switch.regex', 'Regular expressions'),
  })[one];

/** With an element more, or without it. */
const toggled = <T,>(list: readonly T[], one: T): T[] =>
  list.includes(one) ? list.filter((each) => each !== one) : [...list, one];

/** Which lines: keywords, how they are read, levels. */
export function KeywordControls({ model }: { model: LogsScene }) {
  const { include, exclude, switches, levels, colours } = model.useState();
  const styles = useStyles2(getStyles);
  const placeholder = switches.includes('regex')
    ? t('logs.pattern-placeholder', 'RE2 pattern, then Enter')
    : t('logs.keyword-placeholder', 'Keyword, then Enter');
  return (
    <>
      <div className={styles.row}>
        <Field
          label={
            switches.includes('any') ? t('logs.include-any', 'Contains any of') : t('logs.include', 'Contains all of')
          }
          noMargin
          className={styles.keywords}
        >
          <TagsInput
            id="logs-include"
            tags={include}
            placeholder={placeholder}
            onChange={(texts) => model.select({ include: texts })}
          />
        </Field>
        <Field label={t('logs.exclude', 'Contains none of')} noMargin className={styles.keywords}>
          <TagsInput
            id="logs-exclude"
            tags={exclude}
            placeholder={placeholder}
            onChange={(texts) => model.select({ exclude: texts })}
          />
        </Field>
        <div className={styles.buttons}>
          <Dropdown
            overlay={
              <Menu>
                {ERROR_PHRASES.map((phrase) => (
                  <Menu.Item key={phrase} label={phrase} onClick={() => model.addKeyword('include', phrase)} />
                ))}
              </Menu>
            }
          >
            <Button variant="secondary" icon="angle-down" fill="outline">
              {t('logs.phrases', 'Telling phrases')}
            </Button>
          </Dropdown>
          <Suspense fallback={null}>
            <SavedSearches model={model} />
          </Suspense>
        </div>
      </div>
      <Stack direction="row" gap={2} wrap="wrap">
        <div role="group" aria-label={t('logs.level-label', 'Level')}>
          <Stack direction="row" gap={0.5} wrap="wrap">
            {LOG_LEVELS.map((level) => (
              <FilterPill
                key={level}
                label={levelTitle(level)}
                selected={levels.includes(level)}
                onClick={() => model.select({ levels: toggled(levels, level) })}
              />
            ))}
          </Stack>
        </div>
        <div role="group" aria-label={t('logs.switches', 'How keywords are read')}>
          <Stack direction="row" gap={0.5} wrap="wrap">
            {KEYWORD_SWITCHES.map((one) => (
              <FilterPill
                key={one}
                label={switchTitle(one)}
                selected={switches.includes(one)}
                onClick={() => model.select({ switches: toggled(switches, one) })}
              />
            ))}
          </Stack>
        </div>
        <FilterPill
          label={t('logs.colours', 'Colours as written')}
          selected={colours === 'on'}
          onClick={() => model.select({ colours: colours === 'on' ? 'off' : 'on' })}
        />
      </Stack>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1.5), alignItems: 'flex-start' }),
  keywords: css({ minWidth: 240, flex: '1 1 240px', maxWidth: 480 }),
  buttons: css({
    display: 'flex',
    gap: theme.spacing(1),
    // In line with the fields, as long as they stand beside them.
    [theme.breakpoints.up('md')]: { paddingTop: theme.spacing(2.75) },
  }),
});
