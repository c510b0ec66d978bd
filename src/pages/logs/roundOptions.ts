/** Rounds to choose from, and which time range each of them is. */
import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { ComboboxOption } from '@grafana/ui';
import { WORKER_OF } from '../../query/resourceDetail';
import type { RoundsResult } from '../../data/rounds/fetchRounds';
import { LOG_PADDING_SECONDS } from '../../data/rounds/roundHistory';
import { formatOutcome, formatRoundTitle } from '../../ui/format/formatRound';
import { STAGES, type Stage } from '../../sedna/kinds';
import type { RangeEnd } from './pageRange';

interface Span {
  /** Unix time in ms. */
  from: number;
  to: number | 'now';
}

export interface RoundChoice {
  option: ComboboxOption;
  whole: Span;
  stages: Partial<Record<Stage, Span>>;
  /** What to add on both sides (ms). */
  padding: number;
}

/** A job that was not seen for so long (ms) is gone, or nobody looks at it any more. */
const GONE_AFTER = 10 * 60_000;

/** To the minute: a choice has little room, and rounds take longer. */
const startText = (time: number) => dateTimeFormat(time, { format: 'MM-DD HH:mm' });
const dayOf = (time: number) => dateTimeFormat(time, { format: 'YYYY-MM-DD' });
const endText = (from: number, to: number) =>
  dayOf(from) === dayOf(to) ? dateTimeFormat(to, { format: 'HH:mm' }) : startText(to);

function choiceOf(asked: RoundsResult, place: number): RoundChoice {
  const { rounds, from: since, to: now, step, lastSeen = now } = asked;
  const { round, isTruncated } = rounds[place];
  const ms = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds * 1000);
  const untilNow = now - lastSeen > Math.max(GONE_AFTER, step * 3) ? lastSeen : 'now';
  const isOpen = round.outcome === 'open';
  const from = isTruncated ? since : (ms(round.start) ?? since);
  const to = ms(rounds[place + 1]?.round.start) ?? (isOpen ? untilNow : (ms(round.end) ?? untilNow));
  const runs = round.stages.map((run, index) => ({
    stage: run.stage,
    from: index === 0 ? from : ms(run.start),
    to: ms(run.end) ?? to,
  }));
  const end = to === 'now' ? t('logs.round.now', 'now') : endText(from, to);
  const start = isTruncated ? t('logs.round.before', 'before {{time}}', plain(startText(from))) : startText(from);
  const stages = round.stages.map(({ stage, outcome }) =>
    outcome === 'completed' ? stage : `${stage} (${formatOutcome(outcome)})`
  );
  return {
    option: {
      value: String(Math.round(from)),
      label: formatRoundTitle(rounds[place]),
      description: `${start} – ${end} · ${stages.join(', ')}`,
    },
    whole: { from, to },
    stages: Object.fromEntries(
      runs.flatMap((each) => (each.from === undefined ? [] : [[each.stage, { from: each.from, to: each.to }]]))
    ),
    padding: Math.max(LOG_PADDING_SECONDS, step),
  };
}

const plain = (time: string) => ({ time, interpolation: { escapeValue: false } });

/** One a round, newest first. */
export const roundChoices = (asked: RoundsResult): RoundChoice[] =>
  asked.rounds.map((_, place) => choiceOf(asked, place)).reverse();

/** The stage that a type of worker runs. */
export const stageOf = (worker: string): Stage | undefined => STAGES.find((stage) => WORKER_OF[stage] === worker);

const isNear = (a: number, b: number, padding: number) => Math.abs(a - b) <= padding;

/**
 * The round that begins about then, as long as the time range is its own: rounds are known from samples, which are
 * others each time that they are asked for.
 * @param start Unix time in ms, as text
 * @param range as the page's is written
 */
export function choiceAt(
  choices: readonly RoundChoice[],
  start: string,
  range: { from: string; to: string },
  worker: string
): RoundChoice | undefined {
  const choice = choices.find(({ whole, padding }) => isNear(whole.from, Number(start), padding));
  if (!choice) {
    return undefined;
  }
  const own = rangeOfChoice(choice, worker);
  const fits = (written: string, end: RangeEnd) =>
    written === end || (typeof end === 'number' && isNear(Date.parse(written), end, choice.padding));
  return fits(range.from, own.from) && fits(range.to, own.to) ? choice : undefined;
}

/** What to search for the lines of a round, or of one of its stages where that is known: padded on both sides. */
export function rangeOfChoice(
  { whole, stages, padding }: RoundChoice,
  worker: string
): { from: RangeEnd; to: RangeEnd } {
  const stage = stageOf(worker);
  const { from, to } = (stage && stages[stage]) ?? whole;
  return { from: from - padding, to: to === 'now' ? to : to + padding };
}
