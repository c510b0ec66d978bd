/**
 * History of a job with stages: its conditions, and the rounds that they form. The order of the array is the order of
 * events, because times have a resolution of one second and several conditions may share one.
 */
import { STAGES, type Stage } from '../kinds';
import type { Condition } from './condition';
import { isObject, parseConditionData, toText } from './conditionData';
import { toRounds, type Round, type RoundOptions } from './rounds';

export interface ConditionHistory {
  /** Whether it comes from the object or the journal. A history from samples misses short conditions. */
  exact: boolean;
  conditions: readonly Condition[];
  /** Oldest first. */
  rounds: readonly Round[];
  /** Number of entries left out because they aren't conditions of a stage. */
  unreadable: number;
}

/** A sample of the newest condition. */
export interface ConditionSample {
  /** Unix time in seconds. */
  time: number;
  stage: string;
  condition: string;
}

export const isStage = (text: unknown): text is Stage => STAGES.includes(text as Stage);

function parseTime(...texts: unknown[]): number | undefined {
  const times = texts.map((text) => (typeof text === 'string' ? Date.parse(text) / 1000 : NaN));
  return times.find((time) => Number.isFinite(time));
}

function toConditions(entry: unknown, index: number): Condition[] {
  if (!isObject(entry) || !isStage(entry.stage) || toText(entry.type) === undefined) {
    return [];
  }
  return [
    {
      index,
      stage: entry.stage,
      type: entry.type as string,
      time: parseTime(entry.lastTransitionTime, entry.lastHeartbeatTime),
      message: toText(entry.message),
      reason: toText(entry.reason),
      data: parseConditionData(entry.data),
    },
  ];
}

/** Converts `status.conditions` of a live object. Accepts any JSON and never throws. */
export function toHistoryFromObject(conditions: unknown): ConditionHistory {
  const entries: unknown[] = Array.isArray(conditions) ? conditions : [];
  const conditionsOfStages = entries.flatMap(toConditions);
  return {
    exact: true,
    conditions: conditionsOfStages,
    rounds: toRounds(conditionsOfStages, { exact: true, roundsBefore: 0 }),
    unreadable: entries.length - conditionsOfStages.length,
  };
}

/** Returns the history of conditions that were read elsewhere, oldest first. */
export const toExactHistory = (
  conditions: readonly Condition[],
  options: Omit<RoundOptions, 'exact'> = {}
): ConditionHistory => ({
  exact: true,
  conditions,
  rounds: toRounds(conditions, { ...options, exact: true }),
  unreadable: 0,
});

/**
 * Converts samples of the newest condition, in any order. Conditions shorter than a scrape are missing, so a stage counts as
 * completed when the next one follows, and ends at the first sample of that one.
 */
export function toHistoryFromSamples(samples: readonly ConditionSample[]): ConditionHistory {
  const known = samples.filter(({ stage, time }) => isStage(stage) && Number.isFinite(time));
  const transitions = [...known]
    .sort((a, b) => a.time - b.time)
    .filter(({ stage, condition }, index, all) => {
      const before = all[index - 1];
      return before?.stage !== stage || before.condition !== condition;
    });
  const conditions = transitions.map(({ time, stage, condition }, index): Condition => ({
    index,
    stage: stage as Stage,
    type: condition,
    time,
    data: { state: 'unknown' },
  }));
  return {
    exact: false,
    conditions,
    rounds: toRounds(conditions, { exact: false }),
    unreadable: samples.length - known.length,
  };
}
