import React, { lazy, Suspense } from 'react';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { LoadingPlaceholder } from '@grafana/ui';
import { offlineNodes, workerCpu, workerDetails, workerMemory } from '../../../query/resourceDetail';
import type { ObjectRef } from '../../../sedna/objectRef';
import { useLinkRange } from '../../../platform/links/linkRange';
import { createInstantRunner } from '../../../data/requests/queryRunners';
import { TableState } from '../../../panels/table/TableState';
import { isWorkerSortColumn, type WorkerSortColumn } from './rows';

const WorkerTable = lazy(async () => ({ default: (await import('./WorkerTable')).WorkerTable }));

interface WorkersState extends SceneObjectState {
  ref: ObjectRef;
  table: TableState<WorkerSortColumn>;
}

/** Lists the worker pods of an object. Sends four queries. */
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

  static Component = WorkersRenderer;
}

function WorkersRenderer({ model }: SceneComponentProps<WorkersScene>) {
  const { ref, table } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const range = useLinkRange(model);
  return (
    <Suspense fallback={<LoadingPlaceholder text="" />}>
      <WorkerTable objectRef={ref} data={data} table={table} range={range} />
    </Suspense>
  );
}
