import { fakeLoki, fakePrometheus, mockGrafana } from '../../test/mockGrafana';
import { createInstantRunner, createLokiRunner, createRangeRunner } from './queryRunners';

const amazon = fakePrometheus({ uid: 'uid-amp', name: 'AMP', type: 'grafana-amazonprometheus-datasource' });

beforeEach(() =>
  mockGrafana({ dataSources: [fakePrometheus(), amazon, fakeLoki()], settings: { prometheusUid: 'uid-amp' } })
);

describe('queryRunners', () => {
  it('sends instant queries in table format to the configured data source', () => {
    const { datasource, queries } = createInstantRunner({ jobs: 'up', nodes: 'kube_node_role' }).state;
    expect(datasource).toEqual({ uid: 'uid-amp', type: 'grafana-amazonprometheus-datasource' });
    expect(queries).toEqual([
      { refId: 'jobs', expr: 'up', instant: true, format: 'table' },
      { refId: 'nodes', expr: 'kube_node_role', instant: true, format: 'table' },
    ]);
  });

  it('sends range queries that are not instant queries as well', () => {
    const [query] = createRangeRunner({ up: 'up' }).state.queries;
    expect(query).toMatchObject({ refId: 'up', expr: 'up', range: true, format: 'time_series' });
    expect(query).not.toHaveProperty('instant');
  });

  it('limits the number of lines of a Loki query', () => {
    const { datasource, queries } = createLokiRunner([{ refId: 'lines', expr: '{pod="a"}', maxLines: 500 }]).state;
    expect(datasource).toEqual({ uid: 'uid-loki', type: 'loki' });
    expect(queries).toEqual([{ refId: 'lines', expr: '{pod="a"}', maxLines: 500, queryType: 'range' }]);
  });
});
