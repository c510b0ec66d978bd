import React from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph, SceneObjectBase, type SceneComponentProps, type SceneObjectState } from '@grafana/scenes';
import { LinkButton } from '@grafana/ui';
import { Navigate } from 'react-router-dom';
import { buildLogsUrl, buildResourceUrl } from '../../platform/links/links';
import { QueryState } from '../../ui/feedback/QueryState';
import { useLastGoodData } from '../../data/requests/useLastGoodData';
import { podOwners } from '../../query/resources';
import { useLinkRange } from '../../platform/links/linkRange';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { createInstantRunner } from '../../data/requests/queryRunners';
import { toRows } from '../../data/rows';

interface PodState extends SceneObjectState {
  namespace: string;
  pod: string;
}

/** Leads on from a pod to the object that it works for; a pod that works for none, to its logs. One query. */
export class PodScene extends SceneObjectBase<PodState> {
  constructor({ namespace, pod }: Pick<PodState, 'namespace' | 'pod'>) {
    super({ namespace, pod, $data: createInstantRunner({ owners: podOwners(namespace, pod) }) });
  }

  static Component = Pod;
}

function Pod({ model }: SceneComponentProps<PodScene>) {
  const { namespace, pod } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const shown = useLastGoodData(data);
  const span = useLinkRange(model);
  const logs = buildLogsUrl({ namespace, pods: [pod], span });
  const owner = toRows(shown, 'owners')[0]?.labels;
  if (shown) {
    const path = owner ? buildResourceUrl(owner.kind, owner.namespace, owner.name, undefined, { span }) : logs;
    return <Navigate replace to={path} />;
  }
  return (
    <div>
      <QueryState data={data} shown={shown} source={getDataSourceName('prometheus')}>
        {null}
      </QueryState>
      <LinkButton variant="secondary" icon="gf-logs" href={logs}>
        {t('pod.logs', 'Logs of this pod')}
      </LinkButton>
    </div>
  );
}
