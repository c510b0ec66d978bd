import { LoadingState } from '@grafana/data';
import { SceneQueryRunner } from '@grafana/scenes';
import { panelData } from '../../test/mockGrafana';
import { retryUnreachable } from './retryUnreachable';

const DOWN = panelData({ state: LoadingState.Error, errors: [{ message: 'dial tcp: connection refused' }] });
const REFUSED = panelData({ state: LoadingState.Error, errors: [{ status: 400, message: 'parse error' }] });

let runner: SceneQueryRunner;
let ask: jest.SpyInstance;
let stop: () => void;

beforeEach(() => {
  jest.useFakeTimers();
  runner = new SceneQueryRunner({ queries: [] });
  ask = jest.spyOn(runner, 'runQueries').mockReturnValue(undefined as never);
  stop = retryUnreachable(runner);
});
afterEach(() => jest.useRealTimers());

it('asks again and again while the server is away, and no more when it is back', () => {
  runner.setState({ data: DOWN });
  jest.advanceTimersByTime(5000);
  expect(ask).toHaveBeenCalledTimes(1);
  runner.setState({ data: { ...DOWN } });
  jest.advanceTimersByTime(5000);
  expect(ask).toHaveBeenCalledTimes(2);
  runner.setState({ data: panelData({}) });
  jest.advanceTimersByTime(60_000);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('does not repeat what the server refused', () => {
  runner.setState({ data: REFUSED });
  jest.advanceTimersByTime(60_000);
  expect(ask).not.toHaveBeenCalled();
});

it('ends when it is left', () => {
  runner.setState({ data: DOWN });
  stop();
  jest.advanceTimersByTime(60_000);
  expect(ask).not.toHaveBeenCalled();
});
