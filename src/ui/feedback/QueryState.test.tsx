import React from 'react';
import { LoadingState, makeTimeRange, type PanelData } from '@grafana/data';
import { screen } from '@testing-library/react';
import { panelData, createSample, toTableFrames } from '../../test/mockGrafana';
import { renderInApp } from '../../test/render';
import { QueryState } from './QueryState';

const series = toTableFrames({ info: [createSample({ name: 'a' })] });
const errors = [{ message: 'context deadline exceeded', status: 504 }];

const answered = panelData({ series, timeRange: makeTimeRange('2026-11-23T07:00:00Z', '2026-11-23T08:00:00Z') });

/** `last` is the last whole answer. */
function show(data: Partial<PanelData> | undefined, last?: PanelData, isEmpty = false) {
  renderInApp(
    <QueryState data={data && panelData(data)} shown={last} source="Prom" isEmpty={isEmpty} empty="nothing there">
      the answer
    </QueryState>
  );
  return {
    loading: screen.queryByText('Loading...') !== null,
    error: screen.queryByRole('alert') !== null,
    empty: screen.queryByText('nothing there') !== null,
    answer: screen.queryByText('the answer') !== null,
  };
}

const NOTHING = { loading: false, error: false, empty: false, answer: false };

it.each<[string, Partial<PanelData> | undefined, PanelData | undefined, boolean, Partial<typeof NOTHING>]>([
  ['waits before the first query', undefined, undefined, true, { loading: true }],
  ['waits for the first answer', { state: LoadingState.Loading }, undefined, true, { loading: true }],
  ['keeps the last answer while it asks again', { state: LoadingState.Loading }, answered, false, { answer: true }],
  ['shows the answer', { series }, answered, false, { answer: true }],
  ['shows that the answer is empty', {}, answered, true, { empty: true }],
  ['shows an error alone where there was no answer', { errors }, undefined, true, { error: true }],
  ['shows an error above the last answer', { errors }, answered, false, { error: true, answer: true }],
  ['does not call it empty where the query failed', { errors }, answered, true, { error: true }],
  ['shows the error of a request that failed as a whole', { error: errors[0] }, undefined, true, { error: true }],
])('%s', (_, data, last, isEmpty, expected) => expect(show(data, last, isEmpty)).toEqual({ ...NOTHING, ...expected }));

it('names the data source in the error', () => {
  show({ state: LoadingState.Error, errors });
  expect(screen.getByRole('alert', { name: 'Prom timed out' })).toBeInTheDocument();
});

it('says how old the answer below an error is', () => {
  jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 23, 8, 5));
  show({ state: LoadingState.Error, errors }, answered);
  expect(screen.getByText(/Refresh failed\. Data from/)).toHaveTextContent('5 minutes ago');
});

it('says that an answer may not be whole, in the words of the data source, and shows it', () => {
  const notices = [
    { severity: 'warning' as const, text: 'maximum number of series (500) reached; returning partial results' },
    { severity: 'info' as const, text: 'metric might not be a counter' },
  ];
  const partial = panelData({ ...answered, series: series.map((frame) => ({ ...frame, meta: { notices } })) });
  const seen = show(partial, partial);
  expect(screen.getByRole('alert', { name: 'Prom returned incomplete data' })).toHaveTextContent(
    /returning partial results$/
  );
  expect(seen.answer).toBe(true);
});
