import React from 'react';
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { Badge, type BadgeColor, type CellProps, type Column } from '@grafana/ui';
import { buildLogsUrl, type LinkRange } from '../../../platform/links/links';
import { AppLink } from '../../../ui/links/AppLink';
import { RelativeTime } from '../../../ui/RelativeTime';
import { StaleContent, StalenessNotice } from '../../../ui/feedback/Staleness';
import type { ObjectRef } from '../../../sedna/objectRef';
import { getLogRange, type WorkerRow } from './rows';
import { t } from '../../../platform/i18n';

const PHASE_COLORS: Record<string, BadgeColor> = {
  Running: 'green',
  Succeeded: 'green',
  Failed: 'red',
  Pending: 'orange',
};

const formatValue = (value: number | undefined, unit: string) =>
  value === undefined ? t('since.unknown', 'Not recorded') : formattedValueToString(getValueFormat(unit)(value));

type Cell = CellProps<WorkerRow>;

function PhaseCell({ row: { original } }: Cell) {
  const { phase, waitingReason, staleness } = original;
  return (
    <StaleContent staleness={staleness}>
      {phase === '' ? (
        <Badge color="darkgrey" text={t('resource.workers.gone', 'Deleted')} />
      ) : (
        <Badge color={PHASE_COLORS[phase] ?? 'darkgrey'} text={phase} />
      )}
      {waitingReason && ` ${waitingReason}`}
    </StaleContent>
  );
}

interface WorkerColumnOptions {
  objectRef: ObjectRef;
  /** Unix time in seconds. */
  now: number;
  /** Whether any pod has CPU or memory. */
  hasUsage: boolean;
  /** Time range of links to logs of pods whose start is not recorded. */
  range: LinkRange;
}

export function buildWorkerColumns({ objectRef, now, hasUsage, range }: WorkerColumnOptions): Array<Column<WorkerRow>> {
  const sorted = (id: keyof WorkerRow, header: string): Column<WorkerRow> => ({ id, header, sortType: 'alphanumeric' });
  const numeric = (id: keyof WorkerRow, header: string, cell: (row: WorkerRow) => React.ReactNode) => ({
    id,
    header,
    sortType: 'number' as const,
    cell: ({ row: { original } }: Cell) => <>{cell(original)}</>,
  });
  return [
    {
      id: 'pod',
      header: t('resource.workers.pod', 'Pod'),
      cell: ({ row: { original } }: Cell) => (
        <>
          <AppLink
            href={buildLogsUrl({
              namespace: objectRef.namespace,
              pods: [original.pod],
              span: getLogRange(original, now) ?? range,
            })}
          >
            {original.pod}
          </AppLink>
          <StalenessNotice staleness={original.staleness} />
        </>
      ),
    },
    {
      id: 'workerType',
      header: t('resource.workers.stage', 'Stage'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }: Cell) => <>{original.stage ?? original.workerType}</>,
    },
    sorted('node', t('resource.workers.node', 'Node')),
    sorted('location', t('resource.workers.location', 'Location')),
    { id: 'phase', header: t('resource.workers.phase', 'Phase'), sortType: 'alphanumeric', cell: PhaseCell },
    numeric('restarts', t('resource.workers.restarts', 'Restarts'), ({ restarts }) => formatValue(restarts, 'none')),
    numeric('started', t('resource.workers.started', 'Started'), ({ started }) => <RelativeTime seconds={started} />),
    numeric('duration', t('resource.workers.duration', 'Duration'), ({ duration }) =>
      formatValue(duration, 'dtdurations')
    ),
    ...(hasUsage
      ? [
          numeric('cpu', t('resource.workers.cpu', 'CPU cores'), ({ cpu }) => formatValue(cpu, 'short')),
          numeric('memory', t('resource.workers.memory', 'Memory'), ({ memory }) => formatValue(memory, 'bytes')),
        ]
      : []),
  ];
}
