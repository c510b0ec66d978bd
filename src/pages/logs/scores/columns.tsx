import React, { type ReactNode } from 'react';
import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { TimeZone } from '@grafana/schema';
import { Badge, IconButton, Text, type Column } from '@grafana/ui';
import { AppLink } from '../../../ui/AppLink';
import { buildPodUrl, type LinkRange } from '../../../platform/links/links';
import { toMilliseconds, type LogEntry } from '../../../data/logs/logEntries';
import { metricColumn, otherScores, type ScoreColumn, type ScoreRow } from './scoreRows';

interface Options {
  /** Metrics that have a column of their own. */
  metrics: readonly string[];
  /** Whether rows have scores beside those. */
  hasOthers: boolean;
  timeZone: TimeZone;
  /** For links to pods. */
  range: LinkRange;
  /** Shows the lines around that of the scores. */
  onAround: (entry: LogEntry) => void;
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
          {t('logs.scores.open', 'Not known: no line in this range says that the evaluation ended')}
        </Text>
      );
  }
}

/** What a person compares; all digits are in the title. What is no long number stays as it was written. */
const shortNumber = (text: string) => (/^-?\d+\.\d{5,}$/.test(text) ? Number(text).toPrecision(4) : text);

/** Columns of the table of scores; each metric has its own. */
export function scoreColumns({ metrics, hasOthers, timeZone, range, onAround }: Options): Array<Column<ScoreRow>> {
  const column = (id: ScoreColumn, header: string, cell: (row: ScoreRow) => ReactNode): Column<ScoreRow> => ({
    id,
    header,
    sortType: 'alphanumeric',
    cell: ({ row: { original } }) => cell(original),
  });
  return [
    column('time', t('logs.scores.time', 'Time'), ({ entry }) =>
      dateTimeFormat(toMilliseconds(entry.time), { defaultWithMS: true, timeZone })
    ),
    column('task', t('logs.scores.task', 'Task'), ({ task }) => task),
    ...metrics.map((metric) =>
      column(metricColumn(metric), metric, ({ scores }) => {
        const score = scores.find((each) => each.metric === metric);
        return score && <span title={score.text}>{shortNumber(score.text)}</span>;
      })
    ),
    ...(hasOthers
      ? [
          {
            id: 'others',
            header: t('logs.scores.others', 'Other scores'),
            cell: ({ row: { original } }: { row: { original: ScoreRow } }) => otherScores(original, metrics),
          },
        ]
      : []),
    column('outcome', t('logs.scores.outcome', 'Deployment'), (row) => <Outcome row={row} />),
    column('pod', t('logs.scores.pod', 'Pod'), ({ origin: { namespace, pod } }) =>
      namespace !== undefined && pod !== undefined ? (
        <AppLink href={buildPodUrl(namespace, pod, range)}>{pod}</AppLink>
      ) : (
        pod
      )
    ),
    column('round', t('logs.scores.round', 'Recorded round'), ({ round }) => round),
    {
      id: 'around',
      header: '',
      disableGrow: true,
      cell: ({ row: { original } }) => (
        <IconButton
          name="align-left"
          tooltip={t('logs.around', 'Show the lines around it')}
          onClick={() => onAround(original.entry)}
        />
      ),
    },
  ];
}
