import React from 'react';
import type { TableState } from '../../../panels/table/TableState';
import type { PageTimeRange } from '../pageTimeRange';
import { buildSearchStreamSelector } from '../queries';
import type { Selection } from '../selection';
import { addPatternKeyword } from './addPatternKeyword';
import { PatternsView } from './PatternsView';

export interface SearchPatternsProps {
  selection: Selection;
  timeRange: PageTimeRange;
  table: TableState<string>;
  onSelect: (change: Partial<Selection>) => void;
}

/** Patterns of the selected streams. */
export function SearchPatterns({ selection, timeRange, table, onSelect }: SearchPatternsProps) {
  const selector = buildSearchStreamSelector(selection);
  return (
    <PatternsView
      // Remount when the selector changes, so that no rows of the previous streams stay visible.
      key={selector}
      {...{ table, selector }}
      range={timeRange.value}
      onAddPattern={(pattern, list) => onSelect(addPatternKeyword(selection, pattern, list))}
    />
  );
}
