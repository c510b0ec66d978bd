/** Query runners: the one way in which pages ask a data source. */
import { SceneQueryRunner, type SceneDataQuery } from '@grafana/scenes';
import { chooseDataSource, type DataSourceRole } from '../app/dataSources';
import { currentSettings } from '../app/currentSettings';

/** Expressions by refId. */
export type Expressions = Record<string, string>;

/** The data source of a role as scenes want it; where none is there, the page says so before it asks. */
export function dataSourceRef(role: DataSourceRole): { uid: string; type: string } {
  const choice = chooseDataSource(role, currentSettings());
  return choice.state === 'chosen' ? { uid: choice.uid, type: choice.type } : { uid: '', type: role };
}

/** Values now, as one table frame for each expression. */
export const instantQueries = (expressions: Expressions) =>
  Object.entries(expressions).map(([refId, expr]) => ({ refId, expr, instant: true, format: 'table' }));

/** Values over the time range, as one frame for each series. */
export const rangeQueries = (expressions: Expressions) =>
  Object.entries(expressions).map(([refId, expr]) => ({
    refId,
    expr,
    range: true,
    format: 'time_series',
    legendFormat: '__auto',
  }));

/** Asks Prometheus; the number of points is that of the pixels unless told. */
export const runnerOf = (queries: SceneDataQuery[], maxDataPoints?: number): SceneQueryRunner =>
  new SceneQueryRunner({ datasource: dataSourceRef('prometheus'), queries, maxDataPoints });

export const instantRunner = (expressions: Expressions): SceneQueryRunner => runnerOf(instantQueries(expressions));

export const rangeRunner = (expressions: Expressions): SceneQueryRunner => runnerOf(rangeQueries(expressions));

export interface LokiExpression {
  refId: string;
  expr: string;
  /** Lines at most; count queries have none. */
  maxLines?: number;
  legendFormat?: string;
  /** Where reading starts; at the newest line unless told. */
  direction?: 'backward' | 'forward';
}

/** Log lines, or counts of them over time. */
export function lokiQueries(expressions: readonly LokiExpression[]) {
  return expressions.map((expression) => ({ queryType: 'range', ...expression }));
}

export function lokiRunner(expressions: readonly LokiExpression[]): SceneQueryRunner {
  return new SceneQueryRunner({ datasource: dataSourceRef('loki'), queries: lokiQueries(expressions) });
}
