import React, { type ReactNode } from 'react';
import { dateTimeFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { Badge, IconButton, Text, type Column } from '@grafana/ui';
import { AppLink } from '../../../ui/links/AppLink';
import { buildPodUrl, type LinkRange } from '../../../platform/links/links';
import { toMilliseconds, type LogEntry } from '../../../data/logs/logEntries';
import { formatOtherScores, getMetricColumnId, type ScoreColumn, type ScoreRow } from './rows';
import { t } from '../../../platform/i18n';

interface Options {
  /** Metrics with a column of their own. */
  metrics: readonly string[];
  /** Whether any row has a score of another metric. */
  hasOthers: boolean;
  timeZone: TimeZone;
  /** Time range of the links to pods. */
  range: LinkRange;
  onShowContext: (line: LogEntry) => void;
}

function Outcome({ row: { outcome, reason } }: { row: ScoreRow }) {
  switch (outcome) {
    case 'dropped':
      return (
        <>
          <Badge color="orange" text={t('logs.scores.dropped', 'Dropped')} /> {reason}
        </>
      );
    case 'kept':
      return <>{t('logs.scores.kept', 'Not dropped')}</>;
    default:
      return (
        <Text color="secondary">
          {t('logs.scores.open', 'Unknown: the end of the evaluation is not in this range')}
        </Text>
      );
  }
}

/** Shortens long decimals only, so that short numbers stay as Sedna logged them. */
const formatScore = (text: string) => (/^-?\d+\.\d{5,}$/.test(text) ? Number(text).toPrecision(4) : text);

export function buildScoreColumns({
  metrics,
  hasOthers,
  timeZone,
  range,
  onShowContext,
}: Options): Array<Column<ScoreRow>> {
  const buildColumn = (id: ScoreColumn, header: string, cell: (row: ScoreRow) => ReactNode): Column<ScoreRow> => ({
    id,
    header,
    sortType: 'alphanumeric',
    cell: ({ row: { original } }) => cell(original),
  });
  return [
    buildColumn('time', t('logs.scores.time', 'Time'), ({ entry }) =>
      dateTimeFormat(toMilliseconds(entry.time), { defaultWithMS: true, timeZone })
    ),
    buildColumn('task', t('logs.scores.task', 'Task'), ({ task }) => task),
    ...metrics.map((metric) =>
      buildColumn(getMetricColumnId(metric), metric, ({ scores }) => {
        const score = scores.find((each) => each.metric === metric);
        return score && <span title={score.text}>{formatScore(score.text)}</span>;
      })
    ),
    ...(hasOthers
      ? [
          {
            id: 'others',
            header: t('logs.scores.others', 'Other scores'),
            cell: ({ row: { original } }: { row: { original: ScoreRow } }) => formatOtherScores(original, metrics),
          },
        ]
      : []),
    buildColumn('outcome', t('logs.scores.outcome', 'Deployment'), (row) => <Outcome row={row} />),
    buildColumn('pod', t('logs.scores.pod', 'Pod'), ({ origin: { namespace, pod } }) =>
      namespace !== undefined && pod !== undefined ? (
        <AppLink href={buildPodUrl(namespace, pod, range)}>{pod}</AppLink>
      ) : (
        pod
      )
    ),
    buildColumn('round', t('logs.scores.round', 'Recorded round'), ({ round }) => round),
    {
      id: 'context',
      header: '',
      disableGrow: true,
      cell: ({ row: { original } }) => (
        <IconButton
          name="align-left"
          tooltip={t('logs.show-context', 'Show context')}
          onClick={() => onShowContext(original.entry)}
        />
      ),
    },
  ];
}
