/**
 * The history of a staged job: its conditions, and the rounds that they tell of. The order of the array is the order
 * in which things happened; times have a resolution of one second and several conditions may share one.
 */
import { STAGES, type Stage } from '../kinds';
import type { Condition } from './condition';
import { isObject, parseConditionData, toText } from './data';
import { toRounds, type Round } from './rounds';

export interface ConditionHistory {
  /** True where it comes from the object; false where it comes from samples, which miss what was short. */
  exact: boolean;
  conditions: readonly Condition[];
  /** Oldest first. */
  rounds: readonly Round[];
  /** Entries of the array that are no condition of a stage, and are left out. */
  unreadable: number;
}

/** One sample of "this was the newest condition". */
export interface ConditionSample {
  /** Unix time in seconds. */
  time: number;
  stage: string;
  condition: string;
}

const isStage = (text: unknown): text is Stage => STAGES.includes(text as Stage);

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

/** Reads `status.conditions` of a live object; never throws, whatever it is given. */
export function toHistoryFromObject(conditions: unknown): ConditionHistory {
  const entries: unknown[] = Array.isArray(conditions) ? conditions : [];
  const read = entries.flatMap(toConditions);
  return { exact: true, conditions: read, rounds: toRounds(read, true), unreadable: entries.length - read.length };
}

/**
 * Reads what samples of the newest condition show. Conditions that were over before they were scraped are missing:
 * a stage counts as completed when the next one follows, and its end is when that was first seen.
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
    rounds: toRounds(conditions, false),
    unreadable: samples.length - known.length,
  };
}
