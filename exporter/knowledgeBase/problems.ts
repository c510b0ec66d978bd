/** Why a read failed. */
export const READ_CAUSES = [
  'missing_file',
  'not_a_file',
  'not_a_database',
  'corrupt',
  'locked',
  'write_ahead_log',
  'timeout',
  'worker',
  'other',
] as const;
export type ReadCause = (typeof READ_CAUSES)[number];

/** Why a table or a row of it was left out of a read that went well. */
export const ROW_CAUSES = [
  'missing_table',
  'foreign_schema',
  'too_many_rows',
  'too_many_series',
  'invalid_name',
  'missing_value',
  'reserved_name',
  'name_collision',
  'label_collision',
  'ambiguous_metric_id',
  'unknown_metric',
  'label_count',
  'not_a_number',
  'not_a_time',
  'too_long',
  'dangling_id',
  'duplicate_row',
] as const;
export type RowCause = (typeof ROW_CAUSES)[number];

/** Something that was left out; `where` names the table and row, the same at every read. */
export interface Problem {
  cause: RowCause;
  where: string;
  detail: string;
}

export type Report = (problem: Problem) => void;

/** A read that gave nothing. */
export class ReadError extends Error {
  constructor(
    readonly readCause: ReadCause,
    message: string
  ) {
    super(message);
  }
}
