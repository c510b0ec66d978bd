import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, Stack, useStyles2, type Column } from '@grafana/ui';
import type { LogPattern } from './logPatterns';
import { PatternHistogram } from './PatternHistogram';
import { t } from '../../../platform/i18n';

interface Options {
  /** Entries of all patterns. */
  total: number;
  /** Time range of the histograms (Unix, s). */
  from: number;
  to: number;
  onAddPattern: (pattern: string, list: 'include' | 'exclude') => void;
}

function PatternText({ text }: { text: string }) {
  return <span className={useStyles2(getStyles)}>{text}</span>;
}

export function buildPatternColumns({ total, from, to, onAddPattern }: Options): Array<Column<LogPattern>> {
  const buildColumn = (id: string, header: string, cell: (pattern: LogPattern) => ReactNode): Column<LogPattern> => ({
    id,
    header,
    ...(id === 'text' || id === 'count' ? { sortType: 'alphanumeric' } : {}),
    ...(id === 'text' ? {} : { disableGrow: true }),
    cell: ({ row: { original } }) => cell(original),
  });
  return [
    buildColumn('count', t('logs.patterns.count', 'Lines'), ({ count }) => count),
    buildColumn('share', t('logs.patterns.share', 'Share'), ({ count }) =>
      formattedValueToString(getValueFormat('percentunit')(count / total, 1))
    ),
    buildColumn('samples', t('logs.patterns.over-time', 'Over time'), ({ samples }) => (
      <PatternHistogram {...{ samples, from, to }} />
    )),
    buildColumn('text', t('logs.patterns.pattern', 'Pattern'), ({ text }) => <PatternText text={text} />),
    buildColumn('actions', '', ({ text }) => (
      <Stack direction="row" gap={0.5}>
        <Button size="sm" variant="secondary" fill="text" onClick={() => onAddPattern(text, 'include')}>
          {t('logs.patterns.include', 'Include')}
        </Button>
        <Button size="sm" variant="secondary" fill="text" onClick={() => onAddPattern(text, 'exclude')}>
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
