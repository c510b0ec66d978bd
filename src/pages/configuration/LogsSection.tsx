import React, { useCallback, useState } from 'react';
import { t } from '@grafana/i18n';
import { Combobox, Field, Input, Stack, Text } from '@grafana/ui';
import { chooseDataSource } from '../../platform/dataSources';
import { DEFAULT_LARGE_SEARCH_GB, type Settings } from '../../platform/settings/settings';
import { describeQueryError } from '../../data/errors/describeQueryError';
import { useRequest } from '../../data/requests/useRequest';
import { LOG_LABEL_CHOICES, LOG_LABELS, type LogLabelChoice, type LogLabelNames } from '../../query/logs/logLabels';
import { detectLogLabels } from '../../data/logs/detectLogLabels';

interface Props {
  settings: Settings;
  /** `largeSearchGb` is not a number (NaN) while what is typed is none: it must not be saved. */
  onChange: (change: Pick<Settings, 'logLabels' | 'largeSearchGb'>) => void;
}

/** Reads a number of gigabytes as people type it: undefined where nothing is typed, NaN where it is none. */
function gigabytesOf(text: string): number | undefined {
  const typed = text.trim();
  const value = /^\d*\.?\d+$/.test(typed) ? Number(typed) : NaN;
  return typed === '' ? undefined : value > 0 && Number.isFinite(value) ? value : NaN;
}

function choiceWords(choice: LogLabelChoice | undefined): { label: string; description: string } {
  switch (choice) {
    case 'stream':
      return {
        label: t('configuration.logs.stream', 'Labels of the streams'),
        description: t(
          'configuration.logs.stream-is',
          'namespace, pod, container and node are labels, as the charts of this app, Promtail and Alloy have them.'
        ),
      };
    case 'metadata':
      return {
        label: t('configuration.logs.metadata', 'Pod and node as structured metadata'),
        description: t(
          'configuration.logs.metadata-is',
          'namespace and container are labels; pod and node stand with each line, as in the k8s-monitoring chart.'
        ),
      };
    case 'otel':
      return {
        label: t('configuration.logs.otel', 'Names of OpenTelemetry'),
        description: t(
          'configuration.logs.otel-is',
          'k8s_namespace_name, k8s_pod_name and k8s_container_name are labels; k8s_node_name stands with each line.'
        ),
      };
    default:
      return {
        label: t('configuration.logs.automatic', 'Let the app find out'),
        description: t('configuration.logs.automatic-is', 'The labels that the streams of Loki have decide.'),
      };
  }
}

const CHOICES = Object.keys(LOG_LABEL_CHOICES) as LogLabelChoice[];

/** How logs are read: by which labels, and how much of them without a question. */
export function LogsSection({ settings, onChange }: Props) {
  const { logLabels, largeSearchGb } = settings;
  const [typed, setTyped] = useState(largeSearchGb === undefined ? '' : String(largeSearchGb));
  const loki = chooseDataSource('loki', settings);
  return (
    <Stack direction="column" gap={2}>
      <Text element="h2" variant="h4">
        {t('configuration.logs.title', 'Logs')}
      </Text>
      <div data-testid="configuration-log-labels">
        <Field
          label={t('configuration.logs.labels', 'Where pods stand in Loki')}
          description={choiceWords(logLabels).description}
          htmlFor="configuration-log-labels"
          noMargin
        >
          <Combobox<LogLabelChoice>
            id="configuration-log-labels"
            width={40}
            isClearable
            placeholder={choiceWords(undefined).label}
            value={logLabels ?? null}
            options={CHOICES.map((value) => ({ value, ...choiceWords(value) }))}
            onChange={(option) => onChange({ logLabels: option?.value })}
          />
        </Field>
        {loki.state === 'chosen' && <Detected key={loki.uid} uid={loki.uid} name={loki.name} />}
      </div>
      <Field
        label={t('configuration.logs.ask-above', 'Ask before a search above (GB)')}
        description={t(
          'configuration.logs.ask-above-help',
          'What Loki would have to read for a search or a download. Nothing means {{gigabytes}}.',
          { gigabytes: DEFAULT_LARGE_SEARCH_GB }
        )}
        htmlFor="configuration-ask-above"
        invalid={Number.isNaN(largeSearchGb)}
        error={t('configuration.logs.ask-above-invalid', 'Not a number above 0, such as 0.5 or 10')}
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
            onChange({ largeSearchGb: gigabytesOf(value) });
          }}
        />
      </Field>
    </Stack>
  );
}

function detectedText(names: LogLabelNames | undefined, name: string): string {
  const plain = { interpolation: { escapeValue: false } };
  if (!names) {
    return t('configuration.logs.detected-nothing', '{{name}} has no lines of the last day to find out from.', {
      name,
      ...plain,
    });
  }
  const those = (isMetadata: boolean) =>
    LOG_LABELS.filter((label) => names[label].isMetadata === isMetadata)
      .map((label) => names[label].name)
      .join(', ');
  const missing = those(true);
  return missing === ''
    ? t('configuration.logs.detected-all', 'Found in {{name}} now: {{labels}}, all of them labels.', {
        name,
        labels: those(false),
        ...plain,
      })
    : t(
        'configuration.logs.detected',
        'Found in {{name}} now: {{labels}}. No labels, and so looked for with each line: {{missing}}.',
        { name, labels: those(false) || '–', missing, ...plain }
      );
}

/** What the app would find out by itself of a Loki, for whoever has to decide whether it is right. */
function Detected({ uid, name }: { uid: string; name: string }) {
  const answer = useRequest(useCallback((signal) => detectLogLabels(uid, signal), [uid]));
  if (answer.state === 'loading') {
    return null;
  }
  return (
    <Text element="p" variant="bodySmall" color="secondary">
      {answer.state === 'error' ? describeQueryError(answer.error, name).title : detectedText(answer.value, name)}
    </Text>
  );
}
