/** Facts from the conditions of a live object, which include stages that are shorter than a scrape interval. */
import type { ConditionHistory } from '../../conditions';
import type { Stage } from '../../kinds';
import type { Facts, FailureFact } from '.';
import { FAILURE_WINDOWS } from '../thresholds';

const STAGES_WITH_DATA: readonly Stage[] = ['Train', 'Eval'];

function failuresOf({ conditions }: ConditionHistory, now: number): FailureFact[] {
  return FAILURE_WINDOWS.map((window) => {
    const recent = conditions.filter(({ time }) => time !== undefined && now - time <= window);
    return {
      window,
      failed: recent.filter(({ type }) => type === 'Failed').length,
      completedRounds: recent.filter(({ stage, type }) => stage === 'Deploy' && type === 'Completed').length,
    };
  });
}

function failuresInARowOf({ conditions }: ConditionHistory): Facts['failuresInARow'] {
  const counts: Partial<Record<Stage, number>> = {};
  for (const { stage, type } of conditions) {
    if (type === 'Failed' || type === 'Completed') {
      counts[stage] = type === 'Failed' ? (counts[stage] ?? 0) + 1 : 0;
    }
  }
  return counts;
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

/**
 * Replaces the facts that the conditions of the object contain. Returns them unchanged for an empty or inexact history.
 * @param now Unix time in seconds
 */
export function mergeConditionHistory(facts: Facts, history: ConditionHistory, now: number): Facts {
  const newest = history.conditions[history.conditions.length - 1];
  if (!history.exact || !newest) {
    return facts;
  }
  return {
    ...facts,
    condition: { stage: newest.stage, type: newest.type, since: newest.time },
    completedWithoutData: withoutData(history),
    hasDeployedModel: history.conditions.some(({ stage, type }) => stage === 'Deploy' && type === 'Ready'),
    hasTrainedModel: completedRuns(history).some(({ stage, outcome }) => stage === 'Train' && outcome === 'completed'),
    failures: failuresOf(history, now),
    failuresInARow: failuresInARowOf(history),
  };
}
