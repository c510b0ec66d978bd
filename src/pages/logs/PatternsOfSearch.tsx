import React from 'react';
import { sceneGraph } from '@grafana/scenes';
import type { LogsScene } from './LogsScene';
import { PatternsView } from './patterns/PatternsView';
import { searchedStreams } from './queries';
import { withPattern } from './withPattern';

/** What the lines of the chosen streams have in common. */
export function PatternsOfSearch({ model }: { model: LogsScene }) {
  const selector = searchedStreams(model.useState());
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  return (
    <PatternsView
      // Other streams: nothing of the last ones is left in sight.
      key={selector}
      table={model.state.table}
      {...{ selector, range }}
      onChoose={(pattern, part) => model.select(withPattern(model.state, pattern, part))}
    />
  );
}
