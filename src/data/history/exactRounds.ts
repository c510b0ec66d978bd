import { isFromStart, toHistoryFromJournal, type ObjectLife } from '../../sedna/journal';
import {
  computeExactRoundStats,
  countRoundsBefore,
  type RoundStats,
  type Series,
} from '../../sedna/learning/roundStats';
import type { JournalRange } from '../journal/fetchJournal';

/** Returns whether any part of a round is in the range. */
function isWithin({ round }: RoundStats, following: RoundStats | undefined, { from, to }: JournalRange): boolean {
  const { start = 0 } = round;
  const end = following?.round.start ?? (round.outcome === 'open' ? Infinity : (round.end ?? Infinity));
  return start * 1000 <= to && end * 1000 >= from;
}

/**
 * Returns the rounds of a job in a range, oldest first, from its conditions. Samples and tasks come from scraped metrics.
 * @param series - those of `roundSeries`
 */
export function toExactRounds(life: ObjectLife, series: readonly Series[], range: JournalRange): RoundStats[] {
  const history = toHistoryFromJournal(life);
  const starts = history.rounds.flatMap(({ start }) => (start === undefined ? [] : [start]));
  const before = isFromStart(life.conditions) ? 0 : countRoundsBefore(series, starts);
  const numbered = before === undefined ? history : toHistoryFromJournal(life, before);
  const all = computeExactRoundStats(numbered, series);
  return all.filter((each, place) => isWithin(each, all[place + 1], range));
}
