import { asyncScheduler, filter, firstValueFrom, Observable, observeOn, of, throwError } from 'rxjs';
import { LoadingState, type PanelData } from '@grafana/data';
import type { BackendSrv } from '@grafana/runtime';
import { EmbeddedScene, SceneCanvasText, SceneTimeRange } from '@grafana/scenes';
import {
  CONNECTION_REFUSED,
  fakePrometheus,
  PERMISSION_DENIED,
  createSample,
  mockGrafana,
  type FakeDataSource,
} from '../../test/mockGrafana';
import { createInstantVectorRunner, toTableFrame } from './instantVectorDataSource';
import { getQueryError } from './requestState';
import { toRows } from '../rows';

const dog = { namespace: 'robots', name: 'dog' };
const vector = (...metrics: Array<Record<string, string>>) => ({
  status: 'success',
  data: { resultType: 'vector', result: metrics.map((metric, index) => ({ metric, value: [1, String(index)] })) },
});

interface Asked {
  url: string;
  params: { query: string; time: number };
}

async function ask(prometheus: FakeDataSource, answer: (asked: Asked) => Observable<unknown>): Promise<PanelData> {
  const fetch = (asked: Asked) => answer(asked).pipe(observeOn(asyncScheduler));
  mockGrafana({ dataSources: [prometheus], fetch: fetch as unknown as BackendSrv['fetch'] });
  const runner = createInstantVectorRunner({ a: 'sedna_a', b: 'sedna_b{x="$y"}' });
  const $timeRange = new SceneTimeRange({ from: '2026-11-24T07:00:00Z', to: '2026-11-24T08:00:00Z' });
  new EmbeddedScene({ $timeRange, $data: runner, body: new SceneCanvasText({ text: '' }) }).activate();
  const results = runner.getResultsStream().pipe(filter(({ data }) => data.state !== LoadingState.Loading));
  return (await firstValueFrom(results)).data;
}

describe('instantVectorDataSource', () => {
  it("queries the end of the time range through the data source's resource API", async () => {
    const fetch = jest.fn(({ params }: Asked) => of({ data: params.query === 'sedna_a' ? vector(dog) : vector() }));
    const prometheus = fakePrometheus();
    const data = await ask(prometheus, fetch);
    expect(data.state).toBe(LoadingState.Done);
    expect(toRows(data, 'a')).toEqual([{ labels: dog, value: 0 }]);
    expect(toRows(data, 'b')).toEqual([]);
    expect(fetch.mock.calls.map(([{ url, params }]) => [url, params])).toEqual([
      ['/api/datasources/uid/uid-prometheus/resources/api/v1/query', { query: 'sedna_a', time: 1795507200 }],
      ['/api/datasources/uid/uid-prometheus/resources/api/v1/query', { query: 'sedna_b{x="$y"}', time: 1795507200 }],
    ]);
    expect(prometheus.requests).toEqual([]);
  });

  it('cancels its requests when the page is closed', async () => {
    let dropped = 0;
    const fetch = () => new Observable<unknown>(() => () => void dropped++);
    mockGrafana({ dataSources: [fakePrometheus()], fetch: fetch as unknown as BackendSrv['fetch'] });
    const runner = createInstantVectorRunner({ a: 'sedna_a', b: 'sedna_b' });
    const leave = new EmbeddedScene({ $data: runner, body: new SceneCanvasText({ text: '' }) }).activate();
    await firstValueFrom(runner.getResultsStream().pipe(filter(({ data }) => data.state === LoadingState.Loading)));
    leave();
    expect(dropped).toBe(2);
  });

  it('repeats only failed requests as ordinary queries', async () => {
    const prometheus = fakePrometheus();
    prometheus.answers = { b: [createSample({ ...dog, name: 'cat' }, 7)] };
    const data = await ask(prometheus, ({ params }) =>
      params.query === 'sedna_a' ? of({ data: vector(dog) }) : throwError(() => ({ status: 404 }))
    );
    expect(toRows(data, 'a')).toEqual([{ labels: dog, value: 0 }]);
    expect(toRows(data, 'b')).toEqual([{ labels: { ...dog, name: 'cat' }, value: 7 }]);
    expect(prometheus.requests).toEqual([{ b: 'sedna_b{x="$y"}' }]);
  });

  it.each([
    ['an unreachable server', CONNECTION_REFUSED, /connection refused/],
    ['a permission that is refused', PERMISSION_DENIED, /additional permissions/],
  ])('shows the error of the ordinary query for %s', async (_, failure, message) => {
    const prometheus = fakePrometheus();
    prometheus.failure = failure;
    const data = await ask(prometheus, () => throwError(() => ({ status: 500, data: { message: 'no detail' } })));
    expect(data.state).toBe(LoadingState.Error);
    expect(JSON.stringify(getQueryError(data))).toMatch(message);
  });

  it('merges series with different labels into one table and parses their values', () => {
    const table = toTableFrame('a', {
      data: {
        result: [
          { metric: { name: 'x', stage: 'Train' }, value: [1, '1.5'] },
          { metric: { name: 'y' }, value: [1, '+Inf'] },
          { metric: { name: '"\n漢' }, value: [1, 'NaN'] },
        ],
      },
    });
    expect(table.length).toBe(3);
    expect(table.fields.map(({ name, values }) => [name, values])).toEqual([
      ['name', ['x', 'y', '"\n漢']],
      ['stage', ['Train', '', '']],
      ['Value', [1.5, Infinity, NaN]],
    ]);
  });
});
