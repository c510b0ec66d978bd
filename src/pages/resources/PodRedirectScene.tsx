import React from 'react';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { podOwners } from '../../query/resources';
import { useLinkRange } from '../../platform/links/linkRange';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { PodRedirect } from './PodRedirect';

interface PodRedirectState extends SceneObjectState {
  namespace: string;
  pod: string;
}

/** Finds the object that a pod works for. Sends one query. */
export class PodRedirectScene extends SceneObjectBase<PodRedirectState> {
  constructor({ namespace, pod }: Pick<PodRedirectState, 'namespace' | 'pod'>) {
    super({ namespace, pod, $data: createInstantRunner({ owners: podOwners(namespace, pod) }) });
  }

  static Component = PodRedirectRenderer;
}

function PodRedirectRenderer({ model }: SceneComponentProps<PodRedirectScene>) {
  const { namespace, pod } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const range = useLinkRange(model);
  return <PodRedirect namespace={namespace} pod={pod} data={data} range={range} />;
}
