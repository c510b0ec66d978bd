/** Query runners: the one way in which pages ask a data source. */
import { SceneQueryRunner, type SceneDataQuery } from '@grafana/scenes';
import { getDataSourceRef } from '../../platform/dataSources';

/** Expressions by refId. */
export type Expressions = Record<string, string>;

/** Values now, as one table frame for each expression. */
export const buildInstantQueries = (expressions: Expressions) =>
  Object.entries(expressions).map(([refId, expr]) => ({ refId, expr, instant: true, format: 'table' }));

/** Values over the time range, as one frame for each series. */
export const buildRangeQueries = (expressions: Expressions) =>
  Object.entries(expressions).map(([refId, expr]) => ({
    refId,
    expr,
    range: true,
    format: 'time_series',
    legendFormat: '__auto',
  }));

/** Asks Prometheus; the number of points is that of the pixels unless told. */
export const createQueryRunner = (queries: SceneDataQuery[], maxDataPoints?: number): SceneQueryRunner =>
  new SceneQueryRunner({ datasource: getDataSourceRef('prometheus'), queries, maxDataPoints });

export const createInstantRunner = (expressions: Expressions): SceneQueryRunner =>
  createQueryRunner(buildInstantQueries(expressions));

export const createRangeRunner = (expressions: Expressions): SceneQueryRunner =>
  createQueryRunner(buildRangeQueries(expressions));

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
export function buildLokiQueries(expressions: readonly LokiExpression[]) {
  return expressions.map((expression) => ({ queryType: 'range', ...expression }));
}

export function createLokiRunner(expressions: readonly LokiExpression[]): SceneQueryRunner {
  return new SceneQueryRunner({ datasource: getDataSourceRef('loki'), queries: buildLokiQueries(expressions) });
}
