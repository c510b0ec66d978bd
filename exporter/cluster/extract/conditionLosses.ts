/**
 * Conditions that disappeared between two versions of a job. The global manager writes the whole status from a copy, and
 * so removes what was appended in between (pkg/globalmanager/controllers/lifelonglearning/lifelonglearningjob.go).
 */
import { STAGES, type Stage } from '../../../src/sedna/kinds';

/** Newest conditions of a version, reduced to what the next version is compared with. */
export interface ConditionTrace {
  /** Number of all conditions. */
  count: number;
  /** One number for each of the last {@link MAX_TRACED} conditions. */
  codes: readonly number[];
}

/** A lost update concerns what was written within seconds, so older conditions aren't compared. */
const MAX_TRACED = 64;
/** Number of lost conditions in one version up to which a trace that is cut compares correctly. */
const CUT_MARGIN = 16;

/** Stage and whether the condition has data: the index of a counter. */
const SLOTS = STAGES.flatMap((stage) => [false, true].map((hasData) => ({ stage, hasData })));

/** Number of lost conditions by {@link SLOTS}. */
export type Losses = readonly number[];

export const NO_LOSSES: Losses = SLOTS.map(() => 0);

/** 32-bit FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** Returns a number that differs for conditions that differ, and from which the slot can be read. */
export function toConditionCode(stage: Stage, hasData: boolean, content: readonly unknown[]): number {
  const slot = STAGES.indexOf(stage) * 2 + (hasData ? 1 : 0);
  return hash(content.map(String).join('\n')) * SLOTS.length + slot;
}

export const toTrace = (codes: readonly number[]): ConditionTrace => ({
  count: codes.length,
  codes: codes.slice(-MAX_TRACED),
});

/** Returns the losses so far, with those conditions of a version that the next one doesn't have. */
export function addLosses(losses: Losses, before: ConditionTrace, after: ConditionTrace): Losses {
  const cut = after.count - after.codes.length;
  const first = before.count - before.codes.length;
  const compared = before.codes.slice(cut === 0 ? 0 : Math.max(0, cut + CUT_MARGIN - first));
  const rest = new Map<number, number>();
  after.codes.forEach((code) => rest.set(code, (rest.get(code) ?? 0) + 1));
  const lost = compared.filter((code) => {
    const left = rest.get(code) ?? 0;
    rest.set(code, left - 1);
    return left <= 0;
  });
  return lost.length === 0
    ? losses
    : losses.map((count, slot) => count + lost.filter((code) => code % SLOTS.length === slot).length);
}

/** Returns the counters, starting at 0 so that the first loss is an increase. */
export const toLossSeries = (losses: Losses) =>
  SLOTS.map(({ stage, hasData }, slot) => ({
    metric: 'sedna_job_conditions_lost_total',
    labels: { stage, data: String(hasData) },
    value: losses[slot],
  }));
