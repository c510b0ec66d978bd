import React, { lazy, Suspense } from 'react';
import { Waiting } from '../../components/Waiting';
import { dataSourceName } from '../../scenes/page';
import type { LogsScene } from './LogsScene';
import type { View } from './selection';

// Most people read lines; nothing of the other views is loaded for them.
const VIEWS = {
  scores: lazy(async () => ({ default: (await import('./scores/ScoresView')).ScoresView })),
  patterns: lazy(async () => ({ default: (await import('./patterns/PatternsView')).PatternsView })),
};

/** What is shown in the place of lines. */
export function OtherView({ view, model }: { view: Exclude<View, 'lines'>; model: LogsScene }) {
  const Chosen = VIEWS[view];
  return (
    <Suspense fallback={<Waiting source={dataSourceName('loki')} />}>
      <Chosen model={model} />
    </Suspense>
  );
}
