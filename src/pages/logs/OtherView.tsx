import React from 'react';
import type { LogsScene } from './LogsScene';
import { PatternsOfSearch } from './PatternsOfSearch';
import { ScoresOfSearch } from './ScoresOfSearch';
import type { View } from './selection';

/** What is shown in the place of lines. */
export function OtherView({ view, model }: { view: Exclude<View, 'lines'>; model: LogsScene }) {
  return view === 'scores' ? <ScoresOfSearch model={model} /> : <PatternsOfSearch model={model} />;
}
