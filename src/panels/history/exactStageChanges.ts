import { fetchObjectHistory, findLife, type ObjectHistory } from '../../data/history/objectHistory';
import type { JournalRange } from '../../data/journal/fetchJournal';
import { toHistoryFromJournal, type ObjectLife } from '../../sedna/journal';
import type { ObjectRef } from '../../sedna/objectRef';

/** Start or failure of a stage; time in ms. */
export interface StageChange {
  time: number;
  object: string;
  stage: string;
  failed: boolean;
}

/** Returns each start of a stage and each failure of a job in a range. */
function toExactStageChanges(life: ObjectLife, { from, to }: JournalRange): StageChange[] {
  const { namespace, name } = life.ref;
  // The list is in the order of events, which times with a resolution of a second don't tell.
  return toHistoryFromJournal(life)
    .conditions.filter(({ isLost }) => !isLost)
    .flatMap(({ index, stage, type, time = NaN }, place, all): StageChange[] => {
      const failed = type === 'Failed';
      const isChange = place === 0 ? index === 0 : stage !== all[place - 1].stage || failed;
      return isChange && time * 1000 >= from && time * 1000 <= to
        ? [{ time: time * 1000, object: `${namespace}/${name}`, stage, failed }]
        : [];
    });
}

/**
 * Fetches the changes of a job.
 * @param known - result of an earlier call for the same job
 * @returns undefined changes if neither the live object nor the journal has all of the range
 */
export async function fetchExactStageChanges(
  ref: ObjectRef,
  range: JournalRange,
  known: ObjectHistory | undefined,
  signal: AbortSignal
): Promise<{ history: ObjectHistory; changes?: StageChange[] }> {
  const history = await fetchObjectHistory(ref, range, { pages: 1, known }, signal);
  const life = findLife(history, '');
  const isWhole =
    life !== undefined &&
    life.conditions.length > 0 &&
    (life.ref.uid === history.liveUid || history.journal?.isComplete === true);
  return { history, changes: isWhole ? history.lives.flatMap((each) => toExactStageChanges(each, range)) : undefined };
}
