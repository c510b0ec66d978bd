import React from 'react';
import type { PanelData } from '@grafana/data';
import type { LinkRange } from '../../../platform/links/links';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { QueryState } from '../../../ui/feedback/QueryState';
import type { ObjectRef } from '../../../sedna/objectRef';
import { useQueryRequest } from '../../../data/requests/useQueryRequest';
import { getObjectStaleness } from '../../../data/objectStaleness';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { toRows } from '../../../data/rows';
import { StatusSummary } from './StatusSummary';
import { t } from '../../../platform/i18n';

interface Props {
  objectRef: ObjectRef;
  data: PanelData | undefined;
  /** Time range of links; undefined for links without one. */
  range: LinkRange | undefined;
}

/** Shows the status summary of an object, or that the object does not exist. */
export function CurrentStatus({ objectRef, data, range }: Props) {
  const request = useQueryRequest(data, { essential: 'info' });
  const shown = request.value;
  const exists = toRows(shown, 'info').length > 0 || toRows(shown, 'condition').length > 0;
  const { kind, namespace, name } = objectRef;
  return (
    <QueryState
      request={request}
      source={getDataSourceName('prometheus')}
      isEmpty={!exists}
      empty={
        <EmptyState title={t('resource.none.title', '{{name}} not found', { name })}>
          {t(
            'resource.none.text',
            "Namespace {{namespace}} has no {{kind}} with this name, or kube-state-metrics doesn't collect this kind. Earlier data may appear below.",
            { kind, namespace }
          )}
        </EmptyState>
      }
    >
      <StatusSummary
        objectRef={objectRef}
        data={shown}
        errors={shown?.optionalErrors ?? {}}
        range={range}
        staleness={getObjectStaleness(shown, toRows(shown, 'info')[0], toRows(shown, 'silent')[0])}
      />
    </QueryState>
  );
}
