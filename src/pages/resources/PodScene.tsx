import React from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { LinkButton } from '@grafana/ui';
import { Navigate } from 'react-router-dom';
import { logsUrl, resourceUrl } from '../../app/links';
import { QueryState } from '../../components/QueryState';
import { useLastAnswer } from '../../components/useLastAnswer';
import { ownersOfPod } from '../../query/resources';
import { useLinkRange } from '../../scenes/linkRange';
import { dataSourceName } from '../../scenes/page';
import { instantRunner } from '../../scenes/queries';
import { rowsOf } from '../../scenes/rows';

interface PodState extends SceneObjectState {
  namespace: string;
  pod: string;
}

/** Leads on from a pod to the object that it works for; a pod that works for none, to its logs. One query. */
export class PodScene extends SceneObjectBase<PodState> {
  constructor({ namespace, pod }: Pick<PodState, 'namespace' | 'pod'>) {
    super({ namespace, pod, $data: instantRunner({ owners: ownersOfPod(namespace, pod) }) });
  }

  static Component = Pod;
}

function Pod({ model }: SceneComponentProps<PodScene>) {
  const { namespace, pod } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastAnswer(data);
  const span = useLinkRange(model);
  const logs = logsUrl({ namespace, pods: [pod], span });
  const owner = rowsOf(shown, 'owners')[0]?.labels;
  if (shown) {
    const path = owner ? resourceUrl(owner.kind, owner.namespace, owner.name, undefined, { span }) : logs;
    return <Navigate replace to={path} />;
  }
  return (
    <div>
      <QueryState data={data} shown={shown} source={dataSourceName('prometheus')}>
        {null}
      </QueryState>
      <LinkButton variant="secondary" icon="gf-logs" href={logs}>
        {t('pod.logs', 'Logs of this pod')}
      </LinkButton>
    </div>
  );
}
