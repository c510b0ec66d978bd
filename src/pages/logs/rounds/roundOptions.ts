/** Rounds as options of a list, and the time range of each. */
import { dateTimeFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import type { ComboboxOption } from '@grafana/ui';
import { WORKER_OF } from '../../../query/resourceDetail';
import type { RoundsResult } from '../../../data/rounds/fetchRounds';
import { LOG_PADDING_MS } from '../../../data/rounds/roundHistory';
import { formatOutcome, formatRoundTitle } from '../../../ui/format/formatRound';
import type { StageOutcome } from '../../../sedna/conditions';
import { STAGES, type Stage } from '../../../sedna/kinds';
import type { RangeEnd } from '../pageTimeRange';
import { t } from '../../../platform/i18n';

interface Interval {
  /** Unix time in ms. */
  from: number;
  to: number | 'now';
}

export interface RoundOption {
  option: ComboboxOption;
  round: Interval;
  /** Stages whose start is known. */
  stages: Partial<Record<Stage, Interval>>;
  /** Added on both sides (ms). */
  paddingMs: number;
}

/** A job without samples for this long was deleted, or its metrics are no longer scraped. */
const GONE_AFTER_MS = 10 * 60_000;

// Minutes are enough for rounds, and an option has little room.
const formatMinute = (time: number, timeZone: TimeZone) => dateTimeFormat(time, { format: 'MM-DD HH:mm', timeZone });

/** Formats the end of an interval, without its day if the interval starts on the same one. */
function formatEnd(from: number, to: number, timeZone: TimeZone): string {
  const formatDay = (time: number) => dateTimeFormat(time, { format: 'YYYY-MM-DD', timeZone });
  return formatDay(from) === formatDay(to)
    ? dateTimeFormat(to, { format: 'HH:mm', timeZone })
    : formatMinute(to, timeZone);
}

/** @param isTruncated whether the round may have started before `from`, where the search begins */
function formatPeriod({ from, to }: Interval, isTruncated: boolean, timeZone: TimeZone): string {
  const start = formatMinute(from, timeZone);
  const params = { start };
  if (to === 'now') {
    return isTruncated
      ? t('logs.round.period-truncated-open', 'before {{start}} – now', params)
      : t('logs.round.period-open', '{{start}} – now', params);
  }
  const end = formatEnd(from, to, timeZone);
  return isTruncated
    ? t('logs.round.period-truncated', 'before {{start}} – {{end}}', { ...params, end })
    : t('logs.round.period', '{{start}} – {{end}}', { ...params, end });
}

const formatStage = (stage: Stage, outcome: StageOutcome): string =>
  outcome === 'completed'
    ? stage
    : t('logs.round.stage', '{{stage}} ({{outcome}})', {
        stage,
        outcome: formatOutcome(outcome),
      });

function toRoundOption(result: RoundsResult, index: number, timeZone: TimeZone, now: number): RoundOption {
  const { rounds, from: since, to: until, step, lastSeen = until } = result;
  const { round, isTruncated: isTruncated } = rounds[index];
  const toMs = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000);
  const openEnd = now - lastSeen > Math.max(GONE_AFTER_MS, step * 3) ? lastSeen : 'now';
  const isOpen = round.outcome === 'open';
  const from = isTruncated ? since : (toMs(round.start) ?? since);
  const to = toMs(rounds[index + 1]?.round.start) ?? (isOpen ? openEnd : (toMs(round.end) ?? openEnd));
  const stages = round.stages.map(({ stage, start, end }, position) => ({
    stage,
    from: position === 0 ? from : toMs(start),
    to: toMs(end) ?? to,
  }));
  const period = formatPeriod({ from, to }, isTruncated, timeZone);
  const stageTexts = round.stages.map(({ stage, outcome }) => formatStage(stage, outcome));
  return {
    option: {
      value: String(Math.round(from)),
      label: formatRoundTitle(rounds[index]),
      description: `${period} · ${stageTexts.join(', ')}`,
    },
    round: { from, to },
    stages: Object.fromEntries(
      stages.flatMap((each) => (each.from === undefined ? [] : [[each.stage, { from: each.from, to: each.to }]]))
    ),
    paddingMs: Math.max(LOG_PADDING_MS, step),
  };
}

/**
 * Returns the rounds of several time ranges that don't overlap, newest first.
 * @param results - newest first; only the first one reaches to now
 */
export function toRoundOptions(results: readonly RoundsResult[], timeZone: TimeZone): RoundOption[] {
  const now = results[0]?.to ?? 0;
  return results.flatMap((result) =>
    result.rounds.map((_, index) => toRoundOption(result, index, timeZone, now)).reverse()
  );
}

/** The stage that a worker type runs. */
export const getStage = (worker: string): Stage | undefined => STAGES.find((stage) => WORKER_OF[stage] === worker);

const isNear = (a: number, b: number, toleranceMs: number) => Math.abs(a - b) <= toleranceMs;

/**
 * Finds the round that starts at a time, if the page's time range still covers it. Both compare within the padding:
 * starts come from samples, which differ from one query to the next.
 * @param start Unix time in ms, as text
 * @param range the page's time range as written in the URL
 */
export function findRoundOption(
  options: readonly RoundOption[],
  start: string,
  range: { from: string; to: string },
  worker: string
): RoundOption | undefined {
  // Rounds may be shorter than the padding, so the nearest one counts.
  const distance = ({ round }: RoundOption) => Math.abs(round.from - Number(start));
  const [found] = options
    .filter((option) => distance(option) <= option.paddingMs)
    .sort((a, b) => distance(a) - distance(b));
  if (!found) {
    return undefined;
  }
  const expected = getRoundTimeRange(found, worker);
  const matchesEnd = (written: string, end: RangeEnd) =>
    written === end || (typeof end === 'number' && isNear(Date.parse(written), end, found.paddingMs));
  return matchesEnd(range.from, expected.from) && matchesEnd(range.to, expected.to) ? found : undefined;
}

/** Returns the padded time range of the worker's stage, or of the whole round if that stage isn't in it. */
export function getRoundTimeRange(
  { round, stages, paddingMs }: RoundOption,
  worker: string
): { from: RangeEnd; to: RangeEnd } {
  const stage = getStage(worker);
  const { from, to } = (stage && stages[stage]) ?? round;
  return { from: from - paddingMs, to: to === 'now' ? to : to + paddingMs };
}
