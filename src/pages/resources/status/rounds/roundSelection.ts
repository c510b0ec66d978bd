import type { RoundStats } from '../../../../sedna/learning/roundStats';

/** Rounds that the user compares, as the URL has them. */
export interface RoundSelection {
  /** Start of a round (Unix time in seconds); empty for the newest round. */
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
