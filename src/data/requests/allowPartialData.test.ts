import { LoadingState } from '@grafana/data';
import { panelData, createSample, toTableFrames } from '../../test/mockGrafana';
import { allowPartialData } from './allowPartialData';
import { getQueryError } from './requestState';

const series = toTableFrames({ objects: [createSample({ name: 'dog' })] });
const error = (refId?: string) => ({ refId, message: 'query timed out' });
const failed = (...errors: Array<ReturnType<typeof error>>) => panelData({ series, state: LoadingState.Error, errors });

describe('allowPartialData', () => {
  it('returns a complete response if only an optional query failed', () => {
    const response = allowPartialData(failed(error('states')), 'objects');
    expect(response).toMatchObject({ state: LoadingState.Done, series, optionalErrors: { states: error('states') } });
    expect(getQueryError(response)).toBeUndefined();
  });

  it.each([
    ['the essential query failed', failed(error('states'), error('objects'))],
    ['the failed query is unknown', failed(error())],
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    ['the request failed as a whole', panelData({ state: LoadingState.Error, error: error() })],
  ])('keeps the failure if %s', (_, data) => {
    const response = allowPartialData(data, 'objects');
    expect(response?.state).toBe(LoadingState.Error);
    expect(getQueryError(response)).toMatchObject({ message: 'query timed out' });
    expect(response?.optionalErrors).toEqual({});
  });

  it('keeps any failure if no query is essential', () =>
    expect(getQueryError(allowPartialData(failed(error('states'))))).toEqual(error('states')));

  it('returns a successful response as it is', () =>
    expect(allowPartialData(panelData({ series }), 'objects')).toMatchObject({
      series,
      state: LoadingState.Done,
      optionalErrors: {},
    }));

  it('returns undefined without a response', () => expect(allowPartialData(undefined, 'objects')).toBeUndefined());
});
