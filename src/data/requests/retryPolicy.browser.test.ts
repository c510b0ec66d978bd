import { LoadingState } from '@grafana/data';
import { SceneQueryRunner } from '@grafana/scenes';
import { panelData } from '../../test/mockGrafana';
import { retryUnreachable } from './retryPolicy';

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

describe('retryUnreachable', () => {
  it('retries while the server is unreachable, and stops when it is back', () => {
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

  it("doesn't retry a query that the server rejected", () => {
    runner.setState({ data: REFUSED });
    jest.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
  });

  it('stops when it is deactivated', () => {
    runner.setState({ data: DOWN });
    stop();
    jest.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
  });
});
