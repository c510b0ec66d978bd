/** Facts from the conditions of an object, which include stages that are shorter than a scrape interval. */
import { findStateStart, isSameState, type Condition, type ConditionHistory } from '../../conditions';
import type { Stage } from '../../kinds';
import type { Facts, FailureFact } from '.';
import { FAILURE_WINDOWS } from '../thresholds';

const STAGES_WITH_DATA: readonly Stage[] = ['Train', 'Eval'];

/** Counts the failures of each window that the history covers; those of longer ones stay as they are. */
function mergeFailures({ failures = [] }: Facts, { conditions }: ConditionHistory, now: number, from: number) {
  return FAILURE_WINDOWS.flatMap((window): FailureFact[] => {
    if (now - window < from) {
      return failures.filter((known) => known.window === window);
    }
    const recent = conditions.filter(({ time }) => time !== undefined && now - time <= window);
    return [
      {
        window,
        failed: recent.filter(({ type }) => type === 'Failed').length,
        completedRounds: recent.filter(({ stage, type }) => stage === 'Deploy' && type === 'Completed').length,
      },
    ];
  });
}

/** Counts the failures of each stage since it completed. A history without a success may lack earlier failures. */
function mergeFailuresInARow({ failuresInARow: known }: Facts, { conditions }: ConditionHistory, isWhole: boolean) {
  const counts: Partial<Record<Stage, number>> = {};
  const completed = new Set<Stage>();
  for (const { stage, type } of conditions) {
    if (type === 'Completed') {
      counts[stage] = 0;
      completed.add(stage);
    } else if (type === 'Failed') {
      counts[stage] = (counts[stage] ?? 0) + 1;
    }
  }
  if (isWhole) {
    return counts;
  }
  const merged: Facts['failuresInARow'] = { ...known, ...counts };
  for (const [stage, count] of Object.entries(known ?? {}) as Array<[Stage, number]>) {
    merged[stage] = completed.has(stage) ? counts[stage] : Math.max(count, counts[stage] ?? 0);
  }
  return Object.keys(merged).length > 0 ? merged : undefined;
}

const completedRuns = ({ rounds }: ConditionHistory) =>
  rounds.flatMap(({ stages }) => stages).filter(({ outcome }) => outcome.startsWith('completed'));

/** Whether the newest completed run of each stage has no data. */
function withoutData(history: ConditionHistory): Facts['completedWithoutData'] {
  const runs = completedRuns(history);
  return Object.fromEntries(
    STAGES_WITH_DATA.flatMap((wanted) => {
      const newest = runs.filter(({ stage }) => stage === wanted).pop();
      return newest ? [[wanted, newest.outcome === 'completed-without-data']] : [];
    })
  );
}

/** Start of the state of the newest condition. It may have begun before a history that is not whole. */
function toStateSince({ condition }: Facts, conditions: readonly Condition[], isWhole: boolean): number | undefined {
  const start = findStateStart(conditions);
  const isTruncated = !isWhole && start !== undefined && start === conditions[0];
  const known = isTruncated && condition && isSameState(condition, start) ? condition.stateSince : undefined;
  return known ?? start?.time;
}

/** Start of what a history has: Unix time in seconds, or the start of the object. */
export type HistoryStart = number | 'creation';

/**
 * Replaces the facts that the conditions of an object contain. Returns them unchanged for an empty or inexact history, and
 * for one that ends before the newest condition of the facts, as while a log collector catches up.
 * @param history - conditions that the object holds
 * @param now - Unix time in seconds
 * @param start - facts about what was before stay as they are
 */
export function mergeConditionHistory(
  facts: Facts,
  history: ConditionHistory,
  now: number,
  start: HistoryStart = 'creation'
): Facts {
  const newest = history.conditions[history.conditions.length - 1];
  const { since = -Infinity } = facts.condition ?? {};
  if (!history.exact || !newest || (newest.time ?? Infinity) < since) {
    return facts;
  }
  const isWhole = start === 'creation';
  const hasDeployed = history.conditions.some(({ stage, type }) => stage === 'Deploy' && type === 'Ready');
  const hasTrained = completedRuns(history).some(({ stage, outcome }) => stage === 'Train' && outcome === 'completed');
  return {
    ...facts,
    condition: {
      stage: newest.stage,
      type: newest.type,
      since: newest.time,
      stateSince: toStateSince(facts, history.conditions, isWhole),
    },
    completedWithoutData: { ...(isWhole ? {} : facts.completedWithoutData), ...withoutData(history) },
    hasDeployedModel: hasDeployed || (isWhole ? false : facts.hasDeployedModel),
    hasTrainedModel: hasTrained || (isWhole ? false : facts.hasTrainedModel),
    failures: mergeFailures(facts, history, now, isWhole ? -Infinity : start),
    failuresInARow: mergeFailuresInARow(facts, history, isWhole),
  };
}
