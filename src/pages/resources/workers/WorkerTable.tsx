import React, { useMemo } from 'react';
import type { PanelData, RawTimeRange } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Alert, Text } from '@grafana/ui';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { QueryState } from '../../../ui/feedback/QueryState';
import type { ObjectRef } from '../../../sedna/objectRef';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { PagedTable } from '../../../panels/table/PagedTable';
import type { TableState } from '../../../panels/table/TableState';
import { buildWorkerColumns } from './columns';
import { sortWorkers, workerRows, type WorkerRow, type WorkerSortColumn } from './rows';
import { TEST_IDS } from '../../../ui/testIds';
import { t } from '../../../platform/i18n';

interface Props {
  objectRef: ObjectRef;
  data: PanelData | undefined;
  table: TableState<WorkerSortColumn>;
  /** Time range of links to logs of pods whose start is not recorded. */
  range: RawTimeRange;
}

const PAGE_SIZE = 20;
const getRowId = ({ pod }: WorkerRow) => pod;

/** Shows worker pods, newest first; each links to its logs. */
export function WorkerTable({ objectRef, data, table, range: { from, to } }: Props) {
  const request = useQueryRequest(data, { essential: 'workers' });
  const shown = request.value;
  const workers = useMemo(() => workerRows(shown), [shown]);
  const hasUsage = workers.some(({ cpu, memory }) => cpu !== undefined || memory !== undefined);
  const now = (shown?.timeRange.to.valueOf() ?? 0) / 1000;
  const columns = useMemo(
    () => buildWorkerColumns({ objectRef, now, hasUsage, range: { from, to } }),
    [objectRef, now, hasUsage, from, to]
  );
  const error = shown && Object.values(shown.optionalErrors)[0];
  return (
    <div data-testid={TEST_IDS.resource.workers}>
      <Text element="h2" variant="h4">
        <Trans i18nKey="resource.workers.title">Worker pods</Trans>
      </Text>
      <Text element="p" color="secondary" variant="bodySmall">
        <Trans i18nKey="resource.workers.padding">
          Links open the logs of a pod from 5 minutes before its start to 5 minutes after its end, because clocks on
          edge nodes drift
        </Trans>
      </Text>
      {error && (
        <Alert
          severity="warning"
          title={t('resource.workers.partial', "CPU, memory, or the state of nodes couldn't be loaded")}
        >
          {describeQueryError(error, getDataSourceName('prometheus')).title}
        </Alert>
      )}
      <QueryState
        request={request}
        source={getDataSourceName('prometheus')}
        isEmpty={workers.length === 0}
        empty={
          <Text color="secondary" element="p">
            <Trans i18nKey="resource.workers.none">No worker pods found</Trans>
          </Text>
        }
      >
        {!hasUsage && !error && (
          <Text color="secondary" element="p" variant="bodySmall">
            <Trans i18nKey="resource.workers.no-usage">
              CPU and memory are hidden because Prometheus has no cAdvisor metrics of these pods
            </Trans>
          </Text>
        )}
        <PagedTable
          table={table}
          columns={columns}
          rows={workers}
          sortRows={sortWorkers}
          rowId={getRowId}
          pageSize={PAGE_SIZE}
        />
      </QueryState>
    </div>
  );
}
