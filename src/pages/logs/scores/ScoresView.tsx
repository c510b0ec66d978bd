import React, { useCallback, useMemo } from 'react';
import { dateTimeFormat, type TimeRange } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { Button, Stack, Text } from '@grafana/ui';
import { canExplore } from '../../../platform/permissions';
import { AppLinkButton } from '../../../ui/links/AppLinkButton';
import { QueryErrorAlert } from '../../../ui/feedback/QueryErrorAlert';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { useRequest } from '../../../data/requests/useRequest';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import { buildExploreUrl } from '../../../platform/links/exploreLink';
import { fetchLogEntries, toMilliseconds, toNanoseconds, type LogEntry } from '../../../data/logs/lokiApi';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { PagedTable } from '../../../panels/table/PagedTable';
import { saveCsv } from '../../../data/files/saveCsv';
import type { TableState } from '../../../panels/table/TableState';
import { buildScoreColumns } from './columns';
import { formatOtherScores, formatScoresCsv, getColumnMetrics, sortScores, toScoreRows } from './rows';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

/** Lines of one query. Loki allows 5,000 by default (`max_entries_limit_per_query`). */
export const MAX_SCORE_LINES = 2000;

const PAGE_SIZE = 50;
const getRowId = ({ key }: { key: string }) => key;

interface Props {
  table: TableState<string>;
  /** LogQL of the lines that evaluations write. */
  expr: string;
  range: TimeRange;
  timeZone: TimeZone;
  onShowContext: (line: LogEntry) => void;
  /** Moves the end of the time range (Unix, ms). */
  onEndTimeRangeAt: (ms: number) => void;
}

/** Task scores that eval workers logged, as a table. */
export function ScoresView(props: Props) {
  const { expr, range } = props;
  const request = useRequest(
    useCallback(
      (signal) =>
        fetchLogEntries(
          {
            expr,
            start: toNanoseconds(range.from.valueOf()),
            end: toNanoseconds(range.to.valueOf()),
            limit: MAX_SCORE_LINES,
            direction: 'backward',
          },
          signal
        ),
      [expr, range]
    )
  );
  if (request.state === 'failed') {
    return <QueryErrorAlert error={request.error} source={getDataSourceName('loki')} />;
  }
  if (request.state === 'loading') {
    return <LoadingIndicator source={getDataSourceName('loki')} />;
  }
  const { entries, limit = MAX_SCORE_LINES } = request.value;
  return <ScoreTable {...props} entries={entries} isFull={entries.length >= limit} />;
}

interface TableProps extends Props {
  /** Newest first. */
  entries: readonly LogEntry[];
  /** Whether there may be more entries. */
  isFull: boolean;
}

function ScoreTable({ table, expr, range, timeZone, onShowContext, onEndTimeRangeAt, entries, isFull }: TableProps) {
  const rows = useMemo(() => toScoreRows(entries), [entries]);
  const columns = useMemo(() => {
    const metrics = getColumnMetrics(rows);
    return buildScoreColumns({
      metrics,
      hasOthers: rows.some((row) => formatOtherScores(row, metrics) !== ''),
      timeZone,
      range: range.raw,
      onShowContext,
    });
  }, [rows, timeZone, range, onShowContext]);

  if (rows.length === 0) {
    return <NoScores hasEvaluation={entries.length > 0} />;
  }
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={2} wrap="wrap" alignItems="center">
        <Text variant="bodySmall" color="secondary">
          {t('logs.scores.count', "{{count}} task evaluations. Keywords and levels don't apply.", {
            count: rows.length,
            defaultValue_one: "{{count}} task evaluation. Keywords and levels don't apply.",
          })}
        </Text>
        <Button
          size="sm"
          variant="secondary"
          fill="outline"
          icon="download-alt"
          onClick={() => saveCsv('sedna-task-scores', formatScoresCsv(sortScores(rows, table.state.sort)))}
        >
          {t('logs.scores.download', 'Download CSV')}
        </Button>
        {canExplore() && (
          <AppLinkButton
            size="sm"
            variant="secondary"
            fill="outline"
            icon="compass"
            href={buildExploreUrl('loki', expr, { from: range.from.valueOf(), to: range.to.valueOf() })}
          >
            {t('logs.explore', 'Open in Explore')}
          </AppLinkButton>
        )}
      </Stack>
      {isFull && <EarlierEvaluations {...{ entries, timeZone, onEndTimeRangeAt }} />}
      <div data-testid={TEST_IDS.logs.scores}>
        <PagedTable
          table={table}
          columns={columns}
          rows={rows}
          sortRows={sortScores}
          rowId={getRowId}
          pageSize={PAGE_SIZE}
        />
      </div>
    </Stack>
  );
}

/** Says that the result is incomplete, and moves the time range to the rest. */
function EarlierEvaluations({
  entries,
  timeZone,
  onEndTimeRangeAt,
}: Pick<TableProps, 'entries' | 'timeZone' | 'onEndTimeRangeAt'>) {
  const oldest = toMilliseconds(entries[entries.length - 1].time);
  return (
    <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
      <Text variant="bodySmall" color="secondary">
        {t('logs.scores.limit', 'Only the newest {{count}} lines were read, since {{time}}', {
          count: entries.length,
          time: dateTimeFormat(oldest, { timeZone }),
          defaultValue_one: 'Only the newest line was read, of {{time}}',
        })}
      </Text>
      <Button
        size="sm"
        variant="secondary"
        fill="text"
        icon="arrow-left"
        // One millisecond later: lines within that of the oldest one may be missing.
        onClick={() => onEndTimeRangeAt(oldest + 1)}
      >
        {t('logs.scores.earlier', 'Earlier evaluations')}
      </Button>
    </Stack>
  );
}

/** @param hasEvaluation whether lines of an evaluation were found, but no scores among them */
function NoScores({ hasEvaluation }: { hasEvaluation: boolean }) {
  return hasEvaluation ? (
    <EmptyState title={t('logs.scores.unscored.title', 'Evaluation without scores')}>
      {t(
        'logs.scores.unscored.text',
        'An evaluation started or ended in this time range but logged no scores in it. Select a longer time range, or check the lines for a failure.'
      )}
    </EmptyState>
  ) : (
    <EmptyState title={t('logs.scores.none.title', 'No task evaluations found')}>
      {t(
        'logs.scores.none.text',
        'Eval workers of lifelong learning jobs log the scores of each task and round at level INFO. Select a longer time range or a job that has evaluated, or check that LOG_LEVEL includes INFO and that the logs of the workers reach Loki.'
      )}
    </EmptyState>
  );
}
