import React, { useState } from 'react';
import { getDataSourceSrv } from '@grafana/runtime';
import { t } from '@grafana/i18n';
import { Alert, Button, Combobox, Field, LoadingPlaceholder, Stack } from '@grafana/ui';
import {
  chooseDataSource,
  listDataSources,
  type DataSourceChoice,
  type DataSourceRole,
} from '../../platform/dataSources';

interface Props {
  role: DataSourceRole;
  label: string;
  description: string;
  /** Configured one; absent lets the app choose. */
  uid: string | undefined;
  onChange: (uid: string | undefined) => void;
}

type Test = { state: 'running' } | { state: 'ok' | 'failed'; message: string };

function choiceText(choice: DataSourceChoice): string {
  if (choice.state === 'none') {
    return t('configuration.choice.none', 'There is no data source of this type.');
  }
  if (choice.state === 'lost') {
    return t('configuration.choice.lost', 'The configured one is gone, or you may not query it. Choose another.');
  }
  const { how } = choice;
  const named = { name: choice.name, interpolation: { escapeValue: false } };
  switch (how) {
    case 'configured':
      return t('configuration.choice.configured', 'In use: {{name}}, as configured.', named);
    case 'default':
      return t('configuration.choice.default', "In use: {{name}}, Grafana's default.", named);
    default:
      return t('configuration.choice.first', 'In use: {{name}}, the first of this type by name.', named);
  }
}

async function testDataSource(uid: string): Promise<Test> {
  try {
    const dataSource = await getDataSourceSrv().get({ uid });
    const { status, message = '' } = await dataSource.testDatasource();
    return { state: status === 'success' || status === 'OK' ? 'ok' : 'failed', message };
  } catch (reason) {
    const { data, message } = reason as { data?: { message?: string }; message?: string };
    return { state: 'failed', message: data?.message ?? message ?? String(reason) };
  }
}

/** One data source: choose, see which is in use and why, test it. */
export function DataSourceField({ role, label, description, uid, onChange }: Props) {
  const [test, setTest] = useState<Test>();
  const choice = chooseDataSource(role, role === 'prometheus' ? { prometheusUid: uid } : { lokiUid: uid });
  const run = async () => {
    if (choice.state === 'chosen') {
      const running: Test = { state: 'running' };
      setTest(running);
      const result = await testDataSource(choice.uid);
      // Another one may have been chosen meanwhile: this is not its result.
      setTest((now) => (now === running ? result : now));
    }
  };
  return (
    <div data-testid={`configuration-${role}`}>
      <Field
        label={label}
        htmlFor={`configuration-${role}`}
        description={[description, choiceText(choice)].join(' ')}
        noMargin
      >
        <Stack direction="row" gap={1}>
          <Combobox
            id={`configuration-${role}`}
            width={40}
            isClearable
            placeholder={t('configuration.automatic', 'Let the app choose')}
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
          text={t('configuration.test-running', 'Waiting for {{name}} to answer...', {
            name: choice.name,
            interpolation: { escapeValue: false },
          })}
        />
      )}
      {test?.state === 'ok' && (
        <Alert severity="success" title={t('configuration.test-ok', 'It answers')} topSpacing={1}>
          {test.message}
        </Alert>
      )}
      {test?.state === 'failed' && (
        <Alert
          severity="error"
          title={t('configuration.test-failed', 'It does not answer as it should')}
          topSpacing={1}
        >
          {test.message}
        </Alert>
      )}
    </div>
  );
}
