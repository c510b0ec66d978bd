/** Creates the query runners of pages. */
import { SceneQueryRunner, type SceneDataQuery } from '@grafana/scenes';
import { reduceLines } from './reduceLines';
import { getDataSourceRef } from '../../platform/dataSources';

/** PromQL by refId. */
export type Expressions = Record<string, string>;

/** Builds instant queries; each returns one table. */
export const buildInstantQueries = (expressions: Expressions) =>
  Object.entries(expressions).map(([refId, expr]) => ({ refId, expr, instant: true, format: 'table' }));

/** Builds range queries; each returns one frame per series. */
export const buildRangeQueries = (expressions: Expressions) =>
  Object.entries(expressions).map(([refId, expr]) => ({
    refId,
    expr,
    range: true,
    format: 'time_series',
    legendFormat: '__auto',
  }));

/** Creates a runner for Prometheus. Without `maxDataPoints`, panels set it to their width. */
export const createQueryRunner = (queries: SceneDataQuery[], maxDataPoints?: number): SceneQueryRunner =>
  new SceneQueryRunner({ datasource: getDataSourceRef('prometheus'), queries, maxDataPoints });

export const createInstantRunner = (expressions: Expressions): SceneQueryRunner =>
  createQueryRunner(buildInstantQueries(expressions));

export const createRangeRunner = (expressions: Expressions): SceneQueryRunner =>
  createQueryRunner(buildRangeQueries(expressions));

export interface LokiExpression {
  refId: string;
  expr: string;
  /** Maximum number of lines; metric queries have none. */
  maxLines?: number;
  legendFormat?: string;
  /** `backward`, newest line first, if absent. */
  direction?: 'backward' | 'forward';
}

/** Builds log or metric queries over the time range. */
export function buildLokiQueries(expressions: readonly LokiExpression[]) {
  return expressions.map((expression) => ({ queryType: 'range', ...expression }));
}

export function createLokiRunner(expressions: readonly LokiExpression[]): SceneQueryRunner {
  return new SceneQueryRunner({
    datasource: getDataSourceRef('loki'),
    queries: buildLokiQueries(expressions),
    $behaviors: [reduceLines],
  });
}
