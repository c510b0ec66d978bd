import { formattedValueToString, getValueFormat } from '@grafana/data';
import type { StageOutcome } from '../../sedna/conditions';
import type { ModelVersion } from '../../sedna/kinds/shared/models';
import type { RoundStats, TaskStats } from '../../sedna/learning/roundStats';
import { t } from '../../platform/i18n';

export const formatNotRecorded = () => t('since.unknown', 'Not recorded');

/** Formats a number by locale; returns a text, which some metrics have as value, unchanged. */
export const formatNumber = (value: number | string): string =>
  typeof value === 'string' ? value : formattedValueToString(getValueFormat('locale')(value, undefined));

export const formatSeconds = (value: number): string => formattedValueToString(getValueFormat('dtdurations')(value));

/** Formats a duration; marks one as approximate that is known only from samples. */
export const formatDuration = ({
  seconds: value,
  isApproximate,
}: {
  seconds: number;
  isApproximate: boolean;
}): string =>
  isApproximate ? t('rounds.about', '≈ {{duration}}', { duration: formatSeconds(value) }) : formatSeconds(value);

export const formatOutcome = (outcome: StageOutcome): string =>
  ({
    completed: t('rounds.outcome.completed', 'Completed'),
    'completed-without-data': t('rounds.outcome.without-data', 'Completed without a report'),
    failed: t('rounds.outcome.failed', 'Failed'),
    open: t('rounds.outcome.open', 'In progress'),
    'not-recorded': t('rounds.outcome.not-recorded', 'End unknown'),
  })[outcome];

/**
 * Returns a title with the number of the round since the job was created, and Sedna's own where it differs. Without the
 * former: Sedna's number, or else the position in the time range.
 */
export function formatRoundTitle({ round }: RoundStats): string {
  const { ordinal, number, hasRun, outcome, position } = round;
  if (ordinal !== undefined) {
    return number === undefined || number === ordinal
      ? t('rounds.numbered', 'Round {{number}}', { number: ordinal })
      : t('rounds.numbered-twice', 'Round {{number}} (directory {{directory}})', {
          number: ordinal,
          directory: number,
        });
  }
  if (hasRun === false) {
    return outcome === 'open' ? t('rounds.next', 'Next round') : t('rounds.no-worker', 'No worker ran');
  }
  if (number === undefined) {
    return t('rounds.nth', '#{{position}} in this time range', { position });
  }
  return hasRun
    ? t('rounds.directory', 'Directory {{number}}', { number })
    : t('rounds.numbered', 'Round {{number}}', { number });
}

export const formatTask = ({ task, scores }: TaskStats): string => {
  const all = Object.entries(scores).map(([metric, score]) => `${metric} ${formatNumber(score)}`);
  return all.length === 0 ? task : `${task} (${all.join(', ')})`;
};

/** Marks a text about one of two models that a job compares. */
export const formatVersion = (version: ModelVersion | undefined, text: string): string =>
  version === undefined
    ? text
    : version === 'new'
      ? t('rounds.version.new', 'New: {{text}}', { text })
      : t('rounds.version.old', 'Old: {{text}}', { text });
