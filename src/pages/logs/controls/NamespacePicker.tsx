import React, { useCallback } from 'react';
import type { TimeRange } from '@grafana/data';
import { Button, Stack } from '@grafana/ui';
import { QueryErrorAlert } from '../../../ui/feedback/QueryErrorAlert';
import { EmptyState } from '../../../ui/feedback/EmptyState';
import { useRequest } from '../../../data/requests/useRequest';
import { LoadingIndicator } from '../../../ui/feedback/LoadingIndicator';
import { fetchLogLabelValues } from '../../../data/labelValues';
import { getDataSourceName } from '../../../panels/page/createPageScene';
import { t } from '../../../platform/i18n';

interface Props {
  range: TimeRange;
  onSelectNamespace: (namespace: string) => void;
}

/** Empty state of a page without a search: a button for each namespace that has logs. */
export function NamespacePicker({ range, onSelectNamespace }: Props) {
  const request = useRequest(useCallback((signal) => fetchLogLabelValues('namespace', [], range, signal), [range]));
  if (request.state === 'failed') {
    return <QueryErrorAlert error={request.error} source={getDataSourceName('loki')} />;
  }
  if (request.state === 'loading') {
    return <LoadingIndicator source={getDataSourceName('loki')} />;
  }
  const namespaces = request.value;
  if (namespaces.length === 0) {
    return (
      <EmptyState title={t('logs.namespace-picker.none.title', 'No logs found')}>
        {t(
          'logs.namespace-picker.none.text',
          'Loki has no logs with a namespace label in this time range. Select a longer time range, or check that the log collector runs on the nodes.'
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      variant="call-to-action"
      title={t('logs.namespace-picker.title', 'Select a namespace, a job, or a pod')}
      button={
        <Stack direction="row" gap={1} wrap="wrap" justifyContent="center">
          {namespaces.map((namespace) => (
            <Button key={namespace} variant="secondary" onClick={() => onSelectNamespace(namespace)}>
              {namespace}
            </Button>
          ))}
        </Stack>
      }
    />
  );
}
