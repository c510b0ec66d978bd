/** Patterns that Loki finds in lines, by its HTTP API. Has no browser imports, so that tests can query a real Loki. */
import { stripAnsi } from '../../../sedna/logs';

export interface LogPattern {
  /** `<_>` stands for the parts that vary; without ANSI color codes. */
  text: string;
  /** Matching entries. */
  count: number;
  /** Matching entries over time (Unix, s), oldest first. */
  samples: Array<[time: number, count: number]>;
}

/** Response of `patterns`. Loki returns a pattern once for each level that it detects. */
export interface LokiPatterns {
  data?: Array<{ pattern: string; samples: Array<[number, number]> }>;
}

/** Bars of a histogram. */
const MAX_STEPS = 60;
/** Loki's own resolution of patterns. */
const MIN_STEP_SECONDS = 10;

/** Builds the parameters of `patterns`; `from` and `to` in Unix ms. */
export function buildPatternParams(query: string, from: number, to: number): Record<string, string> {
  const step = Math.ceil((to - from) / 1000 / MAX_STEPS / MIN_STEP_SECONDS) * MIN_STEP_SECONDS;
  return {
    query,
    start: `${Math.floor(from)}000000`,
    end: `${Math.ceil(to)}000000`,
    step: `${Math.max(step, MIN_STEP_SECONDS)}s`,
  };
}

/** A color code whose escape character Loki replaced as a varying part. */
const TRUNCATED_COLOR_CODE = /<_>\[[\d;]*m/g;

/** Merges patterns that differ only in level or color; the most frequent first. */
export function toPatterns({ data }: LokiPatterns): LogPattern[] {
  const countsByText = new Map<string, Map<number, number>>();
  for (const { pattern, samples } of data ?? []) {
    const text = stripAnsi(pattern).replace(TRUNCATED_COLOR_CODE, '<_>');
    const counts = countsByText.get(text) ?? new Map<number, number>();
    for (const [time, count] of samples) {
      counts.set(time, (counts.get(time) ?? 0) + count);
    }
    countsByText.set(text, counts);
  }
  return [...countsByText]
    .map(([text, counts]) => {
      const samples = [...counts].sort(([a], [b]) => a - b);
      return { text, samples, count: samples.reduce((sum, [, count]) => sum + count, 0) };
    })
    .sort((a, b) => b.count - a.count);
}
