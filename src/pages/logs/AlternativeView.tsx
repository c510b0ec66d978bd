import React from 'react';
import { SearchPatterns, type SearchPatternsProps } from './patterns/SearchPatterns';
import { SearchTaskScores, type SearchTaskScoresProps } from './scores/SearchTaskScores';
import type { View } from './selection';

interface Props extends SearchPatternsProps, SearchTaskScoresProps {
  view: Exclude<View, 'lines'>;
}

/** The view that replaces the lines. */
export function AlternativeView({ view, ...props }: Props) {
  return view === 'scores' ? <SearchTaskScores {...props} /> : <SearchPatterns {...props} />;
}
