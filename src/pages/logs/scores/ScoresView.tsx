import React, { useCallback, useMemo } from 'react';
import { dateTimeFormat, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { Button, LinkButton, Stack, Text } from '@grafana/ui';
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
import { scoreColumns } from './columns';
import { metricColumns, otherScores, scoreRows, scoresCsv, sortScores } from './scoreRows';

/** Lines that are read at most: what Loki gives at most, unless it is told otherwise, is 5,000. */
export const SCORE_LINES = 2000;

const PAGE_SIZE = 50;
const keyOf = ({ key }: { key: string }) => key;

interface Props {
  table: TableState<string>;
  /** LogQL of what evaluations say. */
  expr: string;
  range: TimeRange;
  timeZone: TimeZone;
  /** Shows the lines around one. */
  onAround: (entry: LogEntry) => void;
  /** Makes the time range end (Unix, ms). */
  endAt: (ms: number) => void;
}

/** What evaluations said of their tasks, read out of the lines of the chosen streams. */
export function ScoresView(props: Props) {
  const { expr, range } = props;
  const answer = useRequest(
    useCallback(
      (signal) =>
        fetchLogEntries(
          {
            expr,
            start: toNanoseconds(range.from.valueOf()),
            end: toNanoseconds(range.to.valueOf()),
            limit: SCORE_LINES,
            direction: 'backward',
          },
          signal
        ),
      [expr, range]
    )
  );
  if (answer.state === 'error') {
    return <QueryErrorAlert error={answer.error} source={getDataSourceName('loki')} />;
  }
  if (answer.state === 'loading') {
    return <LoadingIndicator source={getDataSourceName('loki')} />;
  }
  return <Found {...props} entries={answer.value.entries} />;
}

function Found({ table, expr, range, timeZone, onAround, endAt, entries }: Props & { entries: readonly LogEntry[] }) {
  const rows = useMemo(() => scoreRows(entries), [entries]);
  const columns = useMemo(() => {
    const metrics = metricColumns(rows);
    return scoreColumns({
      metrics,
      hasOthers: rows.some((row) => otherScores(row, metrics) !== ''),
      timeZone,
      range: range.raw,
      onAround,
    });
  }, [rows, timeZone, range, onAround]);

  if (rows.length === 0) {
    return <NoScores ran={entries.length > 0} />;
  }
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={2} wrap="wrap" alignItems="center">
        <Text variant="bodySmall" color="secondary">
          {t('logs.scores.count', '{{count}} evaluations of tasks. Keywords and levels choose none of them.', {
            count: rows.length,
          })}
        </Text>
        <Button
          size="sm"
          variant="secondary"
          fill="outline"
          icon="download-alt"
          onClick={() => saveCsv('sedna-task-scores', scoresCsv(sortScores(rows, table.state.sort)))}
        >
          {t('logs.scores.download', 'Download CSV')}
        </Button>
        <LinkButton
          size="sm"
          variant="secondary"
          fill="outline"
          icon="compass"
          href={buildExploreUrl('loki', expr, { from: range.from.valueOf(), to: range.to.valueOf() })}
        >
          {t('logs.explore', 'Open in Explore')}
        </LinkButton>
      </Stack>
      {entries.length >= SCORE_LINES && <Earlier {...{ entries, timeZone, endAt }} />}
      <div data-testid="logs-scores">
        <PagedTable
          table={table}
          columns={columns}
          rows={rows}
          sortRows={sortScores}
          rowId={keyOf}
          pageSize={PAGE_SIZE}
        />
      </div>
    </Stack>
  );
}

/** That there is more than was read, and the way there. */
function Earlier({ entries, timeZone, endAt }: Pick<Props, 'timeZone' | 'endAt'> & { entries: readonly LogEntry[] }) {
  const oldest = toMilliseconds(entries[entries.length - 1].time);
  return (
    <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
      <Text variant="bodySmall" color="secondary">
        {t('logs.scores.limit', 'Only the newest {{count}} lines were read, those since {{time}}.', {
          count: entries.length,
          time: dateTimeFormat(oldest, { timeZone }),
          interpolation: { escapeValue: false },
        })}
      </Text>
      <Button
        size="sm"
        variant="secondary"
        fill="text"
        icon="arrow-left"
        // A millisecond more: of what was written within that of the oldest line, some may not have been read.
        onClick={() => endAt(oldest + 1)}
      >
        {t('logs.scores.earlier', 'Earlier evaluations')}
      </Button>
    </Stack>
  );
}

/** @param ran lines tell that an evaluation ran, but not of scores */
function NoScores({ ran }: { ran: boolean }) {
  return ran ? (
    <EmptyState title={t('logs.scores.unscored.title', 'An evaluation ran, but logged no scores')}>
      {t(
        'logs.scores.unscored.text',
        'It began or ended in this time range. Its scores may be outside of it, or the evaluation failed before them: see its lines.'
      )}
    </EmptyState>
  ) : (
    <EmptyState title={t('logs.scores.none.title', 'No evaluation of tasks in these logs')}>
      {t(
        'logs.scores.none.text',
        'Eval workers of lifelong learning jobs log scores at level INFO, once for each task and round. No such line is in this time range: no evaluation got that far, the workers log less (LOG_LEVEL), or their logs do not reach Loki. Choose a longer time range, or a job that has evaluated.'
      )}
    </EmptyState>
  );
}
