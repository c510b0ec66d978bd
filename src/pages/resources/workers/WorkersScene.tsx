import React, { useMemo } from 'react';
import { Trans, t } from '@grafana/i18n';
import {
  sceneGraph,
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { Alert, Text } from '@grafana/ui';
import { explainError } from '../../../components/explainError';
import { PagedTable } from '../../../components/PagedTable';
import { QueryState } from '../../../components/QueryState';
import type { Sort } from '../../../components/sorting';
import { tolerate } from '../../../components/tolerate';
import { useLastAnswer } from '../../../components/useLastAnswer';
import { silentNodes, workerCpu, workerDetails, workerMemory } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../query/resources';
import { useLinkRange } from '../../../scenes/linkRange';
import { dataSourceName } from '../../../scenes/page';
import { instantRunner } from '../../../scenes/queries';
import { pageFromUrl, pageToUrl, sortFromUrl, sortToUrl } from '../../../scenes/sortUrl';
import { workerColumns } from './columns';
import { isWorkerSortColumn, sortWorkers, workerRows, type WorkerRow, type WorkerSortColumn } from './workerRows';

interface WorkersState extends SceneObjectState {
  ref: ObjectRef;
  /** Absent: newest first. */
  sort?: Sort<WorkerSortColumn>;
  /** From 1. */
  page: number;
  /** How often the sort came from the URL, which the table does not follow by itself. */
  sortsFromUrl: number;
}

const PAGE_SIZE = 20;
const podOf = ({ pod }: WorkerRow) => pod;

/** Worker pods of one object, newest first; each links to its logs. Four queries. */
export class WorkersScene extends SceneObjectBase<WorkersState> {
  protected _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['sort', 'page'] });

  constructor({ ref }: { ref: ObjectRef }) {
    super({
      ref,
      page: 1,
      sortsFromUrl: 0,
      $data: instantRunner({
        workers: workerDetails(ref),
        cpu: workerCpu(ref),
        memory: workerMemory(ref),
        silent: silentNodes(),
      }),
    });
  }

  getUrlState() {
    return { sort: sortToUrl(this.state.sort), page: pageToUrl(this.state.page) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    if ('sort' in values) {
      const sort = sortFromUrl(values.sort, isWorkerSortColumn);
      if (sortToUrl(sort) !== sortToUrl(this.state.sort)) {
        this.setState({ sort, sortsFromUrl: this.state.sortsFromUrl + 1 });
      }
    }
    if ('page' in values) {
      this.setState({ page: pageFromUrl(values.page) });
    }
  }

  sortBy = (sort: Sort<WorkerSortColumn> | undefined) => {
    if (sortToUrl(sort) !== sortToUrl(this.state.sort)) {
      this.setState({ sort, page: 1 });
    }
  };

  turnTo = (page: number) => this.setState({ page });

  static Component = Workers;
}

function Workers({ model }: SceneComponentProps<WorkersScene>) {
  const { ref, sort, page, sortsFromUrl } = model.useState();
  const { from, to } = useLinkRange(model);
  const { data } = sceneGraph.getData(model).useState();
  const answer = useMemo(() => tolerate(data, 'workers'), [data]);
  const shown = useLastAnswer(answer);
  const workers = useMemo(() => workerRows(shown), [shown]);
  const rows = useMemo(() => sortWorkers(workers, sort), [workers, sort]);
  const hasUsage = workers.some(({ cpu, memory }) => cpu !== undefined || memory !== undefined);
  const now = (shown?.timeRange.to.valueOf() ?? 0) / 1000;
  const columns = useMemo(() => workerColumns(ref, now, hasUsage, { from, to }), [ref, now, hasUsage, from, to]);
  const failure = shown && Object.values(shown.missing)[0];
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
          {explainError(failure, dataSourceName('prometheus')).title}
        </Alert>
      )}
      <QueryState
        data={answer}
        shown={shown}
        source={dataSourceName('prometheus')}
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
          key={sortsFromUrl}
          columns={columns}
          rows={rows}
          rowId={podOf}
          pageSize={PAGE_SIZE}
          sort={sort}
          isSortColumn={isWorkerSortColumn}
          onSort={model.sortBy}
          page={page}
          onPage={model.turnTo}
        />
      </QueryState>
    </div>
  );
}
