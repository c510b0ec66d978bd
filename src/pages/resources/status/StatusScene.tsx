import React from 'react';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { Stack } from '@grafana/ui';
import { objectNumbers, objectSeen, offlineReportersOfObject } from '../../../query/resourceDetail';
import { objectCondition, objectLastTransition, objectUpdateTime } from '../../../query/resources';
import { useLinkRange } from '../../../platform/links/linkRange';
import { createInstantRunner } from '../../../data/requests/queryRunners';
import { findKind } from '../../../sedna/kinds';
import { CurrentStatus } from './CurrentStatus';
import { StatusHistoryScene } from './StatusHistoryScene';
import type { ObjectRef } from '../../../sedna/objectRef';

interface StatusState extends SceneObjectState {
  ref: ObjectRef;
  /** Whether the scene is part of another app's page: without history, and links without that page's time range. */
  isShort: boolean;
  history?: StatusHistoryScene;
}

function createStatusRunner(ref: ObjectRef) {
  const kind = findKind(ref.kind)!;
  const hasConditions = kind.conditionTypes.length > 0;
  const silent = offlineReportersOfObject(ref);
  const numbers = objectNumbers(ref);
  return createInstantRunner({
    info: objectSeen(ref),
    ...(hasConditions && { condition: objectCondition(ref) }),
    since: hasConditions ? objectLastTransition(ref) : objectUpdateTime(ref),
    ...(numbers && { numbers }),
    ...(silent && { silent }),
  });
}

/** Shows the current status of an object and its history. Sends at most seven queries. */
export class StatusScene extends SceneObjectBase<StatusState> {
  constructor({ ref, isShort = false }: { ref: ObjectRef; isShort?: boolean }) {
    const history = isShort ? undefined : new StatusHistoryScene({ ref });
    super({ ref, isShort, history, $data: createStatusRunner(ref) });
  }

  static Component = StatusRenderer;
}

function StatusRenderer({ model }: SceneComponentProps<StatusScene>) {
  const { ref, isShort, history } = model.useState();
  const range = useLinkRange(model);
  const { data } = sceneGraph.getData(model).useState();
  return (
    <Stack direction="column" gap={2} width="100%">
      <CurrentStatus objectRef={ref} data={data} range={isShort ? undefined : range} />
      {history && <history.Component model={history} />}
    </Stack>
  );
}
