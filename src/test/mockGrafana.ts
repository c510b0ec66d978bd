/** A Grafana for tests: data sources that answer as Grafana's own do, the runner of queries, and its HTTP API. */
import {
  FieldType,
  LoadingState,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type DataSourceInstanceSettings,
  type PanelData,
  standardTransformers,
  standardTransformersRegistry,
} from '@grafana/data';
import {
  config,
  setBackendSrv,
  setDataSourceSrv,
  setPluginImportUtils,
  setRunRequest,
  toDataQueryResponse,
  type BackendSrv,
  type DataSourceSrv,
  type FetchResponse,
} from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { partition } from 'lodash';
import { catchError, from, map, merge, Observable, of, share, takeUntil, throwError, timer } from 'rxjs';
import { setCurrentSettings } from '../platform/settings/currentSettings';
import type { Settings } from '../platform/settings/settings';

export interface Sample {
  labels: Record<string, string>;
  value: number;
}

export const createSample = (labels: Record<string, string>, value = 1): Sample => ({ labels, value });

/** How a request to a data source can end without a result. */
export type Failure =
  /** Grafana reached no data source, or the data source refused the query: an error for each query. */
  | { each: { message: string; status?: number } }
  /** Grafana refused the whole request, before any query of it ran. */
  | { whole: { status: number; message: string } }
  /** The data source's code threw. */
  | { thrown: Error }
  | 'no answer yet';

export const CONNECTION_REFUSED: Failure = {
  each: {
    message: 'Post "http://127.0.0.1:9090/api/v1/query": dial tcp 127.0.0.1:9090: connect: connection refused',
    status: 500,
  },
};
export const PERMISSION_DENIED: Failure = {
  whole: { status: 403, message: "You'll need additional permissions to perform this action" },
};

interface ExprQuery extends DataQuery {
  expr: string;
  instant?: boolean;
}

/** The table that Grafana's Prometheus data source makes of an instant query: labels as columns of text. */
export function tableFrame(refId: string, samples: readonly Sample[], valueName = `Value #${refId}`): DataFrame {
  const names = [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))].sort();
  return {
    refId,
    length: samples.length,
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: samples.map(() => Date.now()) },
      ...names.map((name) => ({
        name,
        type: FieldType.string,
        config: {},
        values: samples.map(({ labels }) => labels[name] ?? ''),
      })),
      { name: valueName, type: FieldType.number, config: {}, values: samples.map(({ value }) => value) },
    ],
  };
}

/** A series over time as Grafana's Prometheus data source gives it; times are Unix seconds. */
export const seriesFrame = (labels: Record<string, string>, points: ReadonlyArray<[number, number]>): DataFrame => ({
  length: points.length,
  fields: [
    { name: 'Time', type: FieldType.time, config: {}, values: points.map(([time]) => time * 1000) },
    { name: 'Value', type: FieldType.number, config: {}, labels, values: points.map(([, value]) => value) },
  ],
});

/** Lines as Grafana's Loki data source gives them; times are Unix seconds. */
export const linesFrame = (
  lines: ReadonlyArray<{ time: number; text: string; labels: Record<string, string> }>
): DataFrame => ({
  length: lines.length,
  fields: [
    { name: 'labels', type: FieldType.other, config: {}, values: lines.map(({ labels }) => labels) },
    { name: 'Time', type: FieldType.time, config: {}, values: lines.map(({ time }) => time * 1000) },
    { name: 'Line', type: FieldType.string, config: {}, values: lines.map(({ text }) => text) },
  ],
});

export const panelData = (data: Partial<PanelData>): PanelData =>
  ({ state: LoadingState.Done, series: [], ...data }) as PanelData;

/** What a table query answers: one frame a query with results, and one without fields for each of the others. */
export function toTableFrames(answers: Record<string, readonly Sample[]>): DataFrame[] {
  const found = Object.entries(answers).filter(([, samples]) => samples.length > 0);
  return Object.entries(answers).map(([refId, samples]) =>
    samples.length === 0
      ? { refId, fields: [], length: 0 }
      : tableFrame(refId, samples, found.length > 1 ? `Value #${refId}` : 'Value')
  );
}

interface Identity {
  uid: string;
  name: string;
  type: string;
  isDefault?: boolean;
}

/** A data source of the user's Grafana. What it answers and how it fails may change while a page is open. */
export class FakeDataSource {
  /** Answers to queries, by refId. */
  answers: Record<string, readonly Sample[]> = {};
  /** Answers that are no table (series over time, log lines), by refId. */
  frames: Record<string, readonly DataFrame[]> = {};
  /** Answers to variable queries and to questions for label values. */
  values: string[] = [];
  /** Answers of the server's own API, by path; `values` for any other. */
  resources: Record<string, unknown> = {};
  /** Labels that the streams of a Loki have. */
  streamLabels = ['namespace', 'pod', 'container', 'node'];
  failure?: Failure;
  /** What the server says of single queries that it cannot run, by refId; the others are answered. */
  refused: Record<string, string> = {};
  /** What the test button of the data source says; an error is thrown. */
  health: { status: string; message?: string } | Error = { status: 'success', message: 'Data source is working' };
  /** Expressions of each request, by refId. */
  readonly requests: Array<Record<string, string>> = [];
  /** Every expression that was sent, instant ones marked: the same over a time range is another question. */
  readonly sent: string[] = [];
  /** What it was asked for with a variable query. */
  readonly asked: unknown[] = [];
  /** Requests that nobody waits for any more, of those that got no answer yet. */
  cancelled = 0;

  constructor(readonly identity: Identity) {}

  query = (request: DataQueryRequest<ExprQuery>): Observable<DataQueryResponse> => {
    this.requests.push(Object.fromEntries(request.targets.map(({ refId, expr }) => [refId, expr])));
    this.sent.push(...request.targets.map(({ expr, instant }) => `${instant ? 'instant ' : ''}${expr}`));
    if (this.failure === undefined) {
      const [refused, answered] = partition(request.targets, ({ refId }) => refId in this.refused);
      const asked = Object.fromEntries(
        answered.filter(({ refId }) => !(refId in this.frames)).map(({ refId }) => [refId, this.answers[refId] ?? []])
      );
      const results = Object.fromEntries(
        refused.map(({ refId }) => [refId, { error: this.refused[refId], status: 422 }])
      );
      const framed = answered.flatMap(({ refId }) => (this.frames[refId] ?? []).map((frame) => ({ ...frame, refId })));
      return of({ ...grafanaResponse(200, { results }, refused), data: [...toTableFrames(asked), ...framed] });
    }
    return this.failure === 'no answer yet'
      ? new Observable(() => () => void this.cancelled++)
      : failedResponse(this.failure, request.targets);
  };

  getResource = async (
    path: string,
    { start, end, ...params }: Record<string, string>,
    { abortSignal }: { abortSignal?: AbortSignal }
  ): Promise<unknown> => {
    if (path === 'labels') {
      return { data: this.streamLabels };
    }
    this.asked.push([path, params]);
    if (this.failure === 'no answer yet') {
      return new Promise((_, reject) => {
        abortSignal?.addEventListener('abort', () => {
          this.cancelled++;
          reject(abortSignal.reason);
        });
      });
    }
    if (this.failure) {
      throw resourceError(this.failure);
    }
    return path in this.resources ? this.resources[path] : { data: this.values };
  };

  testDatasource = async () => {
    if (this.health instanceof Error) {
      throw this.health;
    }
    return this.health;
  };

  api(): DataSourceApi {
    const { query, getResource, testDatasource } = this;
    const { uid, type } = this.identity;
    const getRef = () => ({ uid, type });
    return { ...this.identity, query, getResource, testDatasource, getRef } as unknown as DataSourceApi;
  }
}

type RealFailure = Exclude<Failure, 'no answer yet'>;

/** Read by the code of @grafana/runtime that reads the answers of Grafana's own API. */
function failedResponse(failure: RealFailure, targets: readonly DataQuery[]): Observable<DataQueryResponse> {
  if ('thrown' in failure) {
    return throwError(() => failure.thrown);
  }
  if ('whole' in failure) {
    return of(grafanaResponse(failure.whole.status, { message: failure.whole.message }, targets));
  }
  const { message: error, status } = failure.each;
  const results = Object.fromEntries(targets.map(({ refId }) => [refId, { error, status }]));
  return of(grafanaResponse(status ?? 500, { results }, targets));
}

const grafanaResponse = (status: number, data: object, targets: readonly DataQuery[]): DataQueryResponse =>
  toDataQueryResponse({ status, statusText: status === 200 ? 'OK' : 'Error', data } as unknown as FetchResponse, [
    ...targets,
  ]);

function resourceError(failure: RealFailure): unknown {
  if ('thrown' in failure) {
    return failure.thrown;
  }
  const { status, message } = 'each' in failure ? failure.each : failure.whole;
  return { status, data: { message } };
}

export const fakePrometheus = (identity: Partial<Identity> = {}) =>
  new FakeDataSource({ uid: 'uid-prometheus', name: 'Prometheus & co', type: 'prometheus', ...identity });

export const fakeLoki = (identity: Partial<Identity> = {}) =>
  new FakeDataSource({ uid: 'uid-loki', name: 'Loki & co', type: 'loki', ...identity });

/** What Grafana makes of an answer before a scene sees it. */
function runRequest(dataSource: DataSourceApi, request: DataQueryRequest): Observable<PanelData> {
  const base = { request, timeRange: request.range, annotations: [] };
  const waiting = { ...base, state: LoadingState.Loading, series: [] };
  const answer = from(dataSource.query(request)).pipe(
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    map(({ data, state = LoadingState.Done, error, errors }) => ({
      ...base,
      state: error || errors?.length ? LoadingState.Error : state,
      series: data,
      error,
      errors,
    })),
    catchError((error) => of({ ...base, state: LoadingState.Error, series: [], error })),
    share()
  );
  return merge(
    timer(200).pipe(
      map(() => waiting),
      takeUntil(answer)
    ),
    answer
  );
}

// Panels stay at loading their plugin: what they draw is Grafana's, and tested in a real one.
setPluginImportUtils({ importPanelPlugin: () => new Promise(() => {}), getPanelPluginFromCache: () => undefined });

interface FakeGrafana {
  dataSources?: readonly FakeDataSource[];
  settings?: Settings;
  fetch?: BackendSrv['fetch'];
  /** Of the person who looks. */
  orgRole?: 'Admin' | 'Editor' | 'Viewer';
  /** Whether the person has a user storage on the server, which `fetch` then answers for. */
  isSignedIn?: boolean;
  userUid?: string;
}

const organize = standardTransformers.organizeFieldsTransformer;

// Transformations that panels of ours name; Grafana knows all of its own when an app begins. Grafana 13 loads each when it
// is needed, 12 has it at once: this is both.
standardTransformersRegistry.setInit(() => [
  {
    id: organize.id,
    name: organize.name,
    transformation: Object.defineProperties(async () => organize, Object.getOwnPropertyDescriptors(organize)) as never,
    editor: () => null,
    imageDark: '',
    imageLight: '',
  },
]);

/** Starts a Grafana with these data sources; call it anew in each test. */
export function mockGrafana({
  dataSources = [],
  settings = {},
  fetch,
  orgRole = 'Admin',
  isSignedIn = false,
  userUid = 'u1',
}: FakeGrafana = {}): void {
  const instances = dataSources.map(({ identity }) => identity as DataSourceInstanceSettings);
  const find = (uid: string | undefined) => dataSources.find(({ identity }) => identity.uid === uid);
  const service: Partial<DataSourceSrv> = {
    getList: ({ type } = {}) => instances.filter((each) => type === undefined || [type].flat().includes(each.type)),
    getInstanceSettings: (ref) => find(typeof ref === 'string' ? ref : (ref?.uid ?? undefined))?.identity as never,
    get: async (ref) => {
      const found = find(typeof ref === 'string' ? ref : (ref?.uid ?? undefined));
      if (!found) {
        throw new Error(`Datasource ${JSON.stringify(ref)} was not found`);
      }
      return found.api();
    },
  };
  setDataSourceSrv(service as DataSourceSrv);
  setRunRequest(runRequest);
  setBackendSrv({ fetch } as BackendSrv);
  config.bootData = {
    ...config.bootData,
    user: {
      uid: userUid,
      orgRole,
      isSignedIn,
      isGrafanaAdmin: false,
      // As in Grafana, where Viewers may not explore by default.
      permissions: orgRole === 'Viewer' ? {} : { 'datasources:explore': true },
    },
  } as typeof config.bootData;
  config.exploreEnabled = true;
  setCurrentSettings(settings);
  // What the browser knows of a Loki is of another visit.
  Object.keys(localStorage)
    .filter((key) => key.includes('log-labels'))
    .forEach((key) => localStorage.removeItem(key));
}
