import React, { useCallback, useMemo } from 'react';
import type { TimeRange } from '@grafana/data';
import { Alert, Stack, Text } from '@grafana/ui';
import { CopyBlock } from '../../../ui/CopyBlock';
import { QueryErrorAlert } from '../../../ui/feedback/QueryErrorAlert';
import type { QueryErrorLike } from '../../../data/errors/classifyQueryError';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { sortBy, type SortOrder } from '../../../ui/sorting';
import { useRequest } from '../../../data/requests/useRequest';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import { fetchLokiResource } from '../../../data/logs/lokiApi';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { PagedTable } from '../../../panels/table/PagedTable';
import type { TableState } from '../../../panels/table/TableState';
import { buildPatternColumns } from './columns';
import { buildPatternParams, toPatterns, type LogPattern, type LokiPatterns } from './logPatterns';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

const PAGE_SIZE = 50;
const getRowId = ({ text }: LogPattern) => text;

/** Enables pattern detection, which is off in Loki's default configuration. */
const LOKI_CONFIG = 'pattern_ingester:\n  enabled: true\n';

/**
 * @returns undefined if pattern detection is disabled, because Loki has no such path then
 * @throws as `lokiResource`
 */
async function fetchPatterns(params: Record<string, string>, signal: AbortSignal): Promise<LokiPatterns | undefined> {
  try {
    return await fetchLokiResource<LokiPatterns>('patterns', params, signal);
  } catch (error) {
    if ((error as QueryErrorLike).status === 404) {
      return undefined;
    }
    throw error;
  }
}

interface Props {
  table: TableState<string>;
  /** Stream selector; patterns cover all lines of the streams. */
  selector: string;
  range: TimeRange;
  onAddPattern: (pattern: string, list: 'include' | 'exclude') => void;
}

/** Table of the patterns that Loki detects in streams. */
export function PatternsView({ table, selector, range, onAddPattern }: Props) {
  const request = useRequest(
    useCallback(
      async (signal) => {
        const params = buildPatternParams(selector, range.from.valueOf(), range.to.valueOf());
        const response = await fetchPatterns(params, signal);
        return response && { range, patterns: toPatterns(response) };
      },
      [selector, range]
    )
  );
  if (request.state === 'failed') {
    return <QueryErrorAlert error={request.error} source={getDataSourceName('loki')} />;
  }
  if (request.state === 'loading') {
    return <LoadingIndicator source={getDataSourceName('loki')} />;
  }
  return request.value ? <PatternTable {...{ table, onAddPattern }} {...request.value} /> : <PatternsDisabled />;
}

const sortPatterns = (patterns: readonly LogPattern[], sort: SortOrder = { by: 'count', descending: true }) =>
  sortBy(patterns, ({ text, count }) => (sort.by === 'text' ? text : count), sort.descending);

interface TableProps extends Omit<Props, 'selector'> {
  patterns: readonly LogPattern[];
}

function PatternTable({ table, patterns, range, onAddPattern }: TableProps) {
  const total = patterns.reduce((sum, { count }) => sum + count, 0);
  const columns = useMemo(
    () =>
      buildPatternColumns({
        total,
        from: range.from.valueOf() / 1000,
        to: range.to.valueOf() / 1000,
        onAddPattern,
      }),
    [onAddPattern, total, range]
  );
  if (patterns.length === 0) {
    return (
      <EmptyState title={t('logs.patterns.none.title', 'No patterns found')}>
        {t(
          'logs.patterns.none.text',
          'Loki detects patterns when lines arrive, keeps them for about 3 hours or until it restarts, and lists those with at least 30 lines. Select a time range that ends now.'
        )}
      </EmptyState>
    );
  }
  return (
    <Stack direction="column" gap={1}>
      <Text variant="bodySmall" color="secondary">
        {t(
          'logs.patterns.description',
          "{{count}} patterns in these streams. Keywords and levels don't apply. Pods apply only if they are a stream label.",
          {
            count: patterns.length,
            defaultValue_one:
              "{{count}} pattern in these streams. Keywords and levels don't apply. Pods apply only if they are a stream label.",
          }
        )}
      </Text>
      <div data-testid={TEST_IDS.logs.patterns}>
        <PagedTable
          table={table}
          columns={columns}
          rows={patterns}
          sortRows={sortPatterns}
          rowId={getRowId}
          pageSize={PAGE_SIZE}
        />
      </div>
    </Stack>
  );
}

function PatternsDisabled() {
  return (
    <Alert severity="info" title={t('logs.patterns.disabled.title', 'Pattern detection is disabled in Loki')}>
      <Stack direction="column" gap={1}>
        <span>
          {t(
            'logs.patterns.disabled.text',
            'Loki 3 can detect patterns and keeps them in memory. To enable detection, add these lines to the Loki configuration and restart Loki. Only lines that arrive after the restart are included.'
          )}
        </span>
        <CopyBlock text={LOKI_CONFIG} label={t('logs.patterns.disabled.configuration', 'Loki configuration')} />
      </Stack>
    </Alert>
  );
}
