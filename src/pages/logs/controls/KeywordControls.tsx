import React, { lazy, Suspense } from 'react';
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Dropdown, Field, FilterPill, Menu, Stack, TagsInput, useStyles2 } from '@grafana/ui';
import { LOG_LEVELS, ERROR_PHRASES, type LogLevel } from '../../../sedna/logs';
import type { PageTimeRange } from '../pageTimeRange';
import type { SavedSearch } from '../saved-searches/savedSearches';
import { KEYWORD_OPTIONS, type KeywordOption, type Selection } from '../selection';
import { t } from '../../../platform/i18n';

const SavedSearchesButton = lazy(async () => ({
  default: (await import('../saved-searches/SavedSearchesButton')).SavedSearchesButton,
}));

const formatLevel = (level: LogLevel): string =>
  ({
    error: t('logs.level.error', 'Error'),
    warning: t('logs.level.warning', 'Warning'),
    info: t('logs.level.info', 'Info'),
    debug: t('logs.level.debug', 'Debug'),
    unknown: t('logs.level.unknown', 'No level'),
  })[level];

const formatKeywordOption = (option: KeywordOption): string =>
  ({
    any: t('logs.keyword-option.any', 'Any keyword'),
    case: t('logs.keyword-option.case', 'Match case'),
    word: t('logs.keyword-option.word', 'Whole words'),
    regex: t('logs.keyword-option.regex', 'Regular expressions'),
  })[option];

/** Adds an element to a list, or removes it. */
const toggle = <T,>(list: readonly T[], element: T): T[] =>
  list.includes(element) ? list.filter((each) => each !== element) : [...list, element];

interface Props {
  selection: Selection;
  timeRange: PageTimeRange;
  onSelect: (change: Partial<Selection>) => void;
  onOpenSearch: (search: SavedSearch) => void;
}

/** Keywords with their options, levels, and saved searches. */
export function KeywordControls({ selection, timeRange, onSelect, onOpenSearch }: Props) {
  const { include, exclude, keywordOptions, levels, colors } = selection;
  const styles = useStyles2(getStyles);
  const placeholder = keywordOptions.includes('regex')
    ? t('logs.regex-placeholder', 'Type an RE2 pattern and press Enter')
    : t('logs.keyword-placeholder', 'Type a keyword and press Enter');
  return (
    <>
      <div className={styles.row}>
        <Field
          label={
            keywordOptions.includes('any')
              ? t('logs.include-any', 'Contains any of')
              : t('logs.include', 'Contains all of')
          }
          noMargin
          className={styles.keywords}
        >
          <TagsInput
            id="logs-include"
            tags={include}
            placeholder={placeholder}
            onChange={(texts) => onSelect({ include: texts })}
          />
        </Field>
        <Field label={t('logs.exclude', 'Contains none of')} noMargin className={styles.keywords}>
          <TagsInput
            id="logs-exclude"
            tags={exclude}
            placeholder={placeholder}
            onChange={(texts) => onSelect({ exclude: texts })}
          />
        </Field>
        <div className={styles.buttons}>
          <Dropdown
            overlay={
              <Menu>
                {ERROR_PHRASES.map((phrase) => (
                  <Menu.Item
                    key={phrase}
                    label={phrase}
                    onClick={() => !include.includes(phrase) && onSelect({ include: [...include, phrase] })}
                  />
                ))}
              </Menu>
            }
          >
            <Button variant="secondary" icon="angle-down" fill="outline">
              {t('logs.common-errors', 'Common errors')}
            </Button>
          </Dropdown>
          <Suspense fallback={null}>
            <SavedSearchesButton {...{ selection, timeRange, onOpenSearch }} />
          </Suspense>
        </div>
      </div>
      <Stack direction="row" gap={2} wrap="wrap">
        <div role="group" aria-label={t('logs.level-label', 'Level')}>
          <Stack direction="row" gap={0.5} wrap="wrap">
            {LOG_LEVELS.map((level) => (
              <FilterPill
                key={level}
                label={formatLevel(level)}
                selected={levels.includes(level)}
                onClick={() => onSelect({ levels: toggle(levels, level) })}
              />
            ))}
          </Stack>
        </div>
        <div role="group" aria-label={t('logs.keyword-options', 'Keyword options')}>
          <Stack direction="row" gap={0.5} wrap="wrap">
            {KEYWORD_OPTIONS.map((option) => (
              <FilterPill
                key={option}
                label={formatKeywordOption(option)}
                selected={keywordOptions.includes(option)}
                onClick={() => onSelect({ keywordOptions: toggle(keywordOptions, option) })}
              />
            ))}
          </Stack>
        </div>
        <FilterPill
          label={t('logs.colors', 'Original colors')}
          selected={colors === 'on'}
          onClick={() => onSelect({ colors: colors === 'on' ? 'off' : 'on' })}
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
    // Aligns the buttons with the fields, below their labels, while they are in one row.
    [theme.breakpoints.up('md')]: { paddingTop: theme.spacing(2.75) },
  }),
});
