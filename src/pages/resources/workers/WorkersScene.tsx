import React, { useMemo } from 'react';
import { Trans, t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Alert, Text } from '@grafana/ui';
import { describeQueryError } from '../../../data/errors/describeQueryError';
import { QueryState } from '../../../ui/feedback/QueryState';
import { allowPartialData } from '../../../data/requests/allowPartialData';
import { useLastGoodData } from '../../../data/requests/useLastGoodData';
import { offlineNodes, workerCpu, workerDetails, workerMemory } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../query/resources';
import { useLinkRange } from '../../../platform/links/linkRange';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { PagedTable } from '../../../panels/table/PagedTable';
import { createInstantRunner } from '../../../data/requests/queryRunners';
import { TableState } from '../../../panels/table/TableState';
import { workerColumns } from './columns';
import { isWorkerSortColumn, sortWorkers, workerRows, type WorkerRow, type WorkerSortColumn } from './workerRows';

interface WorkersState extends SceneObjectState {
  ref: ObjectRef;
  table: TableState<WorkerSortColumn>;
}

const PAGE_SIZE = 20;
const podOf = ({ pod }: WorkerRow) => pod;

/** Worker pods of one object, newest first; each links to its logs. Four queries. */
export class WorkersScene extends SceneObjectBase<WorkersState> {
  constructor({ ref }: { ref: ObjectRef }) {
    super({
      ref,
      table: new TableState(isWorkerSortColumn),
      $data: createInstantRunner({
        workers: workerDetails(ref),
        cpu: workerCpu(ref),
        memory: workerMemory(ref),
        silent: offlineNodes(),
      }),
    });
  }

  static Component = Workers;
}

function Workers({ model }: SceneComponentProps<WorkersScene>) {
  const { ref, table } = model.useState();
  const { from, to } = useLinkRange(model);
  const { data } = sceneGraph.getData(model).useState();
  const answer = useMemo(() => allowPartialData(data, 'workers'), [data]);
  const shown = useLastGoodData(answer);
  const workers = useMemo(() => workerRows(shown), [shown]);
  const hasUsage = workers.some(({ cpu, memory }) => cpu !== undefined || memory !== undefined);
  const now = (shown?.timeRange.to.valueOf() ?? 0) / 1000;
  const columns = useMemo(() => workerColumns(ref, now, hasUsage, { from, to }), [ref, now, hasUsage, from, to]);
  const failure = shown && Object.values(shown.optionalErrors)[0];
  return (
    <div data-testid="worker-table">
      <Text element="h2" variant="h4">
        <Trans i18nKey="resource.workers.title">Worker pods</Trans>
      </Text>
      <Text element="p" color="secondary" variant="bodySmall">
        <Trans i18nKey="resource.workers.padding">
          A pod leads to its log lines from five minutes before its start until five minutes after its end: clocks of
          edge nodes drift.
        </Trans>
      </Text>
      {failure && (
        <Alert
          severity="warning"
          title={t('resource.workers.partial', 'CPU, memory or the state of nodes could not be read')}
        >
          {describeQueryError(failure, getDataSourceName('prometheus')).title}
        </Alert>
      )}
      <QueryState
        data={answer}
        shown={shown}
        source={getDataSourceName('prometheus')}
        isEmpty={workers.length === 0}
        empty={
          <Text color="secondary" element="p">
            <Trans i18nKey="resource.workers.none">No worker pod of this object is known.</Trans>
          </Text>
        }
      >
        {!hasUsage && !failure && (
          <Text color="secondary" element="p" variant="bodySmall">
            <Trans i18nKey="resource.workers.no-usage">
              CPU and memory are not shown: there are no cAdvisor metrics of these pods.
            </Trans>
          </Text>
        )}
        <PagedTable
          table={table}
          columns={columns}
          rows={workers}
          sortRows={sortWorkers}
          rowId={podOf}
          pageSize={PAGE_SIZE}
        />
      </QueryState>
    </div>
  );
}
