/**
 * Runtime data source for instant queries that return thousands of series. Grafana's query API sends a frame with its
 * own schema per series, several times the size of the response of Prometheus. This data source fetches that response
 * through the resource API of the data source, with the same permissions, and converts it to one table.
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

/** Response of /api/v1/query for a vector. */
export interface VectorResponse {
  data: { result: ReadonlyArray<{ metric: Record<string, string>; value: [number, string] }> };
}

const INFINITE: Record<string, number> = { '+Inf': Infinity, '-Inf': -Infinity };

/** Converts a vector to a table: one string field per label, then the value. */
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

const fetchFromPrometheus = (
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

/** Sends ordinary queries: they have detailed errors, and work if the data source has no resource API. */
function queryDataSource(request: Request, targets: InstantQuery[]): Observable<DataQueryResponse> {
  const datasource = getDataSourceRef('prometheus');
  return from(getDataSourceSrv().get(datasource)).pipe(
    switchMap((dataSource) =>
      from(dataSource.query({ ...request, targets: targets.map((target) => ({ ...target, datasource })) }))
    )
  );
}

class InstantTables extends RuntimeDataSource {
  query(dataRequest: DataQueryRequest): Observable<DataQueryResponse> {
    const request = dataRequest as Request;
    return forkJoin(request.targets.map((target) => fetchFromPrometheus(request, target))).pipe(
      switchMap((responses) => {
        const tables = responses.filter((table) => table !== undefined);
        const failed = request.targets.filter((_, index) => responses[index] === undefined);
        return failed.length === 0
          ? of({ data: tables, state: LoadingState.Done })
          : queryDataSource(request, failed).pipe(
              map((response): DataQueryResponse => ({ ...response, data: [...tables, ...response.data] }))
            );
      })
    );
  }
}

const UID = 'sedna-instant-tables';
sceneUtils.registerRuntimeDataSource({ dataSource: new InstantTables(UID, UID) });

/** Creates a runner for instant queries with very many series; each returns one table. */
export function createInstantVectorRunner(expressions: Expressions): SceneQueryRunner {
  return new SceneQueryRunner({
    datasource: { uid: UID, type: UID },
    queries: Object.entries(expressions).map(([refId, expr]) => ({ refId, expr, instant: true, format: 'table' })),
  });
}
