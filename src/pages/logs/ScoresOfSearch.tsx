import React from 'react';
import { dateTime } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';
import { evaluationLines } from '../../query/logs/taskScores';
import { getCurrentLogLabels } from '../../data/logs/detectLogLabels';
import type { LogsScene } from './LogsScene';
import { matchersOf } from './queries';
import { ScoresView } from './scores/ScoresView';

/** Scores of tasks in the chosen streams, whatever keywords and levels are chosen. */
export function ScoresOfSearch({ model }: { model: LogsScene }) {
  const expr = evaluationLines(matchersOf(model.useState()), getCurrentLogLabels());
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const endAt = (ms: number) => {
    const { from } = range;
    const to = dateTime(ms);
    sceneGraph.getTimeRange(model).onTimeRangeChange({ from, to, raw: { from, to } });
  };
  return (
    <ScoresView
      // Other streams: nothing of the last ones is left in sight.
      key={expr}
      table={model.state.table}
      timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
      {...{ expr, range, endAt }}
      onAround={(around) => model.setState({ around })}
    />
  );
}
