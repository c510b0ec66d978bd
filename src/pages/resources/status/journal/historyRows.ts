import type { ConditionRow } from '../../object/conditions/conditionRows';
import type { JournalRange } from '../../../../data/journal/fetchJournal';
import { getConditionTime, toConditionData, type ObjectLife } from '../../../../sedna/journal';

/** Returns the conditions of an object in a time range, newest first. */
export function toHistoryRows({ ref, conditions }: ObjectLife, { from, to }: JournalRange): ConditionRow[] {
  return conditions
    .map((each): ConditionRow => {
      const { index, stage = '', type, status = '', reason, message } = each.condition;
      return {
        position: index + 1,
        stage,
        type,
        status,
        time: getConditionTime(each),
        reasonAndMessage: [reason, message].filter(Boolean).join(': '),
        data: toConditionData(ref.kind, each.condition),
        isLost: each.lost !== undefined,
      };
    })
    .filter(({ time }) => time === undefined || (time * 1000 >= from && time * 1000 <= to))
    .reverse();
}
