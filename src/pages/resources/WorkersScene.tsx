import React, { useMemo } from 'react';
import { Trans, t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Badge, InteractiveTable, Text, TextLink, type BadgeColor, type Column } from '@grafana/ui';
import { logsUrl } from '../../app/links';
import { QueryState } from '../../components/QueryState';
import { Since } from '../../components/Since';
import { useLastAnswer } from '../../components/useLastAnswer';
import { workerPhase, workerStart, type ObjectRef } from '../../query/resources';
import { dataSourceName } from '../../scenes/page';
import { instantRunner } from '../../scenes/queries';
import { rowsByKey, rowsOf } from '../../scenes/rows';

interface WorkersState extends SceneObjectState {
  ref: ObjectRef;
}

interface WorkerRow {
  pod: string;
  workerType: string;
  node: string;
  phase: string;
  started?: number;
}

const PHASE_COLORS: Record<string, BadgeColor> = {
  Running: 'green',
  Succeeded: 'green',
  Failed: 'red',
  Pending: 'orange',
};

/** Worker pods of one object, newest first; each links to its logs. */
export class WorkersScene extends SceneObjectBase<WorkersState> {
  constructor(state: WorkersState) {
    super({ ...state, $data: instantRunner({ phase: workerPhase(state.ref), start: workerStart(state.ref) }) });
  }

  static Component = Workers;
}

function Workers({ model }: SceneComponentProps<WorkersScene>) {
  const { ref } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastAnswer(data);
  const columns = useMemo(() => columnsOf(ref.namespace), [ref.namespace]);
  const started = rowsByKey(rowsOf(shown, 'start'), ({ pod }) => pod);
  const workers: WorkerRow[] = rowsOf(shown, 'phase')
    .map(({ labels }) => ({
      pod: labels.pod,
      workerType: labels.worker_type,
      node: labels.node,
      phase: labels.phase,
      started: started.get(labels.pod)?.value,
    }))
    .sort((a, b) => (b.started ?? Infinity) - (a.started ?? Infinity));
  return (
    <div data-testid="worker-table">
      <Text element="h2" variant="h4">
        <Trans i18nKey="resource.workers.title">Worker pods</Trans>
      </Text>
      <QueryState
        data={data}
        shown={shown}
        source={dataSourceName('prometheus')}
        isEmpty={workers.length === 0}
        empty={
          <Text color="secondary" element="p">
            <Trans i18nKey="resource.workers.none">No worker pod of this object is known.</Trans>
          </Text>
        }
      >
        <InteractiveTable columns={columns} data={workers} getRowId={({ pod }) => pod} pageSize={20} />
      </QueryState>
    </div>
  );
}

function columnsOf(namespace: string): Array<Column<WorkerRow>> {
  return [
    {
      id: 'pod',
      header: t('resource.workers.pod', 'Pod'),
      cell: ({ row: { original } }) => (
        <TextLink href={logsUrl({ namespace, pods: [original.pod] })} inline={false}>
          {original.pod}
        </TextLink>
      ),
    },
    { id: 'workerType', header: t('resource.workers.type', 'Worker'), sortType: 'alphanumeric' },
    { id: 'node', header: t('resource.workers.node', 'Node'), sortType: 'alphanumeric' },
    {
      id: 'phase',
      header: t('resource.workers.phase', 'Phase'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }) => (
        <Badge color={PHASE_COLORS[original.phase] ?? 'darkgrey'} text={original.phase} />
      ),
    },
    {
      id: 'started',
      header: t('resource.workers.started', 'Started'),
      sortType: 'number',
      cell: ({ row: { original } }) => <Since seconds={original.started} />,
    },
  ];
}
