/** Words for the checklist of a job that waits to train. */
import { dateTimeFormat, dateTimeFormatTimeAgo } from '@grafana/data';
import type { Check, CheckState } from '../../../sedna/diagnosis';
import { t } from '../../../platform/i18n';

export const stateText = (state: CheckState): string =>
  ({
    ok: t('checklist.state.ok', 'fulfilled'),
    'not-ok': t('checklist.state.not-ok', 'not fulfilled'),
    unknown: t('checklist.state.unknown', 'not known'),
  })[state];

const interpolation = { escapeValue: false };
const ago = (time: number) => dateTimeFormatTimeAgo(time * 1000);

function samplesText({ unused, isLowerBound, operator, threshold }: Extract<Check, { item: 'samples' }>): string {
  const wanted =
    operator === undefined || threshold === undefined
      ? t('checklist.samples.trigger-unknown', 'what the trigger asks for is not known')
      : t('checklist.samples.trigger', 'training starts at {{operator}} {{threshold}}', {
          operator,
          threshold,
          interpolation,
        });
  if (unused === undefined) {
    return t('checklist.samples.unknown', 'Unused training samples: not known without logs; {{wanted}}', {
      wanted,
      interpolation,
    });
  }
  return isLowerBound
    ? t(
        'checklist.samples.at-least',
        'Unused training samples: at least {{unused}} (the lines do not reach back to the last training: choose a longer range); {{wanted}}',
        { unused, wanted, interpolation }
      )
    : t('checklist.samples.known', 'Unused training samples: {{unused}}; {{wanted}}', {
        unused,
        wanted,
        interpolation,
      });
}

function datasetText({ state, dataset, samples, updated }: Extract<Check, { item: 'dataset' }>): string {
  const name = dataset ?? t('checklist.dataset.unnamed', 'of the job');
  const about =
    samples === undefined || updated === undefined
      ? ''
      : t('checklist.dataset.about', ': {{samples}} samples, reported {{ago}}', {
          samples,
          ago: ago(updated),
          interpolation,
        });
  const words = { name, about, interpolation };
  switch (state) {
    case 'ok':
      return t('checklist.dataset.ok', 'The dataset {{name}} is read{{about}}', words);
    case 'not-ok':
      return t('checklist.dataset.not-ok', 'The dataset {{name}} is not read{{about}}', words);
    default:
      return t('checklist.dataset.unknown', 'Whether the dataset {{name}} is read is not known{{about}}', words);
  }
}

function windowText({ state, start, end, now }: Extract<Check, { item: 'window' }>): string {
  const words = { start, end, now: dateTimeFormat(now * 1000, { format: 'HH:mm', timeZone: 'utc' }), interpolation };
  switch (state) {
    case 'ok':
      return t('checklist.window.ok', 'Within the time window {{start}} to {{end}} (UTC, now {{now}})', words);
    case 'not-ok':
      return t('checklist.window.not-ok', 'Outside of the time window {{start}} to {{end}} (UTC, now {{now}})', words);
    default:
      return t('checklist.window.unknown', 'The time window of the trigger is not known');
  }
}

function controllerText({ state, node }: Extract<Check, { item: 'local-controller' }>): string {
  const words = { node: node ?? t('checklist.controller.unnamed', 'its node'), interpolation };
  switch (state) {
    case 'ok':
      return t('checklist.controller.ok', 'The local controller of {{node}} is connected', words);
    case 'not-ok':
      return t('checklist.controller.not-ok', 'The local controller of {{node}} is not connected', words);
    default:
      return t(
        'checklist.controller.unknown',
        'Whether the local controller of {{node}} is connected is not known: the global manager says it only when that changes',
        words
      );
  }
}

function triggerText({ state, operator, metric }: Extract<Check, { item: 'trigger' }>): string {
  const words = { operator, metric, interpolation };
  switch (state) {
    case 'ok':
      return t('checklist.trigger.ok', 'The trigger is one that can fire ({{metric}} {{operator}})', words);
    case 'not-ok':
      return t('checklist.trigger.not-ok', 'The trigger can never fire ({{metric}} {{operator}})', words);
    default:
      return t('checklist.trigger.unknown', 'The trigger is not known: the exporter tells of it');
  }
}

export function checkText(check: Check): string {
  switch (check.item) {
    case 'samples':
      return samplesText(check);
    case 'window':
      return windowText(check);
    case 'local-controller':
      return controllerText(check);
    case 'dataset':
      return datasetText(check);
    case 'trigger':
      return triggerText(check);
  }
}
