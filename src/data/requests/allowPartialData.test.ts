import { LoadingState } from '@grafana/data';
import { panelData, createSample, toTableFrames } from '../../test/mockGrafana';
import { allowPartialData } from './allowPartialData';
import { getQueryError } from './useLastGoodData';

const series = toTableFrames({ objects: [createSample({ name: 'dog' })] });
const lost = (refId?: string) => ({ refId, message: 'query timed out' });
const failed = (...errors: Array<ReturnType<typeof lost>>) => panelData({ series, state: LoadingState.Error, errors });

it('makes a whole answer of one that lacks what the page can do without', () => {
  const answer = allowPartialData(failed(lost('states')), 'objects');
  expect(answer).toMatchObject({ state: LoadingState.Done, series, missing: { states: lost('states') } });
  expect(getQueryError(answer)).toBeUndefined();
});

it.each([
  ['what the page needs failed', failed(lost('states'), lost('objects'))],
  ['it is not said what failed', failed(lost())],
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  ['the request failed as a whole', panelData({ state: LoadingState.Error, error: lost() })],
])('leaves a failure where %s', (_, data) => {
  const answer = allowPartialData(data, 'objects');
  expect(answer?.state).toBe(LoadingState.Error);
  expect(getQueryError(answer)).toMatchObject({ message: 'query timed out' });
  expect(answer?.optionalErrors).toEqual({});
});

it('leaves an answer as it is, and none none', () => {
  expect(allowPartialData(panelData({ series }), 'objects')).toMatchObject({
    series,
    state: LoadingState.Done,
    missing: {},
  });
  expect(allowPartialData(undefined, 'objects')).toBeUndefined();
});
