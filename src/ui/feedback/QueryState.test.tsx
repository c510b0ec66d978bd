import React from 'react';
import { LoadingState, makeTimeRange, type PanelData } from '@grafana/data';
import { render, screen } from '@testing-library/react';
import { useQueryRequest } from '../../data/requests/useQueryRequest';
import { panelData, createSample, toTableFrames } from '../../test/mockGrafana';
import { QueryState } from './QueryState';

const series = toTableFrames({ info: [createSample({ name: 'a' })] });
const errors = [{ message: 'context deadline exceeded', status: 504 }];

const answered = panelData({ series, timeRange: makeTimeRange('2026-11-23T07:00:00Z', '2026-11-23T08:00:00Z') });

interface GivenProps {
  data: PanelData | undefined;
  isEmpty: boolean;
}

function Page({ data, isEmpty }: GivenProps) {
  const request = useQueryRequest(data);
  return (
    <QueryState request={request} source="Prom" isEmpty={isEmpty} empty="nothing there">
      the answer
    </QueryState>
  );
}

/** @param last last complete response, before `data` */
function show(data: Partial<PanelData> | undefined, last?: PanelData, isEmpty = false) {
  const toPage = (given: PanelData | undefined) => <Page data={given} isEmpty={isEmpty} />;
  const { rerender } = render(toPage(last));
  rerender(toPage(data && panelData({ timeRange: answered.timeRange, ...data })));
  return {
    loading: screen.queryByText('Loading...') !== null,
    error: screen.queryByRole('alert') !== null,
    empty: screen.queryByText('nothing there') !== null,
    answer: screen.queryByText('the answer') !== null,
  };
}

const NOTHING = { loading: false, error: false, empty: false, answer: false };

describe('QueryState', () => {
  it.each<[string, Partial<PanelData> | undefined, PanelData | undefined, boolean, Partial<typeof NOTHING>]>([
    ['shows that it loads before the first query', undefined, undefined, true, { loading: true }],
    [
      'shows that it loads until the first response',
      { state: LoadingState.Loading },
      undefined,
      true,
      { loading: true },
    ],
    ['keeps the last response while it refreshes', { state: LoadingState.Loading }, answered, false, { answer: true }],
    ['shows the response', { series }, answered, false, { answer: true }],
    ['shows that the response is empty', {}, answered, true, { empty: true }],
    ['shows an error alone if there was no response', { errors }, undefined, true, { error: true }],
    ['shows an error above the last response', { errors }, answered, false, { error: true, answer: true }],
    ["doesn't call it empty if the query failed", { errors }, answered, true, { error: true }],
    ['shows the error of a request that failed as a whole', { error: errors[0] }, undefined, true, { error: true }],
  ])('%s', (_, data, last, isEmpty, expected) =>
    expect(show(data, last, isEmpty)).toEqual({ ...NOTHING, ...expected })
  );

  it('names the data source in the error', () => {
    show({ state: LoadingState.Error, errors });
    expect(screen.getByRole('alert', { name: 'Prom timed out' })).toBeInTheDocument();
  });

  it('shows the age of the response below an error', () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 23, 8, 5));
    show({ state: LoadingState.Error, errors }, answered);
    expect(screen.getByText(/Refresh failed\. Data from/)).toHaveTextContent('5 minutes ago');
  });

  it('shows an incomplete response with the warning of the data source', () => {
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
});
