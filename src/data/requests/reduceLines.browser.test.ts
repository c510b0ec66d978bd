import { LoadingState } from '@grafana/data';
import { SceneQueryRunner } from '@grafana/scenes';
import { panelData } from '../../test/mockGrafana';
import { getLineLimit, reduceLines } from './reduceLines';

const fail = (message: string) => panelData({ state: LoadingState.Error, errors: [{ status: 500, message }] });
const TOO_LARGE =
  'rpc error: code = ResourceExhausted desc = grpc: received message larger than max (17500000 vs. 4194304)';

describe('reduceLines', () => {
  function create(maxLines?: number) {
    const runner = new SceneQueryRunner({ queries: [{ refId: 'lines', expr: '{}', maxLines }] });
    const ask = jest.spyOn(runner, 'runQueries').mockReturnValue(undefined as never);
    reduceLines(runner);
    return { runner, ask };
  }

  it('asks for half the lines each time that the response is too large', () => {
    const { runner, ask } = create(500);
    runner.setState({ data: fail(TOO_LARGE) });
    expect(getLineLimit(runner.state)).toBe(250);
    runner.setState({ data: fail(TOO_LARGE) });
    expect(getLineLimit(runner.state)).toBe(125);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['another error', 500, 'parse error'],
    ['one line that is too large', 1, TOO_LARGE],
    ['queries without a limit', undefined, TOO_LARGE],
  ])('asks no more after %s', (_, maxLines, message) => {
    const { runner, ask } = create(maxLines);
    runner.setState({ data: fail(message) });
    expect(ask).not.toHaveBeenCalled();
  });
});
