import { LoadingState } from '@grafana/data';
import { panelData, sample, tables } from '../test/grafana';
import { tolerate } from './tolerate';
import { failureOf } from './useLastAnswer';

const series = tables({ objects: [sample({ name: 'dog' })] });
const lost = (refId?: string) => ({ refId, message: 'query timed out' });
const failed = (...errors: Array<ReturnType<typeof lost>>) => panelData({ series, state: LoadingState.Error, errors });

it('makes a whole answer of one that lacks what the page can do without', () => {
  const answer = tolerate(failed(lost('states')), 'objects');
  expect(answer).toMatchObject({ state: LoadingState.Done, series, missing: { states: lost('states') } });
  expect(failureOf(answer)).toBeUndefined();
});

it.each([
  ['what the page needs failed', failed(lost('states'), lost('objects'))],
  ['it is not said what failed', failed(lost())],
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  ['the request failed as a whole', panelData({ state: LoadingState.Error, error: lost() })],
])('leaves a failure where %s', (_, data) => {
  const answer = tolerate(data, 'objects');
  expect(answer?.state).toBe(LoadingState.Error);
  expect(failureOf(answer)).toMatchObject({ message: 'query timed out' });
  expect(answer?.missing).toEqual({});
});

it('leaves an answer as it is, and none none', () => {
  expect(tolerate(panelData({ series }), 'objects')).toMatchObject({ series, state: LoadingState.Done, missing: {} });
  expect(tolerate(undefined, 'objects')).toBeUndefined();
});
