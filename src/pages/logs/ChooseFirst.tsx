import React, { useCallback } from 'react';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Button, Stack } from '@grafana/ui';
import { ErrorNotice } from '../../components/ErrorNotice';
import { Nothing } from '../../components/Nothing';
import { useAnswer } from '../../components/useAnswer';
import { Waiting } from '../../components/Waiting';
import { logLabelValues } from '../../scenes/labelValues';
import { dataSourceName } from '../../scenes/page';
import type { LogsScene } from './LogsScene';

/** Before anything is chosen: the namespaces that have logs, one click each. */
export function ChooseFirst({ model }: { model: LogsScene }) {
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const answer = useAnswer(useCallback((signal) => logLabelValues('namespace', [], range, signal), [range]));
  if (answer.state === 'error') {
    return <ErrorNotice error={answer.error} source={dataSourceName('loki')} />;
  }
  if (answer.state === 'loading') {
    return <Waiting source={dataSourceName('loki')} />;
  }
  const namespaces = answer.value;
  if (namespaces.length === 0) {
    return (
      <Nothing title={t('logs.none.title', 'No logs in this time range')}>
        {t(
          'logs.none.text',
          'Loki has no stream with the label namespace. Choose a longer time range, or see whether the log collector runs on the nodes.'
        )}
      </Nothing>
    );
  }
  return (
    <Nothing
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
