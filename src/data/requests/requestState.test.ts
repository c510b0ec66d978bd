import { LoadingState, makeTimeRange } from '@grafana/data';
import { panelData } from '../../test/mockGrafana';
import type { PartialPanelData } from './allowPartialData';
import { toEmptyState, toFailedState, toRequestState, type RequestState } from './requestState';

const timeRange = makeTimeRange('2026-11-23T07:00:00Z', '2026-11-23T08:00:00Z');
const last: PartialPanelData = { ...panelData({ timeRange }), optionalErrors: {} };
const error = { status: 502, message: 'Bad Gateway' };

describe('toRequestState', () => {
  it('is loading before the first response', () =>
    expect(toRequestState(panelData({ state: LoadingState.Loading }), undefined)).toEqual({ state: 'loading' }));

  it('keeps the last value while the next one loads', () =>
    expect(toRequestState(panelData({ state: LoadingState.Loading }), last)).toMatchObject({
      state: 'loading',
      value: last,
    }));

  it('keeps the last value and its time after a failure, and classifies the error', () =>
    expect(toRequestState(panelData({ state: LoadingState.Error, errors: [error] }), last)).toMatchObject({
      state: 'failed',
      kind: 'unreachable',
      error,
      value: last,
      loadedAt: last.timeRange.to.valueOf() / 1000,
    }));

  it('is partial if an optional query failed', () =>
    expect(toRequestState(last, { ...last, optionalErrors: { states: error } }).state).toBe('partial'));

  it('is done if all queries succeeded', () => expect(toRequestState(last, last).state).toBe('done'));
});

describe('toEmptyState', () => {
  it('has the reason if the value is empty, also while the next one loads', () => {
    const states: Array<RequestState<string[]>> = [
      { state: 'done', value: [] },
      { state: 'loading', value: [] },
    ];
    states.forEach((state) =>
      expect(toEmptyState(state, 'no match')).toMatchObject({ state: 'empty', reason: 'no match' })
    );
  });

  it('is loading until there is a value', () =>
    expect(toEmptyState({ state: 'loading' }, 'no match')).toEqual({ state: 'loading' }));

  it('stays a failure, because an old empty value says nothing about now', () =>
    expect(toEmptyState({ ...toFailedState<string[]>(error), value: [] }, 'no match')).toEqual({
      state: 'failed',
      error,
      kind: 'unreachable',
    }));
});
