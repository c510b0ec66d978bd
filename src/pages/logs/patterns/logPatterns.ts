/** Patterns of Loki's lines, by its HTTP API. Imports no browser, so that a test can ask a real Loki with it. */
import { stripAnsi } from '../../../sedna/logs';

export interface LogPattern {
  /** With `<_>` for what differs, without colour codes. */
  text: string;
  /** Entries that it stands for. */
  count: number;
  /** Entries over time (Unix, s), by time. */
  samples: Array<[time: number, count: number]>;
}

/** What `patterns` answers: one pattern may come several times, once for each level that Loki guesses. */
export interface LokiPatterns {
  data?: Array<{ pattern: string; samples: Array<[number, number]> }>;
}

/** Bars of a pattern's count over time. */
const STEPS = 60;
/** Loki counts by this (s). */
const FINEST_STEP = 10;

/** Parameters of `patterns`; times in ms. */
export function patternParams(query: string, from: number, to: number): Record<string, string> {
  const step = Math.ceil((to - from) / 1000 / STEPS / FINEST_STEP) * FINEST_STEP;
  return {
    query,
    start: `${Math.floor(from)}000000`,
    end: `${Math.ceil(to)}000000`,
    step: `${Math.max(step, FINEST_STEP)}s`,
  };
}

/** A colour code whose first character Loki took for a part of what differs. */
const CUT_COLOUR = /<_>\[[\d;]*m/g;

/** Patterns of an answer, that of most entries first. */
export function patternsOf({ data }: LokiPatterns): LogPattern[] {
  const found = new Map<string, Map<number, number>>();
  for (const { pattern, samples } of data ?? []) {
    const text = stripAnsi(pattern).replace(CUT_COLOUR, '<_>');
    const counts = found.get(text) ?? new Map<number, number>();
    for (const [time, count] of samples) {
      counts.set(time, (counts.get(time) ?? 0) + count);
    }
    found.set(text, counts);
  }
  return [...found]
    .map(([text, counts]) => {
      const samples = [...counts].sort(([a], [b]) => a - b);
      return { text, samples, count: samples.reduce((sum, [, count]) => sum + count, 0) };
    })
    .sort((a, b) => b.count - a.count);
}
