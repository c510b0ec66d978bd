/** Texts of the checklist of a job that waits to train. */
import { dateTimeFormat, dateTimeFormatTimeAgo } from '@grafana/data';
import { t } from '../../../platform/i18n';
import type { Check, CheckState } from '../../../sedna/diagnosis';

export const formatCheckState = (state: CheckState): string =>
  ({
    ok: t('checklist.state.ok', 'Met'),
    'not-ok': t('checklist.state.not-ok', 'Not met'),
    unknown: t('checklist.state.unknown', 'Unknown'),
  })[state];

const formatAgo = (time: number) => dateTimeFormatTimeAgo(time * 1000);

function formatSamples({ unused, isLowerBound, operator, threshold }: Extract<Check, { item: 'samples' }>): string {
  const isTriggerKnown = operator !== undefined && threshold !== undefined;
  const values = { count: unused, operator, threshold };
  if (unused === undefined) {
    return isTriggerKnown
      ? t(
          'checklist.samples.unknown',
          'Unused training samples are unknown without logs. Training starts at {{operator}} {{threshold}}.',
          values
        )
      : t('checklist.samples.unknown-both', 'Unused training samples and the trigger threshold are unknown');
  }
  if (isLowerBound) {
    return isTriggerKnown
      ? t(
          'checklist.samples.at-least',
          'At least {{count}} unused training samples. Training starts at {{operator}} {{threshold}}. Select a longer time range for the exact number.',
          {
            ...values,
            defaultValue_one:
              'At least {{count}} unused training sample. Training starts at {{operator}} {{threshold}}. Select a longer time range for the exact number.',
          }
        )
      : t(
          'checklist.samples.at-least-no-trigger',
          'At least {{count}} unused training samples. The trigger threshold is unknown.',
          {
            ...values,
            defaultValue_one: 'At least {{count}} unused training sample. The trigger threshold is unknown.',
          }
        );
  }
  return isTriggerKnown
    ? t(
        'checklist.samples.known',
        '{{count}} unused training samples. Training starts at {{operator}} {{threshold}}.',
        {
          ...values,
          defaultValue_one: '{{count}} unused training sample. Training starts at {{operator}} {{threshold}}.',
        }
      )
    : t('checklist.samples.known-no-trigger', '{{count}} unused training samples. The trigger threshold is unknown.', {
        ...values,
        defaultValue_one: '{{count}} unused training sample. The trigger threshold is unknown.',
      });
}

function formatDataset({ state, dataset: name, samples, updated }: Extract<Check, { item: 'dataset' }>): string {
  if (name === undefined) {
    return t('checklist.dataset.unnamed', "The job's dataset is unknown");
  }
  const hasReport = samples !== undefined && updated !== undefined;
  const values = { name, count: samples, ago: updated === undefined ? '' : formatAgo(updated) };
  switch (state) {
    case 'ok':
      return hasReport
        ? t('checklist.dataset.ok-counted', 'Dataset {{name}} is loaded ({{count}} samples, {{ago}})', {
            ...values,
            defaultValue_one: 'Dataset {{name}} is loaded ({{count}} sample, {{ago}})',
          })
        : t('checklist.dataset.ok', 'Dataset {{name}} is loaded', values);
    case 'not-ok':
      return hasReport
        ? t('checklist.dataset.not-ok-counted', "Dataset {{name}} isn't loaded ({{count}} samples, {{ago}})", {
            ...values,
            defaultValue_one: "Dataset {{name}} isn't loaded ({{count}} sample, {{ago}})",
          })
        : t('checklist.dataset.not-ok', "Dataset {{name}} isn't loaded", values);
    default:
      return hasReport
        ? t('checklist.dataset.unknown-counted', 'Dataset {{name}} may not be loaded ({{count}} samples, {{ago}})', {
            ...values,
            defaultValue_one: 'Dataset {{name}} may not be loaded ({{count}} sample, {{ago}})',
          })
        : t('checklist.dataset.unknown', 'Dataset {{name}} may not be loaded', values);
  }
}

function formatWindow({ state, start, end, now }: Extract<Check, { item: 'window' }>): string {
  const values = { start, end, now: dateTimeFormat(now * 1000, { format: 'HH:mm', timeZone: 'utc' }) };
  switch (state) {
    case 'ok':
      return t('checklist.window.ok', 'Inside the time window {{start}} to {{end}} (UTC, now {{now}})', values);
    case 'not-ok':
      return t('checklist.window.not-ok', 'Outside the time window {{start}} to {{end}} (UTC, now {{now}})', values);
    default:
      return t('checklist.window.unknown', 'The time window of the trigger is unknown');
  }
}

function formatController({ state, node }: Extract<Check, { item: 'local-controller' }>): string {
  if (node === undefined) {
    return t('checklist.controller.unnamed', 'The node of the local controller is unknown');
  }
  const values = { node };
  switch (state) {
    case 'ok':
      return t('checklist.controller.ok', 'Local controller of {{node}} is connected', values);
    case 'not-ok':
      return t('checklist.controller.not-ok', 'Local controller of {{node}} is disconnected', values);
    default:
      return t(
        'checklist.controller.unknown',
        'The connection of the local controller of {{node}} is unknown: the global manager logs only changes',
        values
      );
  }
}

function formatTrigger({ state, operator, metric }: Extract<Check, { item: 'trigger' }>): string {
  const values = { operator, metric };
  switch (state) {
    case 'ok':
      return t('checklist.trigger.ok', 'The trigger can fire ({{metric}} {{operator}})', values);
    case 'not-ok':
      return t('checklist.trigger.not-ok', 'The trigger can never fire ({{metric}} {{operator}})', values);
    default:
      return t('checklist.trigger.unknown', 'The trigger is unknown. Check that the exporter runs.');
  }
}

export function formatCheck(check: Check): string {
  switch (check.item) {
    case 'samples':
      return formatSamples(check);
    case 'window':
      return formatWindow(check);
    case 'local-controller':
      return formatController(check);
    case 'dataset':
      return formatDataset(check);
    case 'trigger':
      return formatTrigger(check);
  }
}
