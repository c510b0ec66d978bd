import React, { useState } from 'react';
import { getDataSourceSrv } from '@grafana/runtime';
import { Alert, Button, Combobox, Field, LoadingPlaceholder, Stack } from '@grafana/ui';
import {
  chooseDataSource,
  listDataSources,
  type DataSourceChoice,
  type DataSourceRole,
} from '../../platform/dataSources';
import { TEST_IDS } from '../../ui/testIds';
import { t } from '../../platform/i18n';

interface Props {
  role: DataSourceRole;
  label: string;
  description: string;
  /** Configured data source; undefined if the app selects one. */
  uid: string | undefined;
  onChange: (uid: string | undefined) => void;
}

type TestState = { state: 'running' } | { state: 'ok' | 'failed'; message: string };

function formatChoice(choice: DataSourceChoice): string {
  if (choice.state === 'none') {
    return t('configuration.choice.none', 'No data source of this type found.');
  }
  if (choice.state === 'lost') {
    return t(
      'configuration.choice.lost',
      "The configured data source was deleted, or you don't have permission to query it. Select another one."
    );
  }
  const { how } = choice;
  const values = { name: choice.name };
  switch (how) {
    case 'configured':
      return t('configuration.choice.configured', 'In use: {{name}} (configured).', values);
    case 'default':
      return t('configuration.choice.default', 'In use: {{name}} (Grafana default).', values);
    default:
      return t('configuration.choice.first', 'In use: {{name}} (first of this type by name).', values);
  }
}

async function testDataSource(uid: string): Promise<TestState> {
  try {
    const dataSource = await getDataSourceSrv().get({ uid });
    const { status, message = '' } = await dataSource.testDatasource();
    return { state: status === 'success' || status === 'OK' ? 'ok' : 'failed', message };
  } catch (error) {
    const { data, message } = error as { data?: { message?: string }; message?: string };
    return { state: 'failed', message: data?.message ?? message ?? String(error) };
  }
}

/** Selects and tests a data source, and shows which one is in use and why. */
export function DataSourceField({ role, label, description, uid, onChange }: Props) {
  const [test, setTest] = useState<TestState>();
  const choice = chooseDataSource(role, role === 'prometheus' ? { prometheusUid: uid } : { lokiUid: uid });
  const run = async () => {
    if (choice.state === 'chosen') {
      const running: TestState = { state: 'running' };
      setTest(running);
      const result = await testDataSource(choice.uid);
      // The user may have selected another data source in the meantime.
      setTest((current) => (current === running ? result : current));
    }
  };
  return (
    <div data-testid={TEST_IDS.configuration[role]}>
      <Field
        label={label}
        htmlFor={`configuration-${role}`}
        description={[description, formatChoice(choice)].join(' ')}
        noMargin
      >
        <Stack direction="row" gap={1}>
          <Combobox
            id={`configuration-${role}`}
            width={40}
            isClearable
            placeholder={t('configuration.automatic', 'Select automatically')}
            value={uid ?? null}
            options={listDataSources(role).map(({ name, uid: value }) => ({ label: name, value }))}
            onChange={(option) => {
              setTest(undefined);
              onChange(option?.value);
            }}
          />
          <Button variant="secondary" onClick={run} disabled={choice.state !== 'chosen' || test?.state === 'running'}>
            {t('configuration.test', 'Test')}
          </Button>
        </Stack>
      </Field>
      {test?.state === 'running' && choice.state === 'chosen' && (
        <LoadingPlaceholder
          text={t('configuration.test-running', 'Testing {{name}}...', {
            name: choice.name,
          })}
        />
      )}
      {test?.state === 'ok' && (
        <Alert severity="success" title={t('configuration.test-ok', 'Connection works')} topSpacing={1}>
          {test.message}
        </Alert>
      )}
      {test?.state === 'failed' && (
        <Alert severity="error" title={t('configuration.test-failed', 'Test failed')} topSpacing={1}>
          {test.message}
        </Alert>
      )}
    </div>
  );
}
