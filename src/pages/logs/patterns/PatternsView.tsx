import React, { useCallback, useMemo } from 'react';
import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Stack, Text } from '@grafana/ui';
import { CopyBlock } from '../../../ui/CopyBlock';
import { QueryErrorAlert } from '../../../ui/feedback/QueryErrorAlert';
import type { QueryErrorLike } from '../../../data/errors/describeQueryError';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { sortBy, type SortOrder } from '../../../ui/sorting';
import { useRequest } from '../../../data/requests/useRequest';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import { fetchLokiResource } from '../../../data/logs/lokiApi';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { PagedTable } from '../../../panels/table/PagedTable';
import type { TableState } from '../../../panels/table/TableState';
import { patternColumns } from './columns';
import { patternParams, patternsOf, type LogPattern, type LokiPatterns } from './logPatterns';

const PAGE_SIZE = 50;
const keyOf = ({ text }: LogPattern) => text;

/** How Loki is told to look for patterns, which it does not do by itself. */
const SETTING = 'pattern_ingester:\n  enabled: true\n';

/**
 * Errors as `lokiResource`.
 * @returns undefined where Loki has no such path, as one that does not look for patterns
 */
async function askForPatterns(params: Record<string, string>, signal: AbortSignal): Promise<LokiPatterns | undefined> {
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
  /** Streams as the index of Loki knows them: patterns are of all their lines. */
  selector: string;
  range: TimeRange;
  onChoose: (pattern: string, part: 'include' | 'exclude') => void;
}

/** What the lines of the chosen streams have in common. */
export function PatternsView({ table, selector, range, onChoose }: Props) {
  const answer = useRequest(
    useCallback(
      async (signal) => {
        const params = patternParams(selector, range.from.valueOf(), range.to.valueOf());
        const found = await askForPatterns(params, signal);
        return found && { range, patterns: patternsOf(found) };
      },
      [selector, range]
    )
  );
  if (answer.state === 'error') {
    return <QueryErrorAlert error={answer.error} source={getDataSourceName('loki')} />;
  }
  if (answer.state === 'loading') {
    return <LoadingIndicator source={getDataSourceName('loki')} />;
  }
  return answer.value ? <Found {...{ table, onChoose }} {...answer.value} /> : <NotEnabled />;
}

/** Those of most lines first unless told. */
const sortPatterns = (patterns: readonly LogPattern[], sort: SortOrder = { by: 'count', descending: true }) =>
  sortBy(patterns, ({ text, count }) => (sort.by === 'text' ? text : count), sort.descending);

interface FoundProps extends Omit<Props, 'selector'> {
  patterns: readonly LogPattern[];
}

function Found({ table, patterns, range, onChoose }: FoundProps) {
  const total = patterns.reduce((sum, { count }) => sum + count, 0);
  const columns = useMemo(
    () =>
      patternColumns({
        total,
        from: range.from.valueOf() / 1000,
        to: range.to.valueOf() / 1000,
        onChoose,
      }),
    [onChoose, total, range]
  );
  if (patterns.length === 0) {
    return (
      <EmptyState title={t('logs.patterns.none.title', 'No patterns in this time range')}>
        {t(
          'logs.patterns.none.text',
          'Loki finds patterns in lines as they arrive, and forgets them after about three hours. Choose a range that ends now.'
        )}
      </EmptyState>
    );
  }
  return (
    <Stack direction="column" gap={1}>
      <Text variant="bodySmall" color="secondary">
        {t(
          'logs.patterns.about',
          '{{count}} patterns of the last hours, of all lines of these streams: keywords and levels choose none of them. Single pods can be chosen where they are streams of their own.',
          { count: patterns.length }
        )}
      </Text>
      <div data-testid="logs-patterns">
        <PagedTable
          table={table}
          columns={columns}
          rows={patterns}
          sortRows={sortPatterns}
          rowId={keyOf}
          pageSize={PAGE_SIZE}
        />
      </div>
    </Stack>
  );
}

function NotEnabled() {
  return (
    <Alert severity="info" title={t('logs.patterns.off.title', 'This Loki does not look for patterns')}>
      <Stack direction="column" gap={1}>
        <span>
          {t(
            'logs.patterns.off.text',
            'Loki 3 finds them where its configuration has the lines below; it keeps them in memory. Lines that arrive after its restart are looked at.'
          )}
        </span>
        <CopyBlock text={SETTING} label={t('logs.patterns.off.setting', 'Lines of the configuration')} />
      </Stack>
    </Alert>
  );
}
