import React from 'react';
import type { PanelData } from '@grafana/data';
import { Navigate } from 'react-router-dom';
import { AppLinkButton } from '../../ui/links/AppLinkButton';
import { buildLogsUrl, buildResourceUrl, type LinkRange } from '../../platform/links/links';
import { QueryState } from '../../ui/feedback/QueryState';
import { useQueryRequest } from '../../data/requests/useQueryRequest';
import { getDataSourceName } from '../../panels/page/createPageScene';
import { toRows } from '../../data/rows';
import { t } from '../../platform/i18n';

interface Props {
  namespace: string;
  pod: string;
  data: PanelData | undefined;
  range: LinkRange;
}

/** Redirects to the object that a pod works for, or to the logs of a pod without one. */
export function PodRedirect({ namespace, pod, data, range }: Props) {
  const request = useQueryRequest(data);
  const shown = request.value;
  const logs = buildLogsUrl({ namespace, pods: [pod], span: range });
  const owner = toRows(shown, 'owners')[0]?.labels;
  if (shown) {
    const path = owner ? buildResourceUrl(owner.kind, owner.namespace, owner.name, undefined, { span: range }) : logs;
    return <Navigate replace to={path} />;
  }
  return (
    <div>
      <QueryState request={request} source={getDataSourceName('prometheus')}>
        {null}
      </QueryState>
      <AppLinkButton variant="secondary" icon="gf-logs" href={logs}>
        {t('pod.logs', 'View pod logs')}
      </AppLinkButton>
    </div>
  );
}
