import type { RoundStats } from '../../../../sedna/learning/roundStats';

/** Rounds that the user compares, as the URL has them. */
export interface RoundSelection {
  /** Start of a round (Unix time in seconds); empty for the newest round that ended. */
  round: string;
  /** Start of the round to compare with (Unix time in seconds); empty for the one before. */
  against: string;
}

/**
 * Returns the index of the round that starts nearest to a time, because starts move a little with the query step.
 * @param start Unix time in seconds, from the URL
 * @param fallback index to return if `start` is empty or not a number
 */
export function findNearestRound(rounds: readonly RoundStats[], start: string, fallback: number): number {
  const time = Number(start);
  if (start === '' || !Number.isFinite(time)) {
    return fallback;
  }
  const distances = rounds.map(({ round }) => Math.abs((round.start ?? 0) - time));
  return distances.indexOf(Math.min(...distances));
}

/** Returns the index of the newest round that ended; that of the newest one if there are no two to compare. */
export function findNewestEnded(rounds: readonly RoundStats[]): number {
  const newest = rounds.length - 1;
  const isOpen = rounds.at(newest)?.round.stages.some(({ outcome }) => outcome === 'open') ?? false;
  return isOpen && rounds.length > 2 ? newest - 1 : newest;
}
