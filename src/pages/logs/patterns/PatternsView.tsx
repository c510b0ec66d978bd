import React, { useCallback, useMemo } from 'react';
import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Stack, Text } from '@grafana/ui';
import { CopyBlock } from '../../../components/CopyBlock';
import { ErrorNotice } from '../../../components/ErrorNotice';
import type { QueryErrorLike } from '../../../components/explainError';
import { Nothing } from '../../../components/Nothing';
import { sortBy, type Sort } from '../../../components/sorting';
import { useAnswer } from '../../../components/useAnswer';
import { Waiting } from '../../../components/Waiting';
import { lokiResource } from '../../../scenes/lokiApi';
import { dataSourceName } from '../../../scenes/page';
import { PagedTable } from '../../../scenes/PagedTable';
import type { TableState } from '../../../scenes/TableState';
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
    return await lokiResource<LokiPatterns>('patterns', params, signal);
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
  const answer = useAnswer(
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
    return <ErrorNotice error={answer.error} source={dataSourceName('loki')} />;
  }
  if (answer.state === 'loading') {
    return <Waiting source={dataSourceName('loki')} />;
  }
  return answer.value ? <Found {...{ table, onChoose }} {...answer.value} /> : <NotEnabled />;
}

/** Those of most lines first unless told. */
const sortPatterns = (patterns: readonly LogPattern[], sort: Sort = { by: 'count', descending: true }) =>
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
      <Nothing title={t('logs.patterns.none.title', 'No patterns in this time range')}>
        {t(
          'logs.patterns.none.text',
          'Loki finds patterns in lines as they arrive, and forgets them after about three hours. Choose a range that ends now.'
        )}
      </Nothing>
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
