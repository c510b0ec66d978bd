/**
 * Instant queries whose answers have thousands of series. Grafana's query API makes a frame with a schema of its own of
 * each series, several times what Prometheus said; here Prometheus' own answer comes through Grafana's resource API of
 * the data source, under the same permission, and becomes one table.
 */
import { FieldType, LoadingState, type DataFrame, type DataQueryRequest, type DataQueryResponse } from '@grafana/data';
import { getBackendSrv, getDataSourceSrv } from '@grafana/runtime';
import { RuntimeDataSource, sceneUtils, SceneQueryRunner } from '@grafana/scenes';
import type { DataQuery } from '@grafana/schema';
import { catchError, defer, forkJoin, from, map, of, switchMap, type Observable } from 'rxjs';
import { getDataSourceRef } from '../../platform/dataSources';
import type { Expressions } from './queryRunners';

interface InstantQuery extends DataQuery {
  expr: string;
}

/** The part of Prometheus' answer to /api/v1/query that a vector has. */
export interface VectorResponse {
  data: { result: ReadonlyArray<{ metric: Record<string, string>; value: [number, string] }> };
}

const INFINITE: Record<string, number> = { '+Inf': Infinity, '-Inf': -Infinity };

/** One table of a vector: labels as columns of text, then the value. */
export function toTableFrame(refId: string, { data: { result } }: VectorResponse): DataFrame {
  const labels = new Set<string>();
  for (const { metric } of result) {
    for (const label in metric) {
      labels.add(label);
    }
  }
  return {
    refId,
    length: result.length,
    fields: [
      ...[...labels].map((name) => ({
        name,
        type: FieldType.string,
        config: {},
        values: result.map(({ metric }) => metric[name] ?? ''),
      })),
      {
        name: 'Value',
        type: FieldType.number,
        config: {},
        values: result.map(({ value: [, text] }) => INFINITE[text] ?? Number(text)),
      },
    ],
  };
}

type Request = DataQueryRequest<InstantQuery>;

const askPrometheus = (
  { range, requestId }: Request,
  { refId, expr }: InstantQuery
): Observable<DataFrame | undefined> =>
  defer(() =>
    getBackendSrv().fetch<VectorResponse>({
      method: 'GET',
      url: `/api/datasources/uid/${getDataSourceRef('prometheus').uid}/resources/api/v1/query`,
      params: { query: expr, time: range.to.valueOf() / 1000 },
      requestId: `${requestId}-${refId}`,
      showErrorAlert: false,
    })
  ).pipe(
    map(({ data }) => toTableFrame(refId, data)),
    catchError(() => of(undefined))
  );

/** Asks in the ordinary way: it says in detail why a query fails, and works where there is no resource API. */
function askGrafana(request: Request, targets: InstantQuery[]): Observable<DataQueryResponse> {
  const datasource = getDataSourceRef('prometheus');
  return from(getDataSourceSrv().get(datasource)).pipe(
    switchMap((dataSource) =>
      from(dataSource.query({ ...request, targets: targets.map((target) => ({ ...target, datasource })) }))
    )
  );
}

class InstantTables extends RuntimeDataSource {
  query(asked: DataQueryRequest): Observable<DataQueryResponse> {
    const request = asked as Request;
    return forkJoin(request.targets.map((target) => askPrometheus(request, target))).pipe(
      switchMap((answers) => {
        const tables = answers.filter((table) => table !== undefined);
        const unanswered = request.targets.filter((_, index) => answers[index] === undefined);
        return unanswered.length === 0
          ? of({ data: tables, state: LoadingState.Done })
          : askGrafana(request, unanswered).pipe(
              map((response): DataQueryResponse => ({ ...response, data: [...tables, ...response.data] }))
            );
      })
    );
  }
}

const UID = 'sedna-instant-tables';
sceneUtils.registerRuntimeDataSource({ dataSource: new InstantTables(UID, UID) });

/** Values now, as one table for each expression; for answers with very many series. */
export function createInstantVectorRunner(expressions: Expressions): SceneQueryRunner {
  return new SceneQueryRunner({
    datasource: { uid: UID, type: UID },
    queries: Object.entries(expressions).map(([refId, expr]) => ({ refId, expr, instant: true, format: 'table' })),
  });
}
