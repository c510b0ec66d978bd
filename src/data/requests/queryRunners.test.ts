import { fakeLoki, fakePrometheus, mockGrafana } from '../../test/mockGrafana';
import { createInstantRunner, createLokiRunner, createRangeRunner } from './queryRunners';

const amazon = fakePrometheus({ uid: 'uid-amp', name: 'AMP', type: 'grafana-amazonprometheus-datasource' });

beforeEach(() =>
  mockGrafana({ dataSources: [fakePrometheus(), amazon, fakeLoki()], settings: { prometheusUid: 'uid-amp' } })
);

it('asks the configured data source for values now, as tables', () => {
  const { datasource, queries } = createInstantRunner({ jobs: 'up', nodes: 'kube_node_role' }).state;
  expect(datasource).toEqual({ uid: 'uid-amp', type: 'grafana-amazonprometheus-datasource' });
  expect(queries).toEqual([
    { refId: 'jobs', expr: 'up', instant: true, format: 'table' },
    { refId: 'nodes', expr: 'kube_node_role', instant: true, format: 'table' },
  ]);
});

it('asks for values over time, and not also for the one now', () => {
  const [query] = createRangeRunner({ up: 'up' }).state.queries;
  expect(query).toMatchObject({ refId: 'up', expr: 'up', range: true, format: 'time_series' });
  expect(query).not.toHaveProperty('instant');
});

it('asks Loki for a limited number of lines', () => {
  const { datasource, queries } = createLokiRunner([{ refId: 'lines', expr: '{pod="a"}', maxLines: 500 }]).state;
  expect(datasource).toEqual({ uid: 'uid-loki', type: 'loki' });
  expect(queries).toEqual([{ refId: 'lines', expr: '{pod="a"}', maxLines: 500, queryType: 'range' }]);
});
