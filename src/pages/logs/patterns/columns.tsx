import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, useStyles2, type Column } from '@grafana/ui';
import { Bars } from './Bars';
import type { LogPattern } from './logPatterns';

interface Options {
  /** Entries of all patterns. */
  total: number;
  /** What counts are drawn within (Unix, s). */
  from: number;
  to: number;
  onChoose: (pattern: string, part: 'include' | 'exclude') => void;
}

function PatternText({ text }: { text: string }) {
  return <span className={useStyles2(getStyles)}>{text}</span>;
}

/** Columns of the table of patterns. */
export function patternColumns({ total, from, to, onChoose }: Options): Array<Column<LogPattern>> {
  const column = (id: string, header: string, cell: (pattern: LogPattern) => ReactNode): Column<LogPattern> => ({
    id,
    header,
    ...(id === 'text' || id === 'count' ? { sortType: 'alphanumeric' } : {}),
    ...(id === 'text' ? {} : { disableGrow: true }),
    cell: ({ row: { original } }) => cell(original),
  });
  return [
    column('count', t('logs.patterns.count', 'Lines'), ({ count }) => count),
    column('share', t('logs.patterns.share', 'Share'), ({ count }) =>
      formattedValueToString(getValueFormat('percentunit')(count / total, 1))
    ),
    column('samples', t('logs.patterns.over-time', 'Over time'), ({ samples }) => <Bars {...{ samples, from, to }} />),
    column('text', t('logs.patterns.pattern', 'Pattern'), ({ text }) => <PatternText text={text} />),
    column('use', '', ({ text }) => (
      <Stack direction="row" gap={0.5}>
        <Button size="sm" variant="secondary" fill="text" onClick={() => onChoose(text, 'include')}>
          {t('logs.patterns.include', 'Include')}
        </Button>
        <Button size="sm" variant="secondary" fill="text" onClick={() => onChoose(text, 'exclude')}>
          {t('logs.patterns.exclude', 'Exclude')}
        </Button>
      </Stack>
    )),
  ];
}

const getStyles = (theme: GrafanaTheme2) =>
  css({
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  });
