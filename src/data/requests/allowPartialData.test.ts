import { LoadingState } from '@grafana/data';
import { panelData, createSample, toTableFrames } from '../../test/mockGrafana';
import { allowPartialData } from './allowPartialData';
import { getQueryError } from './useLastGoodData';

const series = toTableFrames({ objects: [createSample({ name: 'dog' })] });
const lost = (refId?: string) => ({ refId, message: 'query timed out' });
const failed = (...errors: Array<ReturnType<typeof lost>>) => panelData({ series, state: LoadingState.Error, errors });

it('turns a response that lacks only optional data into a complete one', () => {
  const answer = allowPartialData(failed(lost('states')), 'objects');
  expect(answer).toMatchObject({ state: LoadingState.Done, series, optionalErrors: { states: lost('states') } });
  expect(getQueryError(answer)).toBeUndefined();
});

it.each([
  ['what the page needs failed', failed(lost('states'), lost('objects'))],
  ['it is not said what failed', failed(lost())],
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  ['the request failed as a whole', panelData({ state: LoadingState.Error, error: lost() })],
])('keeps the error if %s', (_, data) => {
  const answer = allowPartialData(data, 'objects');
  expect(answer?.state).toBe(LoadingState.Error);
  expect(getQueryError(answer)).toMatchObject({ message: 'query timed out' });
  expect(answer?.optionalErrors).toEqual({});
});

it('keeps a complete response, and undefined', () => {
  expect(allowPartialData(panelData({ series }), 'objects')).toMatchObject({
    series,
    state: LoadingState.Done,
    optionalErrors: {},
  });
  expect(allowPartialData(undefined, 'objects')).toBeUndefined();
});
