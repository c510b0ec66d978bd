/** Conversion of conditions of the journal to the history that the pages show. */
import {
  isStage,
  toExactHistory,
  type Condition,
  type ConditionData,
  type ConditionHistory,
  type ConditionModel,
} from '../conditions';
import { flattenMetrics, isEmptyJson } from '../conditions/conditionJson';
import type { KindName } from '../kinds';
import { getModelVersions } from '../kinds/shared/models';
import { toJournalCondition } from './condition';
import type { JournalCondition, JournalModel } from './entry';
import type { ObjectLife } from './objectLives';
import type { ReplayedCondition } from './replay';

function toModels(kind: KindName, stage: string | undefined, models: readonly JournalModel[]): ConditionModel[] {
  const versions = getModelVersions(kind, stage, models.length);
  return models.map(({ url, format, metrics = {} }, place) => ({
    url,
    format,
    metrics: Object.fromEntries(flattenMetrics(metrics)) as ConditionModel['metrics'],
    ...(versions && { version: versions[place] }),
  }));
}

/** Converts the facts of a condition to those of the same condition in a live object. */
export function toConditionData(
  kind: KindName,
  { stage, data }: Pick<JournalCondition, 'stage' | 'data'>
): ConditionData {
  if (!data || data.state === 'malformed') {
    return data ?? { state: 'absent' };
  }
  const { input, output } = data;
  const isEmpty = !output?.models.length && (!input || isEmptyJson(input));
  return {
    state: 'parsed',
    input: input && { ...input, models: toModels(kind, stage, input.models) },
    output: output && { models: toModels(kind, stage, output.models) },
    ...(isEmpty && { isEmpty }),
  };
}

/** Returns the Unix time in seconds that Sedna wrote, or else when the exporter saw the condition. */
export function getConditionTime({ condition, seen }: ReplayedCondition): number | undefined {
  const { lastTransitionTime, lastHeartbeatTime, lastProbeTime } = condition;
  return [lastTransitionTime, lastHeartbeatTime, lastProbeTime, seen]
    .map((time) => Date.parse(time ?? '') / 1000)
    .find(Number.isFinite);
}

/** Returns none for a condition without a stage. */
function toConditions(kind: KindName, replayed: ReplayedCondition): Condition[] {
  const { index, stage, type, message, reason, data } = replayed.condition;
  if (!isStage(stage) || type === '') {
    return [];
  }
  const time = getConditionTime(replayed);
  const isLost = replayed.lost !== undefined;
  const conditionData = toConditionData(kind, { stage, data });
  return [{ index, stage, type, time, message, reason, data: conditionData, ...(isLost && { isLost }) }];
}

/** Returns whether the conditions go back to the first one of the object. */
export const isFromStart = (conditions: readonly ReplayedCondition[]): boolean => conditions[0]?.condition.index === 0;

/**
 * Returns the history of a job with stages.
 * @param roundsBefore - rounds before the first condition, if it isn't the first of the job
 */
export function toHistoryFromJournal(
  { ref, conditions, pods }: Pick<ObjectLife, 'ref' | 'conditions' | 'pods'>,
  roundsBefore?: number
): ConditionHistory {
  return toExactHistory(
    conditions.flatMap((each) => toConditions(ref.kind, each)),
    {
      roundsBefore: isFromStart(conditions) ? 0 : roundsBefore,
      workerStarts: pods.flatMap(({ worker, started }) =>
        started !== undefined && (worker === 'train' || worker === 'eval') ? [started] : []
      ),
    }
  );
}

/**
 * Adds what the journal knows to the conditions of a live object, which is newer but may have lost some.
 * @param live - `status.conditions`; any JSON
 * @param seen - when the object was read, in RFC 3339
 */
export function mergeLiveConditions(
  kind: KindName,
  live: unknown,
  seen: string,
  journal: readonly ReplayedCondition[]
): ReplayedCondition[] {
  const entries: unknown[] = Array.isArray(live) ? live : [];
  const held = entries.map((entry, index) => toJournalCondition(kind, entry, index));
  const hashes = new Set(held.map(({ hash }) => hash));
  const known = new Map(journal.map((each) => [each.condition.hash, each]));
  const present = held.map((condition): ReplayedCondition => ({
    condition,
    seen: known.get(condition.hash)?.seen ?? seen,
  }));
  const lost = journal
    .filter(({ condition }) => !hashes.has(condition.hash))
    .map((each): ReplayedCondition => ({ ...each, lost: each.lost ?? seen }));
  return [...lost, ...present].sort((a, b) => a.condition.index - b.condition.index);
}
