import React from 'react';
import { Text, type CellProps, type Column } from '@grafana/ui';
import { buildLogsUrl, type LinkRange } from '../../../platform/links/links';
import { AppLink } from '../../../ui/links/AppLink';
import { RelativeTime } from '../../../ui/RelativeTime';
import { formatNotRecorded } from '../../../ui/format/formatRound';
import { JobLink, Scores } from '../evaluationCells';
import type { DroppedTask } from './rows';
import { t } from '../../../platform/i18n';

/** Time range of a log link around the start of an evaluation; clocks of edge nodes drift. */
const LOG_BEFORE_MS = 5 * 60_000;
const LOG_AFTER_MS = 60 * 60_000;

type Cell = CellProps<DroppedTask>;

interface Options {
  timeRange: LinkRange;
  hasLoki: boolean;
}

export const createDroppedTaskColumns = ({ timeRange, hasLoki }: Options): Array<Column<DroppedTask>> => [
  { id: 'task', header: t('knowledge-base.column.task', 'Task'), sortType: 'alphanumeric' },
  {
    id: 'name',
    header: t('knowledge-base.column.job', 'Job'),
    sortType: 'alphanumeric',
    cell: ({ row: { original } }: Cell) => <JobLink evaluation={original} timeRange={timeRange} />,
  },
  {
    id: 'scores',
    header: t('knowledge-base.column.scores', 'Scores'),
    cell: ({ row: { original } }: Cell) => <Scores evaluation={original} />,
  },
  {
    id: 'reason',
    header: t('knowledge-base.column.reason', 'Reason'),
    cell: ({ row: { original } }: Cell) => <Reason task={original} hasLoki={hasLoki} />,
  },
  {
    id: 'began',
    header: t('knowledge-base.column.evaluation-start', 'Evaluation start'),
    sortType: 'number',
    cell: ({ row: { original } }: Cell) => <RelativeTime seconds={original.began} />,
  },
  {
    id: 'pod',
    header: t('knowledge-base.column.log', 'Log'),
    cell: ({ row: { original } }: Cell) => <AppLink href={buildLogUrl(original, timeRange)}>{original.pod}</AppLink>,
  },
];

const buildLogUrl = ({ namespace, pod, began }: DroppedTask, timeRange: LinkRange): string =>
  buildLogsUrl({
    namespace,
    pods: [pod],
    span: began === undefined ? timeRange : { from: began * 1000 - LOG_BEFORE_MS, to: began * 1000 + LOG_AFTER_MS },
  });

function Reason({ task: { reason }, hasLoki }: { task: DroppedTask; hasLoki: boolean }) {
  return reason ? (
    <>
      {t('knowledge-base.dropped.reason', 'All scores {{operator}} {{threshold}}', {
        operator: reason.operator,
        threshold: reason.threshold,
      })}
    </>
  ) : (
    <Text color="secondary">
      {hasLoki ? t('knowledge-base.dropped.no-line', 'No log line in this time range') : formatNotRecorded()}
    </Text>
  );
}
