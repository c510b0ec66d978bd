import React, { useCallback, useState } from 'react';
import { Combobox, Field, Input, Stack, Text } from '@grafana/ui';
import { chooseDataSource } from '../../platform/dataSources';
import { DEFAULT_LARGE_SEARCH_GB, type Settings } from '../../platform/settings/settings';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { useRequest } from '../../data/requests/useRequest';
import {
  getAllNames,
  LOG_LABEL_CHOICES,
  LOG_LABELS,
  type LogLabelChoice,
  type LogLabelNames,
} from '../../query/logs/logLabels';
import { detectLogLabels } from '../../data/logs/detectLogLabels';
import { TEST_IDS } from '../../ui/testIds';
import { t } from '../../platform/i18n';

interface Props {
  settings: Settings;
  /** `largeSearchGb` is NaN while the typed text is not valid; NaN must not be saved. */
  onChange: (change: Pick<Settings, 'logLabels' | 'largeSearchGb'>) => void;
}

/** Parses typed gigabytes; returns undefined for an empty text and NaN for one that is not a number above 0. */
function parseGigabytes(text: string): number | undefined {
  const typed = text.trim();
  const value = /^\d*\.?\d+$/.test(typed) ? Number(typed) : NaN;
  return typed === '' ? undefined : value > 0 && Number.isFinite(value) ? value : NaN;
}

function formatChoice(choice: LogLabelChoice | undefined): { label: string; description: string } {
  switch (choice) {
    case 'stream':
      return {
        label: t('configuration.logs.stream', 'Stream labels'),
        description: t(
          'configuration.logs.stream-is',
          'namespace, pod, container, and node are labels, as in the charts of this app, Promtail, and Alloy'
        ),
      };
    case 'metadata':
      return {
        label: t('configuration.logs.metadata', 'Pod and node as structured metadata'),
        description: t(
          'configuration.logs.metadata-is',
          'namespace and container are labels; pod and node are structured metadata, as in the k8s-monitoring chart'
        ),
      };
    case 'otel':
      return {
        label: t('configuration.logs.otel', 'OpenTelemetry names'),
        description: t(
          'configuration.logs.otel-is',
          'k8s_namespace_name, k8s_pod_name, and k8s_container_name are labels; k8s_node_name is structured metadata'
        ),
      };
    default:
      return {
        label: t('configuration.logs.automatic', 'Detect automatically'),
        description: t('configuration.logs.automatic-is', 'Uses the labels of the streams in Loki'),
      };
  }
}

const CHOICES = Object.keys(LOG_LABEL_CHOICES) as LogLabelChoice[];

/** Edits the log labels, and the size above which a search needs a confirmation. */
export function LogsSection({ settings, onChange }: Props) {
  const { logLabels, largeSearchGb } = settings;
  const [typed, setTyped] = useState(largeSearchGb === undefined ? '' : String(largeSearchGb));
  const loki = chooseDataSource('loki', settings);
  return (
    <Stack direction="column" gap={2}>
      <Text element="h2" variant="h4">
        {t('configuration.logs.title', 'Logs')}
      </Text>
      <div data-testid={TEST_IDS.configuration.logLabels}>
        <Field
          label={t('configuration.logs.labels', 'Log labels')}
          description={formatChoice(logLabels).description}
          htmlFor="configuration-log-labels"
          noMargin
        >
          <Combobox<LogLabelChoice>
            id="configuration-log-labels"
            width={40}
            isClearable
            placeholder={formatChoice(undefined).label}
            value={logLabels ?? null}
            options={CHOICES.map((value) => ({ value, ...formatChoice(value) }))}
            onChange={(option) => onChange({ logLabels: option?.value })}
          />
        </Field>
        {loki.state === 'chosen' && <DetectedLabels key={loki.uid} uid={loki.uid} name={loki.name} />}
      </div>
      <Field
        label={t('configuration.logs.ask-above', 'Large search threshold (GB)')}
        description={t(
          'configuration.logs.ask-above-help',
          'Asks for confirmation before Loki reads more than this for a search or download. Default: {{gigabytes}} GB.',
          { gigabytes: DEFAULT_LARGE_SEARCH_GB }
        )}
        htmlFor="configuration-ask-above"
        invalid={Number.isNaN(largeSearchGb)}
        error={t('configuration.logs.ask-above-invalid', 'Enter a number above 0, such as 0.5 or 10')}
        noMargin
      >
        <Input
          id="configuration-ask-above"
          width={20}
          inputMode="decimal"
          value={typed}
          placeholder={String(DEFAULT_LARGE_SEARCH_GB)}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            onChange({ largeSearchGb: parseGigabytes(value) });
          }}
        />
      </Field>
    </Stack>
  );
}

function formatDetectedLabels(names: LogLabelNames | undefined, name: string): string {
  const values = { name };
  if (!names) {
    return t(
      'configuration.logs.detected-nothing',
      '{{name}} has no lines from the last day to detect labels from',
      values
    );
  }
  const formatNames = (isMetadata: boolean) =>
    LOG_LABELS.flatMap((label) => getAllNames(label, names))
      .filter((each) => each.isMetadata === isMetadata)
      .map(({ name }) => name)
      .join(', ');
  const [labels, metadata] = [formatNames(false), formatNames(true)];
  return metadata === ''
    ? t('configuration.logs.detected-all', 'Detected labels in {{name}}: {{labels}}', { ...values, labels })
    : t('configuration.logs.detected', 'Detected labels in {{name}}: {{labels}}. Structured metadata: {{metadata}}.', {
        ...values,
        labels: labels || '–',
        metadata,
      });
}

/** Shows which labels the app detects in a Loki, so that the user can compare them with the selected ones. */
function DetectedLabels({ uid, name }: { uid: string; name: string }) {
  const request = useRequest(useCallback((signal) => detectLogLabels(uid, signal), [uid]));
  if (request.state === 'loading') {
    return null;
  }
  return (
    <Text element="p" variant="bodySmall" color="secondary">
      {request.state === 'failed'
        ? describeQueryError(request.error, name).title
        : formatDetectedLabels(request.value, name)}
    </Text>
  );
}
