import React from 'react';
import { evaluationLines } from '../../../query/logs/taskScores';
import type { LogEntry } from '../../../data/logs/logEntries';
import { getCurrentLogLabels } from '../../../data/logs/detectLogLabels';
import type { TableState } from '../../../panels/table/TableState';
import type { PageTimeRange, RangeEnd } from '../pageTimeRange';
import { buildStreamMatchers } from '../queries';
import type { Selection } from '../selection';
import { ScoresView } from './ScoresView';

export interface SearchTaskScoresProps {
  selection: Selection;
  timeRange: PageTimeRange;
  table: TableState<string>;
  onShowContext: (line: LogEntry) => void;
  onSetTimeRange: (from: RangeEnd, to: RangeEnd) => void;
}

/** Task scores in the selected streams; keywords and levels don't apply. */
export function SearchTaskScores({
  selection,
  timeRange: { value: range, timeZone },
  table,
  onShowContext,
  onSetTimeRange,
}: SearchTaskScoresProps) {
  const expr = evaluationLines(buildStreamMatchers(selection), getCurrentLogLabels());
  return (
    <ScoresView
      // Remount when the query changes, so that no rows of the previous streams stay visible.
      key={expr}
      {...{ table, expr, range, timeZone, onShowContext }}
      onEndTimeRangeAt={(ms) => onSetTimeRange(range.from.valueOf(), ms)}
    />
  );
}
