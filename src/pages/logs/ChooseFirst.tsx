import React, { useCallback } from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Button, Stack } from '@grafana/ui';
import { QueryErrorAlert } from '../../ui/feedback/QueryErrorAlert';
import { EmptyState } from '../../ui/feedback/EmptyState';
import { useRequest } from '../../data/requests/useRequest';
import { LoadingIndicator } from '../../ui/feedback/LoadingIndicator';
import { fetchLogLabelValues } from '../../data/labelValues';
import { getDataSourceName } from '../../panels/page/createPageScene';
import type { LogsScene } from './LogsScene';

/** Before anything is chosen: the namespaces that have logs, one click each. */
export function ChooseFirst({ model }: { model: LogsScene }) {
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const answer = useRequest(useCallback((signal) => fetchLogLabelValues('namespace', [], range, signal), [range]));
  if (answer.state === 'error') {
    return <QueryErrorAlert error={answer.error} source={getDataSourceName('loki')} />;
  }
  if (answer.state === 'loading') {
    return <LoadingIndicator source={getDataSourceName('loki')} />;
  }
  const namespaces = answer.value;
  if (namespaces.length === 0) {
    return (
      <EmptyState title={t('logs.none.title', 'No logs in this time range')}>
        {t(
          'logs.none.text',
          'Loki has no stream with the label namespace. Choose a longer time range, or see whether the log collector runs on the nodes.'
        )}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      variant="call-to-action"
      title={t('logs.choose.title', 'Choose a namespace or a pod')}
      button={
        <Stack direction="row" gap={1} wrap="wrap" justifyContent="center">
          {namespaces.map((namespace) => (
            <Button key={namespace} variant="secondary" onClick={() => model.select({ namespace })}>
              {namespace}
            </Button>
          ))}
        </Stack>
      }
    />
  );
}
